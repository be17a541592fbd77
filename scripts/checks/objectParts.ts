import type { MetadataFile, Source } from '../metadata/source.ts';
import { allTexts, children, text, texts } from '../metadata/xml.ts';
import { hasField, isCustom, known } from './known.ts';
import type { Known } from './known.ts';

/** The elements that name a field of the object that the file belongs to, by kind of file. */
const FIELD_TAGS: Readonly<Record<string, readonly string[]>> = {
  compactLayout: ['fields'],
  fieldSet: ['field'],
  layout: ['field'],
  listView: ['columns', 'field'],
  object: [
    'customTabListAdditionalFields',
    'lookupDialogsAdditionalFields',
    'lookupFilterFields',
    'lookupPhoneDialogsAdditionalFields',
    'searchFilterFields',
    'searchResultsAdditionalFields',
  ],
  validationRule: ['errorDisplayField'],
};

/** Lists, layouts and rules of an object name fields of that object and of no other. */
export function checkObjectParts(source: Source): string[] {
  const all = known(source);
  return source.metadata.flatMap((file) => [
    ...fieldNames(file)
      .filter((name) => isCustom(name) && !hasField(all, objectOf(file), name))
      .map((name) => `${file.file}: ${objectOf(file)} has no field ${name}`),
    ...relatedLists(file, all),
    ...pageFields(file, all),
    ...compactLayout(file, source),
  ]);
}

/** A layout's name begins with its object. */
const objectOf = ({ kind, name, object }: MetadataFile): string =>
  kind === 'layout' ? (name.split('-')[0] ?? '') : object || name;

function fieldNames({ kind, xml }: MetadataFile): string[] {
  const tags = FIELD_TAGS[kind] ?? [];
  // The fields of a related list are those of the other object.
  const own = kind === 'layout' ? { ...xml, relatedLists: [] } : xml;
  return [...allTexts(own)].flatMap(([tag, value]) => (tags.includes(tag) && !value.includes('.') ? [value] : []));
}

/** A related list is named by the child object and its lookup, and shows fields of the child. */
function relatedLists({ file, kind, xml }: MetadataFile, all: Known): string[] {
  if (kind !== 'layout') return [];
  return children(xml, 'relatedLists').flatMap((list) => {
    const [child = ''] = text(list, 'relatedList').split('.');
    return [...texts(list, 'fields'), ...texts(list, 'sortField')]
      .filter((name) => isCustom(name) && !name.includes('.') && all.fields.has(child) && !hasField(all, child, name))
      .map((name) => `${file}: ${child} has no field ${name}`);
  });
}

/** `Record.Field__c` on a record page. */
function pageFields({ file, kind, xml }: MetadataFile, all: Known): string[] {
  if (kind !== 'flexipage') return [];
  const object = text(xml, 'sobjectType');
  return [...allTexts(xml)]
    .flatMap(([, value]) => [...value.matchAll(/\bRecord\.(\w+__c)\b/g)].map(([, name = '']) => name))
    .filter((name) => !hasField(all, object, name))
    .map((name) => `${file}: ${object} has no field ${name}`);
}

function compactLayout({ file, kind, name, xml }: MetadataFile, { metadata }: Source): string[] {
  const wanted = text(xml, 'compactLayoutAssignment');
  const own = metadata.filter((one) => one.kind === 'compactLayout' && one.object === name).map((one) => one.name);
  if (kind !== 'object') return [];
  return [
    ...(wanted === '' || wanted === 'SYSTEM' || own.includes(wanted) ? [] : [`${file}: no compact layout ${wanted}`]),
    ...own
      .filter((layout) => layout !== wanted)
      .map((layout) => `${file}: the compact layout ${layout} is not assigned`),
  ];
}

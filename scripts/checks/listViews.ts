import { ofKind } from '../metadata/source.ts';
import type { MetadataFile, Source } from '../metadata/source.ts';
import { children, isTrue, text, texts } from '../metadata/xml.ts';
import { fieldsByObject, isLong } from './layouts.ts';

const LONGEST_LABEL = 40;

/**
 * List views: every object with a tab has its list "All"; filters name values that the field can have, and no long
 * texts, which Salesforce cannot filter by; a filter logic names each filter.
 *
 * Source: Metadata API Developer Guide, ListView.
 */
export function checkListViews(source: Source): string[] {
  const fields = fieldsByObject(source);
  const views = ofKind(source, 'listView');
  const withAll = new Set(views.filter(({ name }) => name === 'All').map(({ object }) => object));
  return [
    ...ofKind(source, 'tab')
      .filter(({ name, xml }) => isTrue(xml, 'customObject') && !withAll.has(name))
      .map(({ name }) => `${name} has a tab and no list view All`),
    ...views.flatMap((view) => [
      ...children(view.xml, 'filters').flatMap((filter) => {
        const field = fields.get(view.object)?.find(({ name }) => name === text(filter, 'field'));
        return field ? badFilter(view, field, text(filter, 'value')) : [];
      }),
      ...badLogic(view),
      ...(text(view.xml, 'label').length > LONGEST_LABEL ? [`${view.file}: its label is too long`] : []),
    ]),
  ];
}

function badFilter({ file }: MetadataFile, field: MetadataFile, value: string): string[] {
  if (isLong(field)) return [`${file} filters by ${field.name}, a long text`];
  const type = text(field.xml, 'type');
  if (type === 'Checkbox') return ['0', '1'].includes(value) ? [] : [`${file}: ${field.name} is 0 or 1, not ${value}`];
  if (type !== 'Picklist') return [];
  const known = picklistValues(field);
  const given = value.split(',').filter((one) => one !== '');
  return given.filter((one) => !known.includes(one)).map((one) => `${file}: ${field.name} has no value ${one}`);
}

const picklistValues = ({ xml }: MetadataFile): string[] =>
  children(xml, 'valueSet')
    .flatMap((set) => children(set, 'valueSetDefinition'))
    .flatMap((definition) => children(definition, 'value'))
    .flatMap((value) => texts(value, 'fullName'));

function badLogic({ file, xml }: MetadataFile): string[] {
  const logic = text(xml, 'booleanFilter');
  if (logic === '') return [];
  const named = new Set(logic.match(/\d+/g));
  const all = children(xml, 'filters').map((_, index) => String(index + 1));
  const same = named.size === all.length && all.every((number) => named.has(number));
  return same ? [] : [`${file}: its filter logic "${logic}" does not name each of ${all.length} filters`];
}

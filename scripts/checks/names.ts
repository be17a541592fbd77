import type { Source } from '../metadata/source.ts';
import { allTexts } from '../metadata/xml.ts';
import { hasField, known } from './known.ts';
import type { Known } from './known.ts';

const CUSTOM_NAME = /\b[A-Za-z]\w*?__[cr]\b/g;
const FIELD_OF_OBJECT = /\b([A-Za-z]\w*)[.$](\w+__c)\b/g;
/** Elements that hold words for people; what they name may be an example. */
const PROSE: ReadonlySet<string> = new Set([
  'caption',
  'description',
  'errorMessage',
  'help',
  'inlineHelpText',
  'label',
  'masterLabel',
  'pluralLabel',
  'shortDescription',
  'value',
]);

/** Every custom object, field and relationship that metadata or components name exists. */
export function checkNames(source: Source): string[] {
  const all = known(source);
  const exists = existing(source, all);
  const inMetadata = source.metadata.flatMap(({ file, xml }) =>
    [...allTexts(xml)].flatMap(([tag, value]) =>
      PROSE.has(tag) ? [] : [...unknownNames(value, exists), ...unknownPairs(value, all)].map((name) => [file, name]),
    ),
  );
  const inCode = source.code.flatMap(({ file, text }) =>
    unknownNames(withoutComments(text), exists).map((name) => [file, name]),
  );
  const problems = [...inMetadata, ...inCode].map(([file, name]) => `${file} names ${name}, which does not exist`);
  return [...new Set(problems)];
}

function existing(source: Source, { objects, fields, relationships }: Known): ReadonlySet<string> {
  // A report names its custom report type with __c at the end.
  const reportTypes = source.metadata.flatMap(({ kind, name }) => (kind === 'reportType' ? [`${name}__c`] : []));
  return new Set([...objects, ...[...fields.values()].flatMap((own) => [...own]), ...relationships, ...reportTypes]);
}

const unknownNames = (value: string, exists: ReadonlySet<string>): string[] =>
  (value.match(CUSTOM_NAME) ?? []).filter((name) => !exists.has(name));

/** `Object.Field__c` and, in reports, `Object$Field__c`; what stands before is a field when it is a path of parents. */
const unknownPairs = (value: string, all: Known): string[] =>
  [...value.matchAll(FIELD_OF_OBJECT)].flatMap(([, object = '', field = '']) =>
    (all.fields.has(object) || object.endsWith('__c')) && !hasField(all, object, field) ? [`${object}.${field}`] : [],
  );

const withoutComments = (code: string): string => code.replaceAll(/\/\*[\s\S]*?\*\/|(?<!:)\/\/.*$/gm, '');

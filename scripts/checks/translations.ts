import { customObjects } from '../metadata/grants.ts';
import { ofKind } from '../metadata/source.ts';
import type { MetadataFile, Source } from '../metadata/source.ts';
import { children, text } from '../metadata/xml.ts';
import { labelNames } from './labels.ts';
import { without } from './known.ts';

/** Each language says everything that the package says, and nothing of what the package does not have. */
export function checkTranslations(source: Source): string[] {
  return ofKind(source, 'translation').flatMap((translation) => [
    ...words(translation, source),
    ...ofKind(source, 'objectTranslation').flatMap((file) =>
      file.name.endsWith(`-${translation.name}`) && !isTranslatable(file.object, source)
        ? [`${file.file} translates ${file.object}, which does not exist`]
        : [],
    ),
    ...translatable(source).flatMap((object) => objectWords(object, translation.name, source)),
  ]);
}

/** Element of a translation, and the names that it has to hold. */
function words({ file, xml }: MetadataFile, source: Source): string[] {
  const names = (kind: string) => ofKind(source, kind).map(({ name }) => name);
  // A tab of an object is named after the object, in its translation.
  const tabs = ofKind(source, 'tab').filter(({ name }) => !name.endsWith('__c'));
  const wanted: Record<string, string[]> = {
    customApplications: names('app'),
    customLabels: labelNames(source),
    customTabs: tabs.map(({ name }) => name),
    reportTypes: names('reportType'),
  };
  return Object.entries(wanted).flatMap(([tag, all]) =>
    compare(
      file,
      all,
      children(xml, tag).map((one) => text(one, 'name')),
    ),
  );
}

const translatable = (source: Source): string[] => [
  ...new Set([...customObjects(source), ...ofKind(source, 'field').map(({ object }) => object)]),
];

const isTranslatable = (object: string, source: Source): boolean => translatable(source).includes(object);

function objectWords(object: string, language: string, source: Source): string[] {
  const folder = `/${object}-${language}/`;
  const own = source.metadata.filter(({ file }) => file.includes(folder));
  const [translation] = own.filter(({ kind }) => kind === 'objectTranslation');
  if (!translation) return [`${object} has no translation into ${language}`];
  const inFiles = own.filter(({ kind }) => kind === 'fieldTranslation');
  const inline = children(translation.xml, 'fields');
  const fields = new Map([...inFiles.map(({ xml }) => xml), ...inline].map((xml) => [text(xml, 'name'), xml]));
  const defined = ofKind(source, 'field').filter((field) => field.object === object);
  const custom = [...fields.keys()].filter((name) => name.endsWith('__c'));
  const rules = ofKind(source, 'validationRule').filter((rule) => rule.object === object);
  const translatedRules = children(translation.xml, 'validationRules').map((rule) => text(rule, 'name'));
  return [
    ...compare(
      translation.file,
      defined.map(({ name }) => name),
      custom,
    ),
    ...compare(
      translation.file,
      rules.map(({ name }) => name),
      translatedRules,
    ),
    ...defined.flatMap((field) => {
      const translated = children(fields.get(field.name) ?? {}, 'picklistValues').map((one) =>
        text(one, 'masterLabel'),
      );
      return fields.has(field.name)
        ? compare(translation.file, picklistLabels(field), translated, `${field.name}: `)
        : [];
    }),
  ];
}

const picklistLabels = ({ xml }: MetadataFile): string[] =>
  children(xml, 'valueSet')
    .flatMap((set) => children(set, 'valueSetDefinition'))
    .flatMap((definition) => children(definition, 'value'))
    .map((value) => text(value, 'label'));

const compare = (file: string, wanted: readonly string[], given: readonly string[], where = ''): string[] => [
  ...without(wanted, given).map((name) => `${file} does not translate ${where}${name}`),
  ...without(given, wanted).map((name) => `${file} translates ${where}${name}, which does not exist`),
];

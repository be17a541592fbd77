/** Every text of the package that Salesforce can show in a person's language, as the sources say it in English. */
import { ofKind } from '../metadata/source.ts';
import type { MetadataFile, Source } from '../metadata/source.ts';
import { children, isTrue, text } from '../metadata/xml.ts';
import type { XmlElement } from '../metadata/xml.ts';

/** The languages that the package speaks beside English, by Salesforce's codes. */
export const LANGUAGES = ['de', 'fr'] as const;
export type Language = (typeof LANGUAGES)[number];

/** The cases in which Salesforce asks for the name of an object; a language without cases has one unnamed. */
export const CASES: Readonly<Record<Language, readonly string[]>> = {
  de: ['Nominative', 'Accusative', 'Genitive', 'Dative'],
  fr: [''],
};

/** Languages in which words before a vowel change, such as le and l'. */
export const HAS_ELISION: ReadonlySet<Language> = new Set(['fr']);

export interface Original {
  /** Kind and names, such as `help:Bill__c.Status__c` or `value:Bill__c.Status__c/Pending`. */
  readonly key: string;
  readonly english: string;
  /** How many characters Salesforce takes. */
  readonly longest: number;
}

/** Source: Salesforce Help, "Translation Workbench" and the limits of each kind of text in the Object Reference. */
const LONGEST = { name: 40, title: 80, help: 510, text: 1000, description: 255, message: 255, value: 255 } as const;

/** The texts to translate into a language; grammar, such as the gender of an object's name, is among them. */
export function originals(source: Source, language: Language): Original[] {
  return [
    ...ofKind(source, 'app').flatMap(({ name, xml }) => [
      { key: `app:${name}`, english: text(xml, 'label'), longest: LONGEST.name },
      { key: `app.description:${name}`, english: text(xml, 'description'), longest: LONGEST.description },
    ]),
    ...ofKind(source, 'labels')
      .flatMap(({ xml }) => children(xml, 'labels'))
      .map((label) => ({
        key: `label:${text(label, 'fullName')}`,
        english: text(label, 'value'),
        longest: LONGEST.text,
      })),
    // A tab of an object is named after the object.
    ...ofKind(source, 'tab')
      .filter(({ xml }) => !isTrue(xml, 'customObject'))
      .map(({ name, xml }) => ({ key: `tab:${name}`, english: text(xml, 'label'), longest: LONGEST.name })),
    ...ofKind(source, 'reportType').flatMap(reportTypeTexts),
    ...ofKind(source, 'report').flatMap(({ name, xml }) => [
      { key: `report:${name}`, english: text(xml, 'name'), longest: LONGEST.name },
      { key: `report.description:${name}`, english: text(xml, 'description'), longest: LONGEST.description },
    ]),
    ...ofKind(source, 'dashboard').flatMap(({ name, xml }) => [
      { key: `dashboard:${name}`, english: text(xml, 'title'), longest: LONGEST.title },
      { key: `dashboard.description:${name}`, english: text(xml, 'description'), longest: LONGEST.description },
    ]),
    ...translatableObjects(source).flatMap((object) => objectTexts(object, source, language)),
  ];
}

/** Objects of the package, and standard objects that it adds fields to. */
export const translatableObjects = (source: Source): string[] => [
  ...new Set([...ofKind(source, 'object'), ...ofKind(source, 'field')].map(({ name, object }) => object || name)),
];

function reportTypeTexts({ name, xml }: MetadataFile): Original[] {
  return [
    { key: `reportType:${name}`, english: text(xml, 'label'), longest: LONGEST.name },
    { key: `reportType.description:${name}`, english: text(xml, 'description'), longest: LONGEST.description },
    ...children(xml, 'sections').map((section) => {
      const label = text(section, 'masterLabel');
      return { key: `reportType.section:${name}/${label}`, english: label, longest: LONGEST.name };
    }),
  ];
}

function objectTexts(object: string, source: Source, language: Language): Original[] {
  const own = (kind: string) => ofKind(source, kind).filter((one) => one.object === object);
  return [
    ...own('object').flatMap(({ xml }) => objectNames(object, xml, language)),
    ...own('field').flatMap(fieldTexts),
    ...own('validationRule').map(({ name, xml }) => ({
      key: `rule:${object}.${name}`,
      english: text(xml, 'errorMessage'),
      longest: LONGEST.message,
    })),
    ...ofKind(source, 'layout')
      .filter(({ name }) => name.startsWith(`${object}-`))
      .flatMap(({ name, xml }) => layoutTexts(object, name.slice(object.length + 1), xml)),
  ];
}

function objectNames(object: string, xml: XmlElement, language: Language): Original[] {
  const names = { singular: text(xml, 'label'), plural: text(xml, 'pluralLabel') };
  const nameField = children(xml, 'nameField').map((field) => text(field, 'label'));
  return [
    ...CASES[language].flatMap((grammaticalCase) =>
      Object.entries(names).map(([number, english]) => ({
        key: `object:${object}/${grammaticalCase}/${number}`,
        english,
        longest: LONGEST.name,
      })),
    ),
    { key: `gender:${object}`, english: 'Feminine, Masculine or Neuter', longest: LONGEST.name },
    ...(HAS_ELISION.has(language)
      ? [{ key: `startsWith:${object}`, english: 'Consonant or Vowel', longest: LONGEST.name }]
      : []),
    ...nameField.map((english) => ({ key: `nameField:${object}`, english, longest: LONGEST.name })),
  ];
}

function fieldTexts({ object, name, xml }: MetadataFile): Original[] {
  const texts = { field: 'label', help: 'inlineHelpText', relationship: 'relationshipLabel' };
  const path = `${object}.${name}`;
  const values = children(xml, 'valueSet')
    .flatMap((set) => children(set, 'valueSetDefinition'))
    .flatMap((definition) => children(definition, 'value'))
    .map((value) => text(value, 'label'));
  return [
    ...Object.entries(texts)
      .map(([kind, element]) => ({
        key: `${kind}:${path}`,
        english: text(xml, element),
        longest: kind === 'help' ? LONGEST.help : LONGEST.name,
      }))
      .filter(({ english }) => english !== ''),
    ...values.map((english) => ({ key: `value:${path}/${english}`, english, longest: LONGEST.value })),
  ];
}

function layoutTexts(object: string, layout: string, xml: XmlElement): Original[] {
  return children(xml, 'layoutSections')
    .filter((section) => isTrue(section, 'customLabel'))
    .map((section) => text(section, 'label'))
    .map((english) => ({ key: `section:${object}/${layout}/${english}`, english, longest: LONGEST.name }));
}

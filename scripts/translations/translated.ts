/** Reads what the translation files of the package say, under the same keys as the originals. */
import { ofKind } from '../metadata/source.ts';
import type { Source } from '../metadata/source.ts';
import { children, text } from '../metadata/xml.ts';
import type { XmlElement } from '../metadata/xml.ts';
import type { Language } from './originals.ts';

/** The texts of a language by key; a text that is empty is not translated and left out. */
export function translated(source: Source, language: Language): Map<string, string> {
  const files = ofKind(source, 'translation').filter(({ name }) => name === language);
  const objects = ofKind(source, 'objectTranslation').filter(({ name }) => name.endsWith(`-${language}`));
  const all = [
    ...files.flatMap(({ xml }) => wordTexts(xml)),
    ...objects.flatMap(({ object, xml }) => objectTexts(object, xml)),
  ];
  return new Map(all.filter(([, words]) => words !== ''));
}

type Entry = [key: string, words: string];

function wordTexts(xml: XmlElement): Entry[] {
  const labels = (tag: string, kind: string) =>
    children(xml, tag).map((one): Entry => [`${kind}:${text(one, 'name')}`, text(one, 'label')]);
  const descriptions = (tag: string, kind: string) =>
    children(xml, tag).map((one): Entry => [`${kind}.description:${text(one, 'name')}`, text(one, 'description')]);
  const sections = children(xml, 'reportTypes').flatMap((type) =>
    children(type, 'sections').map((one): Entry => [
      `reportType.section:${text(type, 'name')}/${text(one, 'name')}`,
      text(one, 'label'),
    ]),
  );
  return [
    ...labels('customApplications', 'app'),
    ...descriptions('customApplications', 'app'),
    ...labels('customLabels', 'label'),
    ...labels('customTabs', 'tab'),
    ...labels('reportTypes', 'reportType'),
    ...descriptions('reportTypes', 'reportType'),
    ...sections,
    ...labels('reports', 'report'),
    ...descriptions('reports', 'report'),
    ...labels('dashboards', 'dashboard'),
    ...descriptions('dashboards', 'dashboard'),
  ];
}

function objectTexts(object: string, xml: XmlElement): Entry[] {
  return [
    ...children(xml, 'caseValues').map((one): Entry => {
      const number = text(one, 'plural') === 'true' ? 'plural' : 'singular';
      return [`object:${object}/${text(one, 'caseType')}/${number}`, text(one, 'value')];
    }),
    [`gender:${object}`, text(xml, 'gender')],
    [`startsWith:${object}`, text(xml, 'startsWith')],
    [`nameField:${object}`, text(xml, 'nameFieldLabel')],
    ...children(xml, 'fields').flatMap((field) => fieldTexts(`${object}.${text(field, 'name')}`, field)),
    ...children(xml, 'validationRules').map((rule): Entry => [
      `rule:${object}.${text(rule, 'name')}`,
      text(rule, 'errorMessage'),
    ]),
    ...children(xml, 'layouts').flatMap((layout) =>
      children(layout, 'sections').map((one): Entry => [
        `section:${object}/${text(layout, 'layout')}/${text(one, 'section')}`,
        text(one, 'label'),
      ]),
    ),
  ];
}

const fieldTexts = (path: string, field: XmlElement): Entry[] => [
  [`field:${path}`, text(field, 'label')],
  [`help:${path}`, text(field, 'help')],
  [`relationship:${path}`, text(field, 'relationshipLabel')],
  ...children(field, 'picklistValues').map((value): Entry => [
    `value:${path}/${text(value, 'masterLabel')}`,
    text(value, 'translation'),
  ]),
];

import { ofKind } from '../metadata/source.ts';
import type { Source } from '../metadata/source.ts';
import { allTexts, children, text } from '../metadata/xml.ts';
import { without } from './known.ts';

const IN_CODE = /@salesforce\/label\/c\.(\w+)/g;
const IN_METADATA = /\$Label\.(?:c\.)?(\w+)/g;

export const labelNames = (source: Source): string[] =>
  ofKind(source, 'labels').flatMap(({ xml }) => children(xml, 'labels').map((label) => text(label, 'fullName')));

/** Every label that is used is defined once, and every label that is defined is used. */
export function checkLabels(source: Source): string[] {
  const defined = labelNames(source);
  const uses = new Map<string, string>();
  for (const { file, text: code } of source.code)
    for (const [, name = ''] of code.matchAll(IN_CODE)) uses.set(name, file);
  for (const { file, xml } of source.metadata) {
    for (const [, value] of allTexts(xml))
      for (const [, name = ''] of value.matchAll(IN_METADATA)) uses.set(name, file);
  }
  return [
    ...without(uses.keys(), defined).map((name) => `${uses.get(name)} uses the label ${name}, which is not defined`),
    ...without(defined, uses.keys()).map((name) => `the label ${name} is defined and not used: delete it`),
    ...defined
      .filter((name, index) => defined.indexOf(name) !== index)
      .map((name) => `the label ${name} is defined twice`),
  ];
}

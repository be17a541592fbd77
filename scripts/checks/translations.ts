import type { Source } from '../metadata/source.ts';
import { LANGUAGES, originals } from '../translations/originals.ts';
import type { Language, Original } from '../translations/originals.ts';
import { translated } from '../translations/translated.ts';
import { without } from './known.ts';

/**
 * Each language says everything that the package says and nothing that the package does not have, with the same
 * placeholders, and not longer than Salesforce takes.
 */
export const checkTranslations = (source: Source): string[] =>
  LANGUAGES.flatMap((language) => checkLanguage(source, language));

function checkLanguage(source: Source, language: Language): string[] {
  const words = translated(source, language);
  const wanted = originals(source, language);
  const keys = wanted.map(({ key }) => key);
  return [
    ...without(keys, words.keys()).map((key) => `${language} does not translate ${key}: see npm run translations`),
    ...without(words.keys(), keys).map((key) => `${language} translates ${key}, which does not exist`),
    ...wanted.flatMap((original) => {
      const text = words.get(original.key);
      return text === undefined ? [] : badText(language, original, text);
    }),
  ];
}

function badText(language: Language, { key, english, longest }: Original, text: string): string[] {
  const [wanted, given] = [keptParts(key, english), keptParts(key, text)];
  return [
    ...(text.length > longest
      ? [`${language} says ${key} in ${text.length} characters; Salesforce takes ${longest}`]
      : []),
    ...without(wanted, given).map((part) => `${language} leaves ${part} out of ${key}`),
    ...without(given, wanted).map((part) => `${language} puts ${part} into ${key}`),
  ];
}

/** What no language may change: placeholders, and the code by which the agent knows a validation rule. */
function keptParts(key: string, text: string): string[] {
  const code = key.startsWith('rule:') ? (text.match(/^[A-Z_]+:/) ?? []) : [];
  return [...(text.match(/\{\d+\}/g) ?? []), ...code];
}

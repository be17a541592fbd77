/**
 * Languages that nobody speaks, to see what a translation would break: `en-XA` has accents and longer texts, `ar-XB` is
 * read from right to left (Unicode CLDR, "Pseudo-Locales"). English that is left on a page was not taken from a label.
 */
import type { ShellMetadata, Words } from './model.ts';

const PSEUDO_LANGUAGES = ['en-XA', 'ar-XB'];
const ACCENTS: Readonly<Record<string, string>> = {
  ...{ a: 'á', c: 'ç', e: 'é', i: 'í', n: 'ñ', o: 'ö', s: 'š', u: 'ü', y: 'ý' },
  ...{ A: 'Å', C: 'Ç', E: 'É', I: 'Î', N: 'Ñ', O: 'Ö', S: 'Š', U: 'Û', Y: 'Ý' },
};
/** Translations of English are about this much longer (W3C, "Text size in translation"). */
const GROWTH = 0.3;

/** The words of the pseudo-languages, made from the sources' own. */
export function pseudoLanguages(labels: ReadonlyMap<string, string>, { app }: ShellMetadata): Map<string, Words> {
  const words: Words = {
    app: pseudoText(app.label),
    labels: Object.fromEntries([...labels].map(([name, text]) => [name, pseudoText(text)])),
    tabs: Object.fromEntries(app.tabs.map(({ apiName, label }) => [apiName, pseudoText(label)])),
  };
  return new Map(PSEUDO_LANGUAGES.map((language) => [language, words]));
}

/** A text with accents, a third longer and in brackets, which show where it is cut; placeholders stay as they are. */
export function pseudoText(text: string): string {
  const accented = text.replace(/\{\d+\}|[a-z]/gi, (part) => ACCENTS[part] ?? part);
  return `[${accented}${'·'.repeat(Math.ceil(text.length * GROWTH))}]`;
}

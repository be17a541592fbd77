/** The languages that the source folders have translations for, with the words that the workbench itself resolves. */
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { XMLParser } from 'fast-xml-parser';
import type { Words } from './model.ts';

type Xml = { [tag: string]: Xml[] | string | undefined };
interface Named {
  name: string;
  label: string;
}

/** The language of the sources; it needs no translations. */
export const SOURCE_LANGUAGE = 'en';

const parser = new XMLParser({ isArray: (_name, _path, isLeaf) => !isLeaf, parseTagValue: false });

/** Words by Salesforce's language code, such as `de`. */
export function readLanguages(sourceDirs: string[]): Map<string, Words> {
  const languages = new Map<string, Words>();
  for (const file of files(sourceDirs, '**/translations/*.translation-meta.xml')) {
    const xml = read(file, 'Translations');
    const language = path.basename(file).replace('.translation-meta.xml', '');
    const app = named(xml, 'customApplications')[0]?.label;
    languages.set(language, {
      ...(app ? { app } : {}),
      labels: byName(named(xml, 'customLabels')),
      tabs: { ...byName(named(xml, 'customTabs')), ...objectTabs(sourceDirs, language) },
    });
  }
  return languages;
}

function objectTabs(sourceDirs: string[], language: string): Record<string, string> {
  return byName(
    files(sourceDirs, `**/objectTranslations/*-${language}/*.objectTranslation-meta.xml`).flatMap((file) => {
      const plural = list(read(file, 'CustomObjectTranslation'), 'caseValues').find((one) => one['plural'] === 'true');
      const name = path.basename(file).replace(`-${language}.objectTranslation-meta.xml`, '');
      return plural ? [{ name, label: String(plural['value']) }] : [];
    }),
  );
}

function read(file: string, root: string): Xml {
  const [body] = list(parser.parse(readFileSync(file, 'utf8')) as Xml, root);
  if (body === undefined) throw new Error(`${file}: expected one <${root}>. Check the file.`);
  return body;
}

const list = (xml: Xml, tag: string): Xml[] => {
  const found = xml[tag];
  return Array.isArray(found) ? found : [];
};

const named = (xml: Xml, tag: string): Named[] =>
  list(xml, tag).map((one) => ({ name: String(one['name']), label: String(one['label']) }));

const byName = (all: Named[]): Record<string, string> =>
  Object.fromEntries(all.map(({ name, label }) => [name, label]));

const files = (sourceDirs: string[], pattern: string): string[] =>
  sourceDirs.flatMap((dir) => globSync(pattern, { cwd: dir }).map((file) => path.join(dir, file)));

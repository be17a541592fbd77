/** The languages that the source folders have translations for, with the words that the workbench itself resolves. */
import { globSync } from 'node:fs';
import path from 'node:path';
import { readElement } from '../org/metadata/element.ts';
import type { Element } from '../org/metadata/element.ts';
import type { Words } from './model.ts';

/** The language of the sources; it needs no translations. */
export const SOURCE_LANGUAGE = 'en';

type Entry = [name: string, label: string];

/** Words by Salesforce's language code, such as `de`. */
export function readLanguages(sourceDirs: string[]): Map<string, Words> {
  const languages = new Map<string, Words>();
  for (const file of files(sourceDirs, '**/translations/*.translation-meta.xml')) {
    const translations = readElement(file, 'Translations');
    const language = path.basename(file).replace('.translation-meta.xml', '');
    const [app] = entries(translations, 'customApplications');
    languages.set(language, {
      ...(app ? { app: app[1] } : {}),
      labels: Object.fromEntries(entries(translations, 'customLabels')),
      tabs: Object.fromEntries([...entries(translations, 'customTabs'), ...objectTabs(sourceDirs, language)]),
    });
  }
  return languages;
}

function objectTabs(sourceDirs: string[], language: string): Entry[] {
  const translations = files(sourceDirs, `**/objectTranslations/*-${language}/*.objectTranslation-meta.xml`);
  return translations.flatMap((file): Entry[] => {
    const names = readElement(file, 'CustomObjectTranslation').children('caseValues');
    const plural = names.find((one) => one.flag('plural'));
    const object = path.basename(file).replace(`-${language}.objectTranslation-meta.xml`, '');
    return plural ? [[object, plural.need('value')]] : [];
  });
}

const entries = (translations: Element, tag: string): Entry[] =>
  translations.children(tag).map((one) => [one.need('name'), one.need('label')]);

const files = (sourceDirs: string[], pattern: string): string[] =>
  sourceDirs.flatMap((dir) => globSync(pattern, { cwd: dir }).map((file) => path.join(dir, file)));

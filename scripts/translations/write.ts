/** Writes the translation files of a language from texts by key, in the order in which Salesforce retrieves them. */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { CASES, HAS_ELISION, translatableObjects } from './originals.ts';
import type { Language } from './originals.ts';
import type { Source } from '../metadata/source.ts';

/** An element: its text, its children by tag, or several of the same tag. Undefined is left out. */
type Node = string | undefined | { [tag: string]: Node } | Node[];

/**
 * Replaces the translation files of a language.
 * @param folder the package's folder of metadata, such as `force-app/main/default`
 * @param words texts by key; keys of what the package does not have are dropped
 */
export function writeTranslation(
  source: Source,
  language: Language,
  words: ReadonlyMap<string, string>,
  folder: string,
): void {
  write(path.join(folder, 'translations', `${language}.translation-meta.xml`), 'Translations', wordsTree(words));
  for (const object of translatableObjects(source)) {
    const name = `${object}-${language}`;
    const file = path.join(folder, 'objectTranslations', name, `${name}.objectTranslation-meta.xml`);
    write(file, 'CustomObjectTranslation', objectTree(object, language, words));
  }
}

/** The names behind a kind of key, such as all Y of `field:X.Y`, in order. */
function names(words: ReadonlyMap<string, string>, prefix: string): string[] {
  const found = [...words.keys()].filter((key) => key.startsWith(prefix)).map((key) => key.slice(prefix.length));
  return found.sort();
}

function wordsTree(words: ReadonlyMap<string, string>): Node {
  const named = (kind: string): Node =>
    names(words, `${kind}:`).map((name) => ({ label: words.get(`${kind}:${name}`), name }));
  const described = (kind: string): Node =>
    names(words, `${kind}:`).map((name) => ({
      description: words.get(`${kind}.description:${name}`),
      label: words.get(`${kind}:${name}`),
      name,
    }));
  return {
    customApplications: described('app'),
    customLabels: named('label'),
    customTabs: named('tab'),
    dashboards: described('dashboard'),
    reportTypes: names(words, 'reportType:').map((name) => ({
      description: words.get(`reportType.description:${name}`),
      label: words.get(`reportType:${name}`),
      name,
      sections: names(words, `reportType.section:${name}/`).map((section) => ({
        label: words.get(`reportType.section:${name}/${section}`),
        name: section,
      })),
    })),
    reports: described('report'),
  };
}

function objectTree(object: string, language: Language, words: ReadonlyMap<string, string>): Node {
  const caseValues = CASES[language].flatMap((grammaticalCase) =>
    ['singular', 'plural'].map((number) => ({
      caseType: grammaticalCase || undefined,
      plural: String(number === 'plural'),
      value: words.get(`object:${object}/${grammaticalCase}/${number}`),
    })),
  );
  const layouts = new Set(names(words, `section:${object}/`).map((name) => name.split('/')[0] ?? ''));
  return {
    caseValues: caseValues.filter(({ value }) => value !== undefined),
    fields: names(words, `field:${object}.`).map((name) => fieldTree(`${object}.${name}`, name, words)),
    gender: words.get(`gender:${object}`),
    layouts: [...layouts].map((layout) => ({
      layout,
      sections: names(words, `section:${object}/${layout}/`).map((section) => ({
        label: words.get(`section:${object}/${layout}/${section}`),
        section,
      })),
    })),
    nameFieldLabel: words.get(`nameField:${object}`),
    startsWith: HAS_ELISION.has(language) ? words.get(`startsWith:${object}`) : undefined,
    validationRules: names(words, `rule:${object}.`).map((name) => ({
      errorMessage: words.get(`rule:${object}.${name}`),
      name,
    })),
  };
}

const fieldTree = (field: string, name: string, words: ReadonlyMap<string, string>): Node => ({
  help: words.get(`help:${field}`),
  label: words.get(`field:${field}`),
  name,
  picklistValues: names(words, `value:${field}/`).map((masterLabel) => ({
    masterLabel,
    translation: words.get(`value:${field}/${masterLabel}`),
  })),
  relationshipLabel: words.get(`relationship:${field}`),
});

function write(file: string, root: string, tree: Node): void {
  mkdirSync(path.dirname(file), { recursive: true });
  const opening = `<${root} xmlns="http://soap.sforce.com/2006/04/metadata">`;
  writeFileSync(file, `<?xml version="1.0" encoding="UTF-8" ?>\n${opening}\n${inner(tree, 1)}</${root}>\n`);
}

function inner(tree: Node, depth: number): string {
  if (typeof tree !== 'object' || Array.isArray(tree)) throw new TypeError('Only elements with tags have an inside.');
  return Object.entries(tree)
    .map(([tag, node]) => element(tag, node, depth))
    .join('');
}

function element(tag: string, node: Node, depth: number): string {
  const indent = '    '.repeat(depth);
  if (node === undefined) return '';
  if (Array.isArray(node)) return node.map((one) => element(tag, one, depth)).join('');
  if (typeof node === 'string') return `${indent}<${tag}>${escape(node)}</${tag}>\n`;
  return `${indent}<${tag}>\n${inner(node, depth + 1)}${indent}</${tag}>\n`;
}

const escape = (words: string): string =>
  words.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

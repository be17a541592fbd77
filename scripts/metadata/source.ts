/** Reads SFDX source folders: every metadata file with its parsed XML, and the code of the components. */
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { XMLParser } from 'fast-xml-parser';
import type { XmlElement } from './xml.ts';

export const ROOT = path.resolve(import.meta.dirname, '../..');

/** The folders of the project that go to an org: the package, and what an admin adds beside it. */
export const SOURCE_FOLDERS = ['force-app', 'unpackaged'];

export interface MetadataFile {
  /** Path below the project, with slashes. */
  readonly file: string;
  /** The word before `-meta.xml`, such as `permissionset`. */
  readonly kind: string;
  /** The API name: the file's name, with its folder for reports and dashboards. */
  readonly name: string;
  /** The object that this describes, translates or belongs to; empty for what belongs to none. */
  readonly object: string;
  /** The element that holds all others. */
  readonly xml: XmlElement;
}

export interface CodeFile {
  readonly file: string;
  /** The component bundle that the file belongs to. */
  readonly bundle: string;
  readonly text: string;
}

export interface Source {
  readonly metadata: readonly MetadataFile[];
  /** Scripts, templates and styles of the components, without their tests. */
  readonly code: readonly CodeFile[];
}

const parser = new XMLParser({
  ignoreAttributes: true,
  parseTagValue: false,
  isArray: (_name, _path, _isLeaf, isAttribute) => !isAttribute,
});

/**
 * @param root the project's folder
 * @param folders source folders below it; one that does not exist is empty
 */
export function readSource(root: string = ROOT, folders: readonly string[] = SOURCE_FOLDERS): Source {
  const names = (pattern: string) => {
    const found = folders.flatMap((folder) => globSync(`${folder}/${pattern}`, { cwd: root }));
    return found.map((name) => name.split(path.sep).join('/')).sort();
  };
  const text = (file: string) => readFileSync(path.join(root, file), 'utf8');
  return {
    metadata: names('**/*-meta.xml').flatMap((file) => metadataFile(file, text(file))),
    code: names('**/lwc/*/*.{ts,html,css}').map((file) => ({
      file,
      bundle: path.posix.basename(path.posix.dirname(file)),
      text: text(file),
    })),
  };
}

function metadataFile(file: string, text: string): MetadataFile[] {
  const [, own, kind] = /^(.*)\.([A-Za-z]+)-meta\.xml$/.exec(path.posix.basename(file)) ?? [];
  if (own === undefined || kind === undefined) return [];
  const document = parser.parse(text) as Record<string, XmlElement[]>;
  const xml = Object.entries(document).find(([name]) => name !== '?xml')?.[1][0];
  if (typeof xml !== 'object') throw new Error(`${file} has no elements. Fill it or delete it.`);
  return [{ file, kind, name: fullName(file, own, kind), object: objectOf(file), xml }];
}

const IN_FOLDERS: ReadonlySet<string> = new Set(['report', 'dashboard']);

function fullName(file: string, own: string, kind: string): string {
  return IN_FOLDERS.has(kind) ? `${path.posix.basename(path.posix.dirname(file))}/${own}` : own;
}

function objectOf(file: string): string {
  return /\/(?:objects|objectTranslations)\/([^/-]+)/.exec(file)?.[1] ?? '';
}

/** The metadata files of one kind. */
export const ofKind = ({ metadata }: Source, kind: string): MetadataFile[] =>
  metadata.filter((one) => one.kind === kind);

import { readdirSync } from 'node:fs';
import path from 'node:path';
import { MetadataError } from './element.ts';

/** Kinds of metadata that the local org takes in, by the word before `-meta.xml`. */
const LOADED = [
  'object',
  'field',
  'validationRule',
  'listView',
  'layout',
  'compactLayout',
  'permissionset',
  'globalValueSet',
  'role',
] as const;
export type SourceKind = (typeof LOADED)[number];

/** Kinds of metadata that change what people see or may call, never what a record holds. */
const WITHOUT_EFFECT: ReadonlySet<string> = new Set([
  'app',
  'businessProcess',
  'cls',
  'cmp',
  'component',
  'connectedApp',
  'corsWhitelistOrigin',
  'cspTrustedSite',
  'customPermission',
  'dashboard',
  'dashboardFolder',
  'design',
  'email',
  'emailFolder',
  'evt',
  'fieldSet',
  'flexipage',
  'js',
  'labels',
  'md',
  'messageChannel',
  'namedCredential',
  'objectTranslation',
  'page',
  'pathAssistant',
  'permissionsetgroup',
  'prompt',
  'quickAction',
  'remoteSite',
  'report',
  'reportFolder',
  'reportType',
  'resource',
  'settings',
  'svg',
  'tab',
  'translation',
  'webLink',
]);

export interface SourceFile {
  file: string;
  kind: SourceKind;
  /** Name of the metadata, from the file's name. */
  name: string;
  /** Name of the object's folder for what belongs to an object. */
  object: string;
}

/**
 * The metadata files below SFDX source folders, in a stable order. Throws MetadataError for kinds that would change
 * data and that the local org does not support, such as flows and triggers.
 */
export function findSourceFiles(sourceDirs: string[]): SourceFile[] {
  return sourceDirs.flatMap((dir) => {
    const names = listFiles(dir).sort();
    return names.filter((name) => !ignoredFolder(name)).flatMap((name) => sourceFile(path.join(dir, name)));
  });
}

function listFiles(dir: string): string[] {
  try {
    return readdirSync(dir, { recursive: true, encoding: 'utf8' });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new MetadataError(dir, `the source folder cannot be read (${reason}); name a folder of SFDX source files`);
  }
}

function ignoredFolder(name: string): boolean {
  return name.split(path.sep).some((part) => part === 'node_modules' || part === '__tests__' || part.startsWith('.'));
}

function sourceFile(file: string): SourceFile[] {
  const [, name, kind] = /^(.*)\.([A-Za-z]+)-meta\.xml$/.exec(path.basename(file)) ?? [];
  if (name === undefined || kind === undefined || WITHOUT_EFFECT.has(kind)) return [];
  const loaded = LOADED.find((known) => known === kind);
  if (!loaded) throw new MetadataError(file, `the local org does not support metadata of the kind ${kind}`);
  // A layout's file is named for its object and itself: `Bill__c-Bill Layout`.
  if (loaded === 'layout') return [{ file, kind: loaded, name, object: name.split('-')[0] ?? '' }];
  const folder = loaded === 'object' ? path.dirname(file) : path.dirname(path.dirname(file));
  return [{ file, kind: loaded, name, object: path.basename(folder) }];
}

/**
 * Makes of source folders what an org holds after somebody installed them as a managed package: every custom object,
 * field, relationship and tab of the package carries the package's namespace.
 *
 * Source: Salesforce DX Developer Guide, "Namespaces" (`ns__Bill__c`); the org that installs the package has no
 * namespace of its own, so its Organization.NamespacePrefix stays empty.
 */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/** Salesforce's rule for a namespace: 1 to 15 letters, digits and single underscores, beginning with a letter. */
const NAMESPACE = /^(?=.{1,15}$)[A-Za-z](?:_?[A-Za-z0-9])*$/;
const CUSTOM_NAME = /\b[A-Za-z][A-Za-z0-9_]*?__[cr](?![A-Za-z0-9])/g;
/** Modules of the schema, and texts of GraphQL queries: what the platform resolves when it takes in a component. */
const SCHEMA_IMPORT = /@salesforce\/schema\/[\w.]+/g;
const GRAPHQL_TEXT = /\bgql`[^`]*`/g;
/** In apps, permission sets and translations; a tab of an object is named after the object. */
const TAB_NAME = /(<tabs>|<tab>|<customTabs>\s*<label>[^<]*<\/label>\s*<name>)(?!standard-|\w+__c<)(?=\w)/g;
const CHILD_RELATIONSHIP = /(<relationshipName>)(?=\w)/g;

/** Throws an Error naming the rule when `namespace` cannot be one. */
export function checkNamespace(namespace: string): void {
  if (NAMESPACE.test(namespace)) return;
  throw new Error(
    `"${namespace}" is no namespace. Give 1 to 15 letters, digits and single underscores, beginning with a letter.`,
  );
}

/** `Bill__c` as the namespace's package has it: `ns__Bill__c`; every custom name in a text such as a query. */
export const inNamespace = (text: string, namespace: string | undefined): string =>
  namespace === undefined ? text : text.replace(CUSTOM_NAME, (name) => `${namespace}__${name}`);

export interface Sources {
  dirs: string[];
  /** Removes what was written for them. */
  remove(): void;
}

/** The source folders as they are or, with a namespace, a copy of them as `writeNamespaced` makes it. */
export function openSources(sourceDirs: readonly string[], namespace: string | undefined): Sources {
  if (namespace === undefined) return { dirs: [...sourceDirs], remove: () => undefined };
  const copy = mkdtempSync(path.join(os.tmpdir(), 'm3ter-namespaced-'));
  const remove = (): void => rmSync(copy, { recursive: true, force: true });
  try {
    return { dirs: writeNamespaced(sourceDirs, namespace, copy), remove };
  } catch (error) {
    remove();
    throw error;
  }
}

/**
 * Writes a copy of source folders in which the first one is the installed package: its names carry the namespace, also
 * where the other folders use them; names that the other folders define themselves stay as they are.
 *
 * @param target an empty folder for the copy
 * @returns the folders of the copy, in the order given
 */
export function writeNamespaced(sourceDirs: readonly string[], namespace: string, target: string): string[] {
  checkNamespace(namespace);
  const [packageDir = ''] = sourceDirs;
  const names = packageNames(packageDir);
  const prefix = (text: string): string =>
    text.replace(CUSTOM_NAME, (name) => (names.has(name) ? `${namespace}__${name}` : name));
  return sourceDirs.map((dir, index) => {
    const copy = path.join(target, String(index));
    for (const file of filesOf(dir)) {
      const to = path.join(copy, renamed(file, namespace, index === 0, prefix));
      mkdirSync(path.dirname(to), { recursive: true });
      writeFileSync(to, rewritten(file, readFileSync(path.join(dir, file), 'utf8'), namespace, index === 0, prefix));
    }
    return copy;
  });
}

/** Custom objects, fields and relationships that a folder defines, and its tabs. */
function packageNames(dir: string): ReadonlySet<string> {
  const names = new Set<string>();
  for (const file of filesOf(dir)) {
    const [, name = '', kind] = /([^/\\]+)\.(object|field)-meta\.xml$/.exec(file) ?? [];
    if (kind === undefined || !name.endsWith('__c')) continue;
    names.add(name);
    names.add(name.replace(/__c$/, '__r'));
    const [, children] = /<relationshipName>(\w+)</.exec(readFileSync(path.join(dir, file), 'utf8')) ?? [];
    if (children !== undefined) names.add(`${children}__r`);
  }
  return names;
}

const filesOf = (dir: string): string[] =>
  readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(dir, path.join(entry.parentPath, entry.name)))
    .filter((file) => !/(^|[/\\])(__tests__|node_modules)([/\\]|$)/.test(file))
    .sort();

function renamed(file: string, namespace: string, isPackage: boolean, prefix: (text: string) => string): string {
  const isTab = isPackage && /\.tab-meta\.xml$/.test(file) && !/__c\.tab-meta/.test(file);
  const named = isTab ? path.join(path.dirname(file), `${namespace}__${path.basename(file)}`) : file;
  return named
    .split(path.sep)
    .map((part) => prefix(part))
    .join(path.sep);
}

function rewritten(
  file: string,
  text: string,
  namespace: string,
  isPackage: boolean,
  prefix: (text: string) => string,
): string {
  if (/\.ts$/.test(file)) return text.replace(SCHEMA_IMPORT, prefix).replace(GRAPHQL_TEXT, prefix);
  if (!/-meta\.xml$/.test(file)) return text;
  const xml = prefix(text);
  if (!isPackage) return xml;
  const withRelationships = xml.replace(CHILD_RELATIONSHIP, `$1${namespace}__`);
  return withRelationships.replace(TAB_NAME, `$1${namespace}__`);
}

/** Reads what the app shell needs from SFDX source folders: labels, the Lightning app, its tabs, flexipages, bundles. */
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { XMLParser } from 'fast-xml-parser';
import { readLayouts } from './layouts.ts';
import type { ComponentInstance, PageModel, ShellMetadata, TabModel } from './model.ts';

type Xml = { [name: string]: string | Xml | Xml[] | undefined };

const REPEATED = new Set([
  'tabs',
  'labels',
  'flexiPageRegions',
  'itemInstances',
  'componentInstanceProperties',
  'tabSettings',
]);
const parser = new XMLParser({ isArray: (name) => REPEATED.has(name), parseTagValue: false });

const STANDARD_TABS: Record<string, { label: string; icon: string }> = {
  Account: { label: 'Accounts', icon: 'standard:account' },
};

/** Tabs of the app that only the platform can show. */
const PLATFORM_TABS: ReadonlySet<string> = new Set(['standard-report', 'standard-Dashboard']);

/** The label texts of all `*.labels-meta.xml` by name. Throws when two files define the same name. */
export function readLabels(sourceDirs: string[]): Map<string, string> {
  const labels = new Map<string, string>();
  for (const file of sourceFiles(sourceDirs, '**/*.labels-meta.xml')) {
    for (const label of list(readXml(file, 'CustomLabels')['labels'])) {
      const name = text(label['fullName']);
      if (labels.has(name)) throw new Error(`${file}: the label ${name} is defined twice. Remove one of them.`);
      labels.set(name, text(label['value']));
    }
  }
  return labels;
}

/** The tabs that each permission set shows, by the names of both (Metadata API, PermissionSet, "tabSettings"). */
export function readTabSettings(sourceDirs: string[]): Map<string, string[]> {
  const files = sourceFiles(sourceDirs, '**/*.permissionset-meta.xml');
  return new Map(
    files.map((file) => {
      const settings = list(readXml(file, 'PermissionSet')['tabSettings']);
      const shown = settings.filter((setting) => text(setting['visibility']) !== 'None');
      return [path.basename(file).replace('.permissionset-meta.xml', ''), shown.map((setting) => text(setting['tab']))];
    }),
  );
}

/** The LWC bundles, as name and path of what others import of them: a TypeScript module, else styles alone. */
export function findBundles(sourceDirs: string[]): Array<{ name: string; file: string }> {
  const files = ['css', 'ts'].flatMap((type) => sourceFiles(sourceDirs, `**/lwc/*/*.${type}`));
  const own = files.filter((file) => path.basename(path.dirname(file)) === path.parse(file).name);
  return [...new Map(own.map((file) => [path.parse(file).name, file]))].map(([name, file]) => ({ name, file }));
}

/** The first Lightning app with its tabs, and all flexipages. Throws naming the file when one is incomplete. */
export function readShellMetadata(sourceDirs: string[]): ShellMetadata {
  const pages = sourceFiles(sourceDirs, '**/*.flexipage-meta.xml').map(readPage);
  const appFile = sourceFiles(sourceDirs, '**/*.app-meta.xml')[0];
  if (appFile === undefined) {
    throw new Error(`No *.app-meta.xml below ${sourceDirs.join(', ')}. Add a Lightning app to one of these folders.`);
  }
  const app = readXml(appFile, 'CustomApplication');
  const tabNames = (Array.isArray(app['tabs']) ? (app['tabs'] as unknown as string[]) : []).filter(
    (name) => !PLATFORM_TABS.has(name),
  );
  const bar = pages.find(({ name }) => name === text(app['utilityBar']));
  return {
    app: {
      label: text(app['label']),
      tabs: tabNames.map((name) => readTab(name, sourceDirs, appFile)),
      utilities: (bar?.regions ?? []).flatMap(({ components }) => components),
    },
    pages,
    layouts: readLayouts(sourceDirs),
  };
}

function readTab(name: string, sourceDirs: string[], appFile: string): TabModel {
  if (name.startsWith('standard-')) {
    const object = name.slice('standard-'.length);
    const known = STANDARD_TABS[object] ?? { label: object, icon: 'standard:default' };
    return { apiName: name, ...known, object };
  }
  const file = sourceFiles(sourceDirs, `**/${name}.tab-meta.xml`)[0];
  if (file === undefined) throw new Error(`${appFile}: the tab ${name} has no ${name}.tab-meta.xml. Add the file.`);
  const tab = readXml(file, 'CustomTab');
  const icon = `custom:${text(tab['motif']).split(':')[0]?.toLowerCase() ?? 'custom1'}`;
  if (tab['flexiPage'] !== undefined) {
    return { apiName: name, label: text(tab['label']), icon, page: text(tab['flexiPage']) };
  }
  return { apiName: name, label: pluralLabel(name, sourceDirs), icon, object: name };
}

/** What a tab of an object is called: its plural label. */
function pluralLabel(object: string, sourceDirs: string[]): string {
  const file = sourceFiles(sourceDirs, `**/${object}.object-meta.xml`)[0];
  return file === undefined ? object : text(readXml(file, 'CustomObject')['pluralLabel'], object);
}

function readPage(file: string): PageModel {
  const page = readXml(file, 'FlexiPage');
  const object = page['sobjectType'];
  return {
    name: path.basename(file).replace('.flexipage-meta.xml', ''),
    label: text(page['masterLabel']),
    type: text(page['type']),
    ...(typeof object === 'string' ? { object } : {}),
    regions: list(page['flexiPageRegions']).map((region) => ({
      name: text(region['name']),
      components: list(region['itemInstances']).flatMap((item) => readComponent(item['componentInstance'])),
    })),
  };
}

function readComponent(value: Xml[string]): ComponentInstance[] {
  if (typeof value !== 'object' || Array.isArray(value)) return [];
  const properties = list(value['componentInstanceProperties']).map(
    (p) => [text(p['name']), text(p['value'])] as const,
  );
  return [{ name: text(value['componentName']), properties: Object.fromEntries(properties) }];
}

function readXml(file: string, root: string): Xml {
  const document = parser.parse(readFileSync(file, 'utf8')) as Xml;
  const body = document[root];
  if (typeof body !== 'object' || Array.isArray(body)) {
    throw new Error(`${file}: expected one <${root}>. Check the file.`);
  }
  return body;
}

const sourceFiles = (sourceDirs: string[], pattern: string): string[] =>
  sourceDirs.flatMap((dir) =>
    globSync(pattern, { cwd: dir, exclude: (name) => name === '__tests__' })
      .sort()
      .map((name) => path.join(dir, name)),
  );

const list = (value: Xml[string]): Xml[] => (Array.isArray(value) ? value : []);

const text = (value: Xml[string], fallback = ''): string => (typeof value === 'string' ? value : fallback);

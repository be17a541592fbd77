import assert from 'node:assert/strict';
import { existsSync, globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { labelNames } from '../checks/labels.ts';
import { convertSource } from './convert.ts';
import { readSource } from './source.ts';
import type { MetadataFile } from './source.ts';
import { stageProject } from './stage.ts';

/** The type that a package.xml names, by the kind of file in the sources. */
const TYPES: Readonly<Record<string, string>> = {
  app: 'CustomApplication',
  compactLayout: 'CompactLayout',
  customPermission: 'CustomPermission',
  dashboard: 'Dashboard',
  dashboardFolder: 'Dashboard',
  field: 'CustomField',
  flexipage: 'FlexiPage',
  js: 'LightningComponentBundle',
  labels: 'CustomLabels',
  layout: 'Layout',
  listView: 'ListView',
  notiftype: 'CustomNotificationType',
  object: 'CustomObject',
  objectTranslation: 'CustomObjectTranslation',
  permissionset: 'PermissionSet',
  report: 'Report',
  reportFolder: 'Report',
  reportType: 'ReportType',
  settings: 'Settings',
  tab: 'CustomTab',
  translation: 'Translations',
  validationRule: 'ValidationRule',
};
/** Parts of objects carry the object's name in front. */
const PARTS = ['compactLayout', 'field', 'listView', 'validationRule'];

describe('the converted package', () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'm3ter-bills-convert-'));
  const staged = path.join(folder, 'source');
  const converted = path.join(folder, 'mdapi');
  let manifest: Map<string, string[]>;

  before(async () => {
    stageProject(staged);
    await convertSource(path.join(staged, 'force-app'), converted);
    manifest = members(readFileSync(path.join(converted, 'package.xml'), 'utf8'));
  });
  after(() => rmSync(folder, { recursive: true }));

  it('names every component of the sources', () => {
    const missing = readSource(undefined, ['force-app']).metadata.flatMap((file) => {
      // The translations of fields go within the translation of their object.
      if (file.kind === 'fieldTranslation') return [];
      const type = TYPES[file.kind];
      assert.ok(type, `no metadata type for the kind ${file.kind}: add it to TYPES`);
      return manifest.get(type)?.includes(memberName(file)) ? [] : [`${type} ${memberName(file)}`];
    });
    assert.deepEqual(missing, []);
    assert.deepEqual(manifest.get('CustomLabel')?.toSorted(), labelNames(readSource()).sort());
  });

  it('holds the compiled code of every component, and no TypeScript and no tests', () => {
    for (const bundle of manifest.get('LightningComponentBundle') ?? []) {
      // A bundle that others import styles from has nothing else.
      const isThere = ['js', 'css'].some((ending) =>
        existsSync(path.join(converted, 'lwc', bundle, `${bundle}.${ending}`)),
      );
      assert.ok(isThere, bundle);
    }
    const scripts = (root: string) => globSync('**/lwc/*/*.js', { cwd: root }).map((file) => path.basename(file));
    const sources = readSource(undefined, ['force-app']).code.filter(({ file }) => file.endsWith('.ts'));
    assert.deepEqual(scripts(converted).sort(), sources.map(({ file }) => path.basename(file, '.ts') + '.js').sort());
    assert.deepEqual(globSync('**/*.ts', { cwd: folder }), []);
    assert.deepEqual(globSync('**/__tests__', { cwd: folder }), []);
  });

  it('keeps types out and decorators in, as the compiler of Lightning Web Components wants it', () => {
    const code = readFileSync(path.join(converted, 'lwc/billList/billList.js'), 'utf8');
    assert.match(code, /@wire\(/);
    assert.doesNotMatch(code, /import type|: string\b/);
  });
});

const memberName = ({ kind, name, object }: MetadataFile): string => {
  if (PARTS.includes(kind)) return `${object}.${name}`;
  return kind.endsWith('Folder') ? `${name}/` : name;
};

function members(xml: string): Map<string, string[]> {
  const all = (text: string, tag: string) =>
    [...text.matchAll(new RegExp(`<${tag}>([\\s\\S]*?)</${tag}>`, 'g'))].map(([, inner = '']) => inner);
  return new Map(all(xml, 'types').map((block) => [all(block, 'name')[0] ?? '', all(block, 'members')]));
}

/**
 * First stage: Salesforce's base components, once. They are kept until a version, the list of components or one of the
 * replaced modules changes.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { rollup } from 'rollup';
import { writeIconSprites } from './icons.ts';
import {
  BASE_COMPONENTS_DIR,
  BROWSER_DIR,
  ROOT,
  defines,
  failOnUnresolved,
  lwcCompiler,
  stripTypes,
  virtualModules,
} from './plugins.ts';

/**
 * The modules of icon templates, thousands of components that take most of a build. Icons are drawn from sprites
 * instead, see overrides/primitiveIcon.
 */
const ICON_TEMPLATES = ['Action', 'Custom', 'Doctype', 'Standard', 'Utility'].flatMap((category) => [
  `lightning/iconSvgTemplates${category}`,
  `lightning/iconSvgTemplates${category}Rtl`,
]);

const OVERRIDES = {
  'lightning/primitiveIcon': 'overrides/primitiveIcon.ts',
  '@salesforce/i18n/timeZone': 'overrides/timeZone.ts',
};

/** Modules of the first stage that the second leaves as imports: by name, the file below the folder of this build. */
export type VendorModules = Map<string, string>;

export interface Vendor {
  dir: string;
  modules: VendorModules;
  built: boolean;
}

/** Builds into a folder of `cacheDir` named by what it was made from, unless that folder is there. */
export async function buildVendor(cacheDir: string, names: string[]): Promise<Vendor> {
  const modules: VendorModules = new Map([
    ['lwc', 'lwc.js'],
    ['@lwc/synthetic-shadow', 'synthetic-shadow.js'],
    ...names.map((name) => [`lightning/${name}`, `lightning/${name}.js`] as const),
  ]);
  const dir = path.join(cacheDir, fingerprint(names));
  if (existsSync(dir)) return { dir, modules, built: false };
  const draft = `${dir}.${process.pid}`;
  rmSync(draft, { recursive: true, force: true });
  await bundle(names, draft);
  writeIconSprites(draft);
  // Only a whole folder gets its final name; another process may have been faster.
  if (existsSync(dir)) rmSync(draft, { recursive: true });
  else renameSync(draft, dir);
  return { dir, modules, built: true };
}

function fingerprint(names: string[]): string {
  const hash = createHash('sha256').update(names.join());
  for (const name of ['lwc', 'lightning-base-components']) {
    hash.update(readFileSync(path.join(ROOT, 'node_modules', name, 'package.json')));
  }
  for (const file of [...Object.values(OVERRIDES).map((name) => path.join(BROWSER_DIR, name)), ...BUILD_FILES]) {
    hash.update(readFileSync(file));
  }
  return `vendor-${hash.digest('hex').slice(0, 16)}`;
}

const BUILD_FILES = ['vendor.ts', 'icons.ts', 'plugins.ts'].map((name) => path.join(import.meta.dirname, name));

async function bundle(names: string[], dir: string): Promise<void> {
  // The LWC plugin resolves imports but not entries: each entry is a module that re-exports the real one.
  const entries = new Map([
    ['entry/lwc', "export * from 'lwc';"],
    ['entry/synthetic-shadow', "import '@lwc/synthetic-shadow';"],
    ...names.map((name) => {
      const id = `lightning/${name}`;
      return [`entry/${id}`, `export * from '${id}'; export { default } from '${id}';`] as const;
    }),
  ]);
  const noTemplates = path.join(BROWSER_DIR, 'overrides/noIconTemplates.ts');
  const build = await rollup({
    input: Object.fromEntries(
      ['lwc', 'synthetic-shadow', ...names.map((n) => `lightning/${n}`)].map((n) => [n, `entry/${n}`]),
    ),
    preserveEntrySignatures: 'strict',
    plugins: [
      virtualModules(entries),
      stripTypes,
      lwcCompiler([
        ...ICON_TEMPLATES.map((name) => ({ name, path: noTemplates })),
        ...Object.entries(OVERRIDES).map(([name, file]) => ({ name, path: path.join(BROWSER_DIR, file) })),
        { npm: 'lightning-base-components' },
      ]),
      defines(),
    ],
    onwarn: failOnUnresolved,
  });
  mkdirSync(dir, { recursive: true });
  await build.write({ dir, format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' });
  await build.close();
  writeFileSync(path.join(dir, 'names.json'), JSON.stringify(names));
}

/** Whether the base components have a module of this name, such as `card`. */
export const isBaseComponent = (name: string): boolean =>
  existsSync(path.join(BASE_COMPONENTS_DIR, 'src/lightning', name));

/**
 * First stage: Salesforce's base components, once. They are kept until a version, the list of components or one of the
 * replaced modules changes.
 */
import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
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
  '@salesforce/i18n/dir': 'overrides/dir.ts',
  '@salesforce/i18n/locale': 'overrides/locale.ts',
  '@salesforce/i18n/timeZone': 'overrides/timeZone.ts',
};

/** Modules of the first stage that the second leaves as imports: by name, the file below the folder of this build. */
export type VendorModules = Map<string, string>;

export interface Vendor {
  dir: string;
  modules: VendorModules;
  imports: VendorImports;
}

/** The files that each file of the build imports as it is loaded, all by their paths below the folder. */
export type VendorImports = ReadonlyMap<string, readonly string[]>;

/** What is kept beside a build. */
interface Manifest {
  names: string[];
  imports: Record<string, string[]>;
}

/**
 * The base components of these names: from a folder of `cacheDir` that has them all, else built into a new one, which
 * `onBuild` is told before.
 */
export async function buildVendor(cacheDir: string, names: string[], onBuild: () => void): Promise<Vendor> {
  const prefix = `vendor-${fingerprint()}-`;
  const kept = findKept(cacheDir, prefix, names);
  if (kept !== undefined) return vendorIn(kept, names);
  const dir = path.join(cacheDir, prefix + digest(names.join()));
  onBuild();
  const draft = `${dir}.${process.pid}`;
  const manifest: Manifest = { names, imports: await bundle(names, draft) };
  writeIconSprites(draft);
  writeFileSync(path.join(draft, MANIFEST_FILE), JSON.stringify(manifest));
  publish(draft, dir);
  return vendorIn(dir, names);
}

function vendorIn(dir: string, names: string[]): Vendor {
  const { imports } = readManifest(path.join(dir, MANIFEST_FILE));
  return { dir, modules: modulesOf(names), imports: new Map(Object.entries(imports)) };
}

const readManifest = (file: string): Manifest => JSON.parse(readFileSync(file, 'utf8')) as Manifest;

/** Only a whole folder gets its final name; another process may have been faster. */
function publish(draft: string, dir: string): void {
  try {
    renameSync(draft, dir);
  } catch (error) {
    if (!existsSync(dir)) throw error;
    rmSync(draft, { recursive: true });
  }
}

const MANIFEST_FILE = 'manifest.json';

function findKept(cacheDir: string, prefix: string, names: string[]): string | undefined {
  return globSync(`${prefix}*/${MANIFEST_FILE}`, { cwd: cacheDir })
    .map((file) => path.join(cacheDir, file))
    .filter((file) => {
      const has = new Set(readManifest(file).names);
      return names.every((name) => has.has(name));
    })
    .map((file) => path.dirname(file))
    .find((dir) => !/\.\d+$/.test(dir));
}

const modulesOf = (names: string[]): VendorModules =>
  new Map([
    ['lwc', 'lwc.js'],
    ['@lwc/synthetic-shadow', 'synthetic-shadow.js'],
    ...names.map((name) => [`lightning/${name}`, `lightning/${name}.js`] as const),
  ]);

const digest = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 12);

/** Changes with everything but the list that a build is made from. */
function fingerprint(): string {
  const packages = ['lwc', 'lightning-base-components'].map((name) =>
    path.join(ROOT, 'node_modules', name, 'package.json'),
  );
  const overrides = Object.values(OVERRIDES).map((name) => path.join(BROWSER_DIR, name));
  return digest([...packages, ...overrides, ...BUILD_FILES].map((file) => readFileSync(file, 'utf8')).join('\n'));
}

const BUILD_FILES = ['vendor.ts', 'icons.ts', 'plugins.ts'].map((name) => path.join(import.meta.dirname, name));

/** Writes the build and tells what each of its files imports. */
async function bundle(names: string[], dir: string): Promise<Manifest['imports']> {
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
  const { output } = await build.write({
    dir,
    format: 'es',
    entryFileNames: '[name].js',
    chunkFileNames: 'chunks/[name]-[hash].js',
    // Hundreds of small files take a browser longer than one. The synthetic shadow stays apart: it has to run before LWC.
    manualChunks: (id) => (id.startsWith(BASE_COMPONENTS_DIR) ? 'base' : undefined),
  });
  await build.close();
  const chunks = output.filter((file) => file.type === 'chunk');
  return Object.fromEntries(chunks.map(({ fileName, imports }) => [fileName, imports]));
}

/** Whether the base components have a module of this name, such as `card`. */
export const isBaseComponent = (name: string): boolean =>
  existsSync(path.join(BASE_COMPONENTS_DIR, 'src/lightning', name));

/** Second stage: the app shell and the components of the source folders. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { rollup } from 'rollup';
import { findBundles } from '../metadata.ts';
import type { ShellMetadata } from '../model.ts';
import { platformModules } from './platformModules.ts';
import {
  BROWSER_DIR,
  PLATFORM_MODULES,
  defines,
  failOnUnresolved,
  lwcCompiler,
  namedModules,
  stripTypes,
  virtualModules,
} from './plugins.ts';
import type { Vendor } from './vendor.ts';

export interface AppScript {
  code: string;
  map: string;
  /** Files of the base components that it needs before it runs, those that these import included. */
  imports: string[];
}

/** Bundles the app, whose base components are at `vendorUrl`. Throws on unresolved imports and on every error of the LWC compiler, naming the file. */
export async function buildApp(
  sourceDirs: string[],
  metadata: ShellMetadata & { prefix: string },
  labels: Map<string, string>,
  { modules, imports }: Vendor,
  vendorUrl: string,
): Promise<AppScript> {
  const bundles = findBundles(sourceDirs);
  const files = new Map([
    ...bundles.map(({ name, file }) => [`c/${name}`, file] as const),
    ...PLATFORM_MODULES.map((name) => {
      return [`lightning/${name}`, platformFile(name)] as const;
    }),
  ]);
  const pages = pagesModule(metadata, new Set(bundles.map(({ name }) => name)));
  const build = await rollup({
    input: path.join(BROWSER_DIR, 'main.ts'),
    external: (id) => modules.has(id),
    plugins: [
      virtualModules(new Map([['@workbench/pages', pages]])),
      platformModules(labels),
      namedModules(files),
      stripTypes,
      lwcCompiler([{ dir: BROWSER_DIR }]),
      defines(),
    ],
    onwarn: failOnUnresolved,
  });
  const { output } = await build.generate({
    format: 'es',
    sourcemap: 'hidden',
    inlineDynamicImports: true,
    paths: Object.fromEntries([...modules].map(([name, file]) => [name, `${vendorUrl}/${file}`])),
  });
  await build.close();
  const [{ code, map, imports: direct }] = output;
  const loaded = direct.map((url) => url.slice(`${vendorUrl}/`.length));
  return { code, map: map?.toString() ?? '', imports: withImports(loaded, imports) };
}

/** These files and all that they import. */
function withImports(files: string[], imports: Vendor['imports']): string[] {
  const found = new Set(files);
  // A set that grows is walked to its new end.
  for (const file of found) for (const one of imports.get(file) ?? []) found.add(one);
  return [...found];
}

/** A module is a file; a component is a folder, as its template must lie beside it. */
function platformFile(name: string): string {
  const folder = path.join(BROWSER_DIR, 'platform/lightning');
  const file = path.join(folder, `${name}.ts`);
  return existsSync(file) ? file : path.join(folder, name, `${name}.ts`);
}

/** Exports the app and its pages, and the constructor of every own component that a page names and that exists. */
function pagesModule(metadata: ShellMetadata & { prefix: string }, bundles: Set<string>): string {
  const named = metadata.pages.flatMap((page) => page.regions.flatMap((region) => region.components));
  const own = [...new Set(named.map(({ name }) => name.replace(/^c:/, '')))].filter((name) => bundles.has(name));
  return [
    ...own.map((name) => `import ${name} from 'c/${name}';`),
    `export const prefix = ${JSON.stringify(metadata.prefix)};`,
    `export const app = ${JSON.stringify(metadata.app)};`,
    `export const pages = ${JSON.stringify(metadata.pages)};`,
    `export const layouts = ${JSON.stringify(metadata.layouts)};`,
    `export const components = { ${own.join(', ')} };`,
  ].join('\n');
}

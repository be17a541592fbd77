/** The rollup plugins that both stages of the build share. */
import { stripTypeScriptTypes } from 'node:module';
import path from 'node:path';
import lwcModule from '@lwc/rollup-plugin';
import type { RollupLwcOptions } from '@lwc/rollup-plugin';
import replaceModule from '@rollup/plugin-replace';
import type { Plugin, RollupLog } from 'rollup';

export const ROOT = path.resolve(import.meta.dirname, '../../..');
export const BROWSER_DIR = path.join(ROOT, 'sandbox/workbench/browser');
export const BASE_COMPONENTS_DIR = path.join(ROOT, 'node_modules/lightning-base-components');

/** Platform modules that the workbench answers itself, over HTTP from the local org. */
export const PLATFORM_MODULES = [
  'graphql',
  'navigation',
  'platformShowToastEvent',
  'platformUtilityBarApi',
  'recordPicker',
  'uiRecordApi',
];

// Both packages are CommonJS whose exports are the function itself, which their types do not say.
const lwc = lwcModule as unknown as typeof lwcModule.default;
const replace = replaceModule as unknown as typeof replaceModule.default;

type LwcModules = NonNullable<RollupLwcOptions['modules']>;

/** The LWC compiler as the base components need it. */
export const lwcCompiler = (modules: LwcModules): Plugin =>
  lwc({
    rootDir: BROWSER_DIR,
    modules,
    enableDynamicComponents: true,
    enableLwcOn: true,
    enableSyntheticElementInternals: true,
  });

export const defines = (): Plugin =>
  replace({
    preventAssignment: true,
    values: { 'process.env.NODE_ENV': '"production"', 'import.meta.env.SSR': 'false' },
  });

/** Blanks out types, so that every line and column stays where it was. */
export const stripTypes: Plugin = {
  name: 'strip-types',
  transform(code, id) {
    if (!withoutQuery(id).endsWith('.ts')) return null;
    return { code: stripTypeScriptTypes(code), map: null };
  },
};

/**
 * Modules that exist only during the build, by the name they are imported by. The LWC compiler wants a file's name
 * with its extension, and looks for npm modules from there.
 */
export const virtualModules = (modules: Map<string, string>): Plugin => {
  const byId = new Map([...modules].map(([name, code]) => [virtualId(name), code]));
  return {
    name: 'virtual-modules',
    resolveId: (id) => (modules.has(id) ? virtualId(id) : null),
    load: (id) => byId.get(id) ?? null,
  };
};

const virtualId = (name: string): string => path.join(BROWSER_DIR, '__virtual__', `${name.replaceAll('/', '_')}.js`);

/**
 * Own components and platform modules by name, also for importers outside of this repository, for which the LWC
 * plugin resolves nothing. Throws with importer and name for one that neither the project nor the workbench has.
 */
export const namedModules = (files: Map<string, string>): Plugin => ({
  name: 'named-modules',
  resolveId(id, importer = '') {
    if (!/^(c|lightning)\/\w+$/.test(id)) return null;
    const file = files.get(id);
    // The query is how the LWC plugin learns a component's name when its folder does not tell.
    if (file !== undefined) return `${file}?specifier=${encodeURIComponent(id)}`;
    return this.error(`${withoutQuery(importer)} imports ${id}, which does not exist here. Write it, or remove it.`);
  },
});

/** Makes an import that nothing resolves an error; other warnings come from the base components' own templates. */
export function failOnUnresolved(log: RollupLog): void {
  if (log.code === 'UNRESOLVED_IMPORT') {
    throw new Error(`${log.message}. Write the missing module, or remove the import.`);
  }
}

/** The LWC plugin marks ids of aliased modules with a query. */
export const withoutQuery = (id: string): string => id.split('?', 1)[0] ?? id;

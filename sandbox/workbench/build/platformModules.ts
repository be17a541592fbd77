/** Answers the `@salesforce/*` imports of own components; the base components' package answers its own. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Plugin } from 'rollup';
import { BASE_COMPONENTS_DIR, BROWSER_DIR } from './plugins.ts';

const SESSION = path.join(BROWSER_DIR, 'platform/session.ts');
const WORDS = path.join(BROWSER_DIR, 'platform/words.ts');
const PREFIX = '\0@salesforce/';

/** Throws at build time for a label that no labels file defines, and for a kind of module it does not know. */
export const platformModules = (labels: Map<string, string>): Plugin => ({
  name: 'platform-modules',
  resolveId(id) {
    if (!id.startsWith('@salesforce/')) return null;
    const [, own] = /^@salesforce\/i18n\/(dir|locale|timeZone)$/.exec(id) ?? [];
    if (own !== undefined) return path.join(BROWSER_DIR, `overrides/${own}.ts`);
    const shipped = path.join(BASE_COMPONENTS_DIR, 'scopedImports', `${id.replaceAll('/', '-')}.js`);
    return existsSync(shipped) ? shipped : `\0${id}`;
  },
  load(id) {
    if (!id.startsWith(PREFIX)) return null;
    const [kind = '', rest = ''] = split(id.slice(PREFIX.length));
    const make = KINDS[kind];
    if (make === undefined) {
      return this.error(`The workbench has no @salesforce/${kind} modules. Add the kind to platformModules.ts.`);
    }
    return make(rest, labels);
  },
});

const KINDS: Record<string, (rest: string, labels: Map<string, string>) => string> = {
  label: (rest, labels) => {
    const name = rest.replace(/^c\./, '');
    const text = labels.get(name);
    if (text === undefined)
      throw new Error(`No label ${rest} in any *.labels-meta.xml. Add it, or correct the import.`);
    const [words, ...args] = [WORDS, name, text].map((one) => JSON.stringify(one));
    return `import { labelText } from ${words}; export default labelText(${args.join(', ')});`;
  },
  schema: (rest) => {
    const [objectApiName = '', ...field] = rest.split('.');
    return constant(field.length > 0 ? { objectApiName, fieldApiName: field.join('.') } : { objectApiName });
  },
  user: (rest) => {
    if (rest === 'isGuest') return constant(false);
    if (rest !== 'Id') throw new Error(`@salesforce/user has Id and isGuest, not ${rest}. Correct the import.`);
    return `import { session } from ${JSON.stringify(SESSION)}; export default session.user.id;`;
  },
};

const constant = (value: unknown): string => `export default ${JSON.stringify(value)};`;

const split = (id: string): string[] => {
  const slash = id.indexOf('/');
  return [id.slice(0, slash), id.slice(slash + 1)];
};

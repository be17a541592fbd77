import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { describe, it } from 'node:test';
import { Ajv } from 'ajv';
import { ROOT } from '../metadata/source.ts';

const require = createRequire(import.meta.url);
const read = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'));
const { $schema: _draft, ...schema } = read(require.resolve('@salesforce/schemas/project-scratch-def.schema.json')) as {
  $schema: string;
};
const validate = new Ajv({ strict: false }).compile(schema);
const TYPES = readFileSync(require.resolve('@salesforce/types/metadata').replace(/\.js$/, '.d.ts'), 'utf8');

interface Definition {
  readonly orgName: string;
  readonly features: readonly string[];
  readonly settings: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

const DEFINITIONS = new Map(
  globSync('config/*-scratch-def.json', { cwd: ROOT }).map((file) => [
    path.basename(file).replace('-scratch-def.json', ''),
    read(path.join(ROOT, file)) as Definition,
  ]),
);

/** The settings that Salesforce's metadata types know below a name such as `languageSettings`. */
function knownSettings(name: string): string[] {
  const type = name.charAt(0).toUpperCase() + name.slice(1);
  const body = new RegExp(`export type ${type} = Metadata & \\{([\\s\\S]*?)\\n\\};`).exec(TYPES)?.[1] ?? '';
  return [...body.matchAll(/^ {4}(\w+)\??:/gm)].map(([, setting = '']) => setting);
}

describe('the definitions of scratch orgs', () => {
  it('are a baseline and, each, one thing more', () => {
    assert.deepEqual([...DEFINITIONS.keys()].sort(), ['baseline', 'multi-currency', 'person-accounts', 'translation']);
    assert.deepEqual(DEFINITIONS.get('baseline')?.features, []);
    assert.deepEqual(DEFINITIONS.get('multi-currency')?.features, ['MultiCurrency']);
    assert.deepEqual(DEFINITIONS.get('person-accounts')?.features, ['PersonAccounts']);
    assert.equal(DEFINITIONS.get('translation')?.settings['languageSettings']?.['enableTranslationWorkbench'], true);
  });

  for (const [name, definition] of DEFINITIONS) {
    it(`${name} is what Salesforce takes`, () => {
      assert.ok(validate(definition), JSON.stringify(validate.errors));
      for (const [group, settings] of Object.entries(definition.settings)) {
        const known = knownSettings(group);
        assert.deepEqual(
          Object.keys(settings).filter((setting) => !known.includes(setting)),
          [],
          group,
        );
      }
    });
  }
});

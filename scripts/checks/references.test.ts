import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';
import { readSource, ROOT } from '../metadata/source.ts';
import { CHECKS } from './index.ts';

const LWC = path.join(ROOT, 'force-app/main/default/lwc');

describe('the package', () => {
  const source = readSource();

  for (const [about, check] of Object.entries(CHECKS)) {
    it(`holds together in its ${about}`, () => assert.deepEqual(check(source), []));
  }

  it("lists every bundle with a script, and nothing else, in the paths of the components' tsconfig", () => {
    const { compilerOptions } = JSON.parse(readFileSync(path.join(LWC, 'tsconfig.json'), 'utf8')) as {
      compilerOptions: { paths: Record<string, string[]> };
    };
    const scripts = globSync('*/*.ts', { cwd: LWC });
    const bundles = scripts.map((file) => path.dirname(file)).filter((name) => scripts.includes(`${name}/${name}.ts`));
    assert.deepEqual(
      Object.keys(compilerOptions.paths).sort(),
      [...new Set(bundles)].map((name) => `c/${name}`).sort(),
    );
  });
});

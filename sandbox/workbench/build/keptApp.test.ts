import assert from 'node:assert/strict';
import { globSync, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, beforeEach, describe, it } from 'node:test';
import { keptApp } from './keptApp.ts';
import type { AppInputs } from './keptApp.ts';

describe('the script of the workbench', () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'kept-app-'));
  const sources = path.join(folder, 'sources');
  const cache = path.join(folder, 'cache');
  const inputs: AppInputs = { sourceDirs: [sources], prefix: '', vendorUrl: '/vendor' };
  const component = path.join(sources, 'lwc/hello/hello.ts');
  let built = 0;

  const script = (changed: Partial<AppInputs> = {}) =>
    keptApp(cache, { ...inputs, ...changed }, () => {
      built += 1;
      return Promise.resolve({ code: `build ${built}`, map: '{}', imports: ['lwc.js'] });
    });

  beforeEach(() => {
    rmSync(cache, { recursive: true, force: true });
    mkdirSync(path.join(sources, 'lwc/hello/__tests__'), { recursive: true });
    writeFileSync(component, 'export default 1;');
    built = 0;
  });
  after(() => rmSync(folder, { recursive: true }));

  it('is built once from the same sources, tests not counted', async () => {
    const first = await script();
    writeFileSync(path.join(sources, 'lwc/hello/__tests__/hello.test.ts'), 'test();');
    assert.deepEqual(await script(), first);
    assert.equal(built, 1);
  });

  it('is built anew when a component, a namespace or the base components change, and when a file is added', async () => {
    await script();
    writeFileSync(component, 'export default 2;');
    assert.equal((await script()).code, 'build 2');
    assert.equal((await script({ prefix: 'acme__' })).code, 'build 3');
    assert.equal((await script({ vendorUrl: '/other' })).code, 'build 4');
    writeFileSync(path.join(sources, 'lwc/hello/hello.html'), '<template></template>');
    assert.equal((await script()).code, 'build 5');
  });

  it('is built anew when what was kept cannot be read', async () => {
    await script();
    for (const file of globSync('app-*', { cwd: cache })) writeFileSync(path.join(cache, file), '{"code":');
    assert.equal((await script()).code, 'build 2');
  });

  it('does not fill the disk: those that were used last are kept', async () => {
    const long = new Date('2026-01-01T00:00:00Z');
    await script({ prefix: 'used__' });
    for (const file of globSync('app-*', { cwd: cache })) utimesSync(path.join(cache, file), long, long);
    for (let n = 0; n < 12; n += 1) {
      await script({ prefix: `n${n}__` });
      await script({ prefix: 'used__' });
    }
    assert.equal(globSync('app-*', { cwd: cache }).length, 8);
    assert.equal(built, 13);
  });
});

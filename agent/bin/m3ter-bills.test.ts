import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import packageJson from '../package.json' with { type: 'json' };

const PROGRAM = path.join(import.meta.dirname, 'm3ter-bills.mjs');

describe('the program', () => {
  let home: string;
  before(() => {
    home = mkdtempSync(path.join(os.tmpdir(), 'm3ter-bills-home-'));
  });
  after(() => rmSync(home, { recursive: true }));

  const version = (env: Record<string, string>): string =>
    spawnSync(process.execPath, [PROGRAM, '--version'], { env, encoding: 'utf8' }).stdout.trim();

  it("keeps compiled code in its user's cache, so that the next command begins sooner", () => {
    assert.equal(version({ HOME: home }), packageJson.version);
    assert.equal(readdirSync(path.join(home, '.cache/m3ter-bills')).length, 1);
  });

  it('works where nothing can be kept', () => {
    const file = path.join(home, 'file');
    writeFileSync(file, '');
    assert.equal(version({ XDG_CACHE_HOME: file }), packageJson.version);
    assert.equal(version({}), packageJson.version);
  });
});

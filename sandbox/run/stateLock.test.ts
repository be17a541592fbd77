import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { describe, it } from 'node:test';
import { lockState } from './stateLock.ts';
import { readSettings, UsageError } from './settings.ts';

describe('the state of a sandbox', () => {
  it('belongs to one sandbox at a time, also while it is emptied', (t) => {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'state-'));
    t.after(() => rmSync(folder, { recursive: true }));
    const state = path.join(folder, 'demo');
    const first = lockState(state);
    rmSync(state, { recursive: true, force: true });
    assert.throws(() => lockState(state), /Another sandbox is running.*--state DIR/);
    first.release();
    lockState(state).release();
  });
});

describe('a lock that is no lock', () => {
  it('is not taken for another sandbox', (t) => {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'state-'));
    t.after(() => rmSync(folder, { recursive: true }));
    writeFileSync(
      path.join(folder, 'demo.lock'),
      'this is no database, and long enough to be read as a header '.repeat(20),
    );
    assert.throws(() => lockState(path.join(folder, 'demo')), /not a database/);
  });
});

describe('the folder of a data set', () => {
  it('is refused when it is not there, before anything is made', () => {
    assert.throws(
      () => readSettings(['--data', 'no-such-folder']),
      (error: Error) => error instanceof UsageError && /no-such-folder: there is no such folder/.test(error.message),
    );
  });

  it('is looked for where the person stands', () => {
    const before = process.env['INIT_CWD'];
    process.env['INIT_CWD'] = path.join(import.meta.dirname, '..');
    try {
      assert.equal(readSettings(['--data', 'run']).dataDir, import.meta.dirname);
    } finally {
      if (before === undefined) delete process.env['INIT_CWD'];
      else process.env['INIT_CWD'] = before;
    }
  });
});

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { SetupError } from '../errors.ts';
import { Store, storeFolder, type BillState, type StoredBill } from './store.ts';

const folder = mkdtempSync(path.join(os.tmpdir(), 'm3ter-bills-store-'));
const url = `pglite://${folder}`;
const decidedAt = new Date('2026-11-22T12:00:00.000Z');

const state = (billId: string, more: Partial<BillState> = {}): BillState => ({
  billId,
  status: 'sent',
  changeToken: 'token',
  rulesHash: 'rules',
  isMatched: true,
  code: null,
  decidedAt,
  ...more,
});

const stored = (billId: string, more: Partial<StoredBill> = {}): StoredBill => ({
  billId,
  recordId: `record-${billId}`,
  sourceVersion: 1_795_348_800_000,
  hash: 'hash',
  lines: { line: 'line-record' },
  linesKnown: true,
  ...more,
});

describe('the store', () => {
  let store: Store;
  before(async () => {
    store = await Store.open(url);
  });
  after(async () => {
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('keeps what an integration decided, the latest decision only', async () => {
    await store.saveBillStates('i1', [state('a'), state('b', { status: 'failed', code: 'WHY', isMatched: false })]);
    await store.saveBillStates('i1', [state('a', { changeToken: 'newer' })]);
    await store.saveBillStates('i2', [state('a', { status: 'waiting' })]);
    const states = await store.billStates('i1', ['a', 'b', 'c']);
    assert.deepEqual(
      [...states.values()],
      [state('a', { changeToken: 'newer' }), state('b', { status: 'failed', code: 'WHY', isMatched: false })],
    );
    assert.equal(await store.knownCount(['i1']), 2);
    assert.equal(await store.knownCount(['i3']), 0);
    assert.deepEqual(await store.statusCounts(), { failed: 1, sent: 1, waiting: 1 });
  });

  it('keeps what the org holds, and that its lines are in doubt while a call is under way', async () => {
    await store.saveStoredBills([stored('a'), stored('b')]);
    await store.distrustLines(['b', 'never sent']);
    const bills = await store.storedBills(['a', 'b', 'c']);
    assert.deepEqual([...bills.values()], [stored('a'), stored('b', { linesKnown: false })]);
    await store.saveStoredBills([stored('b', { lines: {} })]);
    assert.deepEqual((await store.storedBills(['b'])).get('b'), stored('b', { lines: {} }));
  });

  it('forgets Bills that m3ter deleted, until they are sent again', async () => {
    await store.saveStoredBills([stored('gone')]);
    await store.saveBillStates('i1', [state('gone')]);
    await store.markDeleted(['gone']);
    assert.ok(!(await store.presentBills()).has('gone'));
    assert.equal((await store.storedBills(['gone'])).size, 0);
    assert.equal((await store.billStates('i1', ['gone'])).size, 0);
    await store.saveStoredBills([stored('gone')]);
    assert.equal((await store.presentBills()).get('gone'), 'record-gone');
  });

  it('remembers which Events were written', async () => {
    await store.saveEventDigests(new Map([['key', 'one']]));
    await store.saveEventDigests(new Map([['key', 'two']]));
    assert.deepEqual(await store.eventDigests(['key', 'other']), new Map([['key', 'two']]));
  });

  it('remembers Runs until they are closed', async () => {
    const run = { runKey: 'run', integrationId: 'i1', trigger: 'MANUAL' as const };
    await store.saveOpenRun(run);
    assert.deepEqual(await store.openRuns('i1'), [run]);
    assert.deepEqual(await store.openRuns('i2'), []);
    await store.closeRuns(['run']);
    assert.deepEqual(await store.openRuns('i1'), []);
  });

  it('tells the last sweeps, newest first', async () => {
    const sweep = { startedAt: decidedAt, finishedAt: new Date('2026-11-22T12:00:05.000Z'), report: { sent: 1 } };
    await store.saveSweep({ ...sweep, outcome: 'first' });
    await store.saveSweep({ ...sweep, outcome: 'second' });
    assert.deepEqual(await store.sweeps(1), [{ ...sweep, outcome: 'second' }]);
    assert.equal((await store.sweeps(10)).length, 2);
  });

  it('belongs to the organizations that it was first used with', async () => {
    await store.bindTo('m3ter-1', 'org-1');
    await store.bindTo('m3ter-1', 'org-1');
    await assert.rejects(store.bindTo('m3ter-1', 'org-2'), (error: Error) => {
      assert.ok(error instanceof SetupError);
      assert.match(error.message, /m3ter-1 to org-1.*STORE_URL/);
      return true;
    });
  });

  it('refuses a second process by name, and says what to do', () => {
    const script = `import { Store } from '${new URL('store.ts', import.meta.url).href}'; await Store.open('${url}');`;
    const second = spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' });
    assert.notEqual(second.status, 0);
    assert.match(second.stderr, new RegExp(`StoreLockedError.*in use.*process ${process.pid}.*STORE_URL`));
  });

  it('keeps everything when it is closed and opened again', async () => {
    await store.saveStoredBills([stored('kept')]);
    await store.close();
    store = await Store.open(url);
    assert.deepEqual((await store.storedBills(['kept'])).get('kept'), stored('kept'));
  });
});

describe('the URL of a store', () => {
  it('names a folder', () => {
    assert.equal(storeFolder('pglite:///var/lib/agent'), '/var/lib/agent');
    assert.equal(storeFolder('pglite://./data'), path.resolve('data'));
  });

  for (const wrong of ['pglite://', 'postgres://user:hush@host/db', './data']) {
    it(`is refused: ${wrong}`, () => {
      assert.throws(
        () => storeFolder(wrong),
        (error: Error) => {
          assert.ok(error instanceof SetupError);
          assert.match(error.message, /pglite:\/\/FOLDER/);
          assert.doesNotMatch(error.message, /hush/);
          return true;
        },
      );
    });
  }
});

import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { freshStoreUrl, openTestStore, STORE_KINDS } from '../../testing/stores.ts';
import { batchOf, DONE, PATIENCE, until, workEach } from '../queue/testing.ts';
import type { Store } from '../types.ts';

for (const kind of STORE_KINDS) {
  describe(`batches in a store on ${kind}`, PATIENCE, () => {
    let store: Store;
    beforeEach(async () => {
      store = await openTestStore(await freshStoreUrl(kind));
    });
    afterEach(() => store.close());

    it('are finished when they are scanned and every Bill has an outcome', async () => {
      const batch = batchOf('run', { isScanned: false, replayedFrom: 'earlier', trigger: 'SCHEDULE' });
      await store.batches.open(batch);
      assert.equal(await store.batches.enqueue(batch, ['a', 'b', 'c', 'd']), 4);
      await store.batches.record('run', [
        { billId: 'a', outcome: 'sent', isFinal: true, lineItems: 3 },
        { billId: 'b', outcome: 'sent', isFinal: true, lineItems: 4 },
        { billId: 'c', outcome: 'awaitingRetry', code: 'LOCKED', isFinal: false },
        { billId: 'unknown', outcome: 'sent', isFinal: true },
      ]);
      assert.deepEqual(await store.batches.finishable(), []);
      await store.batches.scanned('run', { billsRead: 9, 'skipped.restricted': 5 });
      assert.deepEqual(await store.batches.finishable(), []);
      const soFar = { billsRead: 9, 'skipped.restricted': 5, sent: 2, lineItems: 7 };
      const scanned = { ...batch, isScanned: true, closedAt: null };
      assert.deepEqual(await store.batches.unfinished('org'), [{ ...scanned, counts: soFar, pending: 2 }]);
      await store.batches.record('run', [
        { billId: 'a', outcome: 'failed', code: 'LATE', isFinal: true },
        { billId: 'c', outcome: 'failed', code: 'LOCKED', isFinal: true },
        { billId: 'd', outcome: 'skipped', code: 'unchanged', isFinal: true },
      ]);
      const counts = { ...soFar, 'failed.LOCKED': 1, 'skipped.unchanged': 1 };
      assert.deepEqual(await store.batches.finishable(), [{ ...scanned, counts, pending: 0 }]);
      await store.batches.close('run');
      assert.deepEqual(await store.batches.finishable(), []);
      assert.deepEqual(await store.batches.unfinished(), []);
      const [recent] = await store.batches.recent(5);
      assert.deepEqual({ ...recent, closedAt: null }, { ...scanned, counts, pending: 0 });
      assert.ok(recent?.closedAt instanceof Date);
    });

    it('have their Run begun by one process, or by the next one where that failed', async () => {
      await store.batches.open(batchOf('run'));
      const claims = async (...names: string[]) => {
        const found = [];
        for (const name of names) found.push(await store.batches.claimRun('run', name));
        return found;
      };
      assert.deepEqual(await claims('one', 'two', 'one'), ['own', 'others', 'own']);
      await store.batches.settleRun('run', 'two', true);
      await store.batches.settleRun('run', 'one', false);
      assert.deepEqual(await claims('two', 'one'), ['own', 'others']);
      await store.batches.settleRun('run', 'two', true);
      await store.batches.settleRun('run', 'one', false);
      assert.deepEqual(await claims('one', 'two'), ['begun', 'begun']);
      assert.equal(await store.batches.claimRun('closed long ago', 'one'), 'begun');
    });

    it('have their Run begun by another process when the one that set out is gone', async () => {
      const hasty = await openTestStore(await freshStoreUrl(kind), undefined, { heartbeatSeconds: 1 });
      const { batches } = hasty;
      await batches.open(batchOf('run'));
      assert.equal(await batches.claimRun('run', 'gone'), 'own');
      await until(async () => (await batches.claimRun('run', 'next')) === 'own');
      await batches.settleRun('run', 'gone', true);
      assert.equal(await batches.claimRun('run', 'third'), 'others');
      await hasty.close();
    });

    it('have their Run begun again when they are opened again', async () => {
      const batch = batchOf('run');
      await store.batches.open(batch);
      await store.batches.claimRun('run', 'one');
      await store.batches.settleRun('run', 'one', true);
      await store.batches.close('run');
      await store.batches.enqueue(batch, ['late']);
      assert.equal(await store.batches.claimRun('run', 'two'), 'own');
    });

    it('are told newest first, and by org those that are open', async () => {
      for (const n of [1, 2, 3]) await store.batches.open(batchOf(`run-${n}`, { orgId: `org-${n % 2}` }));
      await store.batches.open(batchOf('run-1', { orgId: 'org-1' }));
      const keys = (batches: ReadonlyArray<{ runKey: string }>) => batches.map(({ runKey }) => runKey);
      assert.deepEqual(keys(await store.batches.recent(2)), ['run-3', 'run-2']);
      assert.deepEqual(keys(await store.batches.unfinished('org-1')), ['run-1', 'run-3']);
    });

    it('leave a Bill that is queued already in its older batch', async () => {
      assert.equal(await store.batches.enqueue(batchOf('older'), ['a', 'b', 'a']), 2);
      assert.equal(await store.batches.enqueue(batchOf('newer'), ['b', 'c']), 1);
      assert.equal(await store.batches.enqueue(batchOf('clone', { orgId: 'sandbox' }), ['a']), 1);
      assert.deepEqual(
        (await store.batches.unfinished()).map(({ runKey, pending }) => [runKey, pending]),
        [
          ['older', 2],
          ['newer', 1],
          ['clone', 1],
        ],
      );
      assert.deepEqual(await store.queue.depth(), { queued: 4, active: 0, retrying: 0, dead: 0 });
    });

    it('tell whether one of them waits for a Bill', async () => {
      const isWaitingFor = (...billIds: string[]) =>
        store.batches.isWaitingFor({ orgId: 'org', integrationId: 'i1' }, billIds);
      await store.batches.enqueue(batchOf('run'), ['a', 'b']);
      await store.batches.enqueue(batchOf('clone', { orgId: 'sandbox' }), ['c']);
      assert.deepEqual([await isWaitingFor('x', 'b'), await isWaitingFor('c')], [true, false]);
      await store.batches.record('run', [{ billId: 'b', outcome: 'sent', isFinal: true }]);
      assert.deepEqual([await isWaitingFor('b'), await isWaitingFor('b', 'a')], [false, true]);
      await workEach(store, () => DONE);
      await until(() => store.queue.idle());
      assert.equal(await isWaitingFor('a'), false, 'its job ended without an outcome');
    });

    it('queue nothing when their transaction fails half-way', async () => {
      const ids = Array.from({ length: 1000 }, (_, n) => `bill-${n}`);
      // Half a surrogate pair is no text for PostgreSQL; it sorts into the second statement.
      await assert.rejects(store.batches.enqueue(batchOf('run'), [...ids, 'x\ud800']), /store failed/);
      assert.deepEqual(await store.batches.recent(5), []);
      assert.deepEqual(await store.queue.depth(), { queued: 0, active: 0, retrying: 0, dead: 0 });
      assert.equal(await store.batches.enqueue(batchOf('run'), ids), 1000);
    });

    it('count a Bill whose job ended without an outcome as abandoned', async () => {
      await store.batches.enqueue(batchOf('run'), ['a', 'b']);
      await store.batches.record('run', [{ billId: 'b', outcome: 'awaitingRetry', code: 'TIMEOUT', isFinal: false }]);
      await workEach(store, () => DONE);
      await until(() => store.queue.idle());
      const [batch] = await store.batches.finishable();
      assert.deepEqual(batch?.counts, { 'failed.ABANDONED': 1, 'failed.TIMEOUT': 1 });
    });

    it('take a Bill in again that they have done, also after they were closed', async () => {
      const sent = { billId: 'a', outcome: 'sent', isFinal: true };
      await workEach(store, () => DONE);
      for (const round of [1, 2, 3]) {
        await store.batches.enqueue(batchOf('run'), ['a']);
        await until(() => store.queue.idle());
        await store.batches.record('run', [sent]);
        await until(async () => (await store.batches.finishable()).length === 1);
        await store.batches.close('run');
        assert.deepEqual((await store.batches.recent(1))[0]?.counts, { sent: round });
      }
    });

    it('are not closed as finished when a Bill was added since they seemed so', async () => {
      const batch = batchOf('run');
      assert.equal(await store.batches.open(batch), true);
      assert.equal(await store.batches.open(batch), false);
      assert.equal((await store.batches.finishable()).length, 1);
      await store.batches.enqueue(batch, ['a']);
      assert.equal(await store.batches.closeFinished('run'), false);
      assert.equal((await store.batches.unfinished())[0]?.pending, 1);
      await store.batches.record('run', [{ billId: 'a', outcome: 'sent', isFinal: true }]);
      assert.equal(await store.batches.closeFinished('run'), true);
      assert.equal(await store.batches.closeFinished('run'), false);
    });

    it('are remembered up to a bound', async () => {
      for (let n = 0; n <= 1002; n += 1) await store.batches.open(batchOf(`run-${n}`));
      await store.batches.close('run-0');
      await store.batches.close('run-1');
      await store.batches.close('run-1002');
      const recent = await store.batches.recent(2000);
      assert.deepEqual([recent.length, recent[0]?.runKey, recent.at(-1)?.runKey], [1001, 'run-1002', 'run-2']);
    });
  });
}

import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { isDeepStrictEqual } from 'node:util';
import { testRuntime, type TestRuntime } from '../../testing/testRuntime.ts';
import { freshStoreUrl, openTestStore, STORE_KINDS } from '../../testing/stores.ts';
import type { PushAttempt, Store } from '../types.ts';
import { batchOf, DONE, PATIENCE, until, workEach } from './testing.ts';

const NOTHING = { queued: 0, active: 0, retrying: 0, dead: 0 };
const again = { kind: 'retry', error: 'Salesforce is away.' } as const;

for (const kind of STORE_KINDS) {
  describe(`push jobs on ${kind}`, PATIENCE, () => {
    let store: Store;
    let url: string;
    let runtime: TestRuntime;
    beforeEach(async () => {
      runtime = testRuntime();
      url = await freshStoreUrl(kind);
      store = await openTestStore(url, runtime, { retryLimit: 3 });
    });
    afterEach(() => store.close());
    const enqueue = (...billIds: string[]) => store.batches.enqueue(batchOf('run'), billIds);
    const isIdle = () => store.queue.idle();

    it('hand over what was queued, with its attempt', async () => {
      const seen: object[] = [];
      await enqueue('a');
      await workEach(store, ({ data, attempt, isLast, signal }) => {
        seen.push({ data, attempt, isLast, isAborted: signal.aborted });
        return DONE;
      });
      await until(isIdle);
      const data = { orgId: 'org', integrationId: 'i1', billId: 'a', runKey: 'run' };
      assert.deepEqual(seen, [{ data, attempt: 1, isLast: false, isAborted: false }]);
      assert.deepEqual(await store.queue.depth(), NOTHING);
    });

    it('never run twice at once for one Bill, and run once more after the last time it was queued', async () => {
      const stores = kind === 'postgres' ? [store, await openTestStore(url)] : [store];
      const ids = Array.from({ length: 12 }, (_, n) => `bill-${n}`);
      const wanted = new Map(ids.map((id) => [id, 0]));
      const seen = new Map<string, number>();
      const active = new Set<string>();
      const overlaps: string[] = [];
      const push = async ({ data: { billId } }: PushAttempt) => {
        if (active.has(billId)) overlaps.push(billId);
        active.add(billId);
        const version = wanted.get(billId) ?? 0;
        await new Promise((resolve) => setTimeout(resolve, 3));
        seen.set(billId, version);
        active.delete(billId);
        return DONE;
      };
      for (const each of stores) await workEach(each, push, { batchSize: 5, concurrency: 3 });
      for (let round = 1; round <= 15; round += 1) {
        for (const id of ids) wanted.set(id, round);
        await store.batches.enqueue(batchOf(`run-${round}`), ids);
      }
      await until(isIdle);
      assert.deepEqual(overlaps, []);
      assert.deepEqual(seen, wanted);
      if (stores[1]) await stores[1].close();
    });

    it('do not wait for another Bill whose push goes on, though that one is queued again', async () => {
      const slow = Promise.withResolvers<void>();
      const seen: string[] = [];
      await workEach(store, async ({ data: { billId } }) => {
        seen.push(billId);
        if (billId === 'slow' && seen.length === 1) await slow.promise;
        return DONE;
      });
      await enqueue('slow');
      await until(() => seen.length === 1);
      await enqueue('slow', 'quick-1', 'quick-2');
      await until(() => seen.length === 3);
      assert.deepEqual(seen.toSorted(), ['quick-1', 'quick-2', 'slow']);
      slow.resolve();
      await until(isIdle);
      assert.deepEqual(seen.at(-1), 'slow');
      assert.equal(seen.length, 4);
    });

    it('are tried again while others go on, and are dead after the last attempt', async () => {
      const seen: string[] = [];
      await enqueue('bad');
      await workEach(store, ({ data: { billId }, attempt, isLast }) => {
        seen.push(`${billId} ${attempt}${isLast ? ' last' : ''}`);
        return billId === 'bad' ? { ...again, afterMs: 0 } : DONE;
      });
      await until(() => seen.length > 0);
      await enqueue('good');
      await until(async () => (await store.queue.depth()).dead === 1);
      assert.deepEqual(
        seen.filter((each) => each.startsWith('bad')),
        ['bad 1', 'bad 2', 'bad 3', 'bad 4 last'],
      );
      assert.equal(seen.filter((each) => each === 'good 1').length, 1);
      const [dead] = await store.queue.dead(10);
      assert.deepEqual([dead?.data.billId, dead?.error], ['bad', 'Salesforce is away.']);
      assert.ok(dead?.diedAt instanceof Date);
    });

    it('that have to wait keep nobody busy, and run at once when their Bill is queued again', async () => {
      const seen: string[] = [];
      let isAway = true;
      await workEach(store, ({ data: { billId }, attempt }) => {
        seen.push(`${billId} ${attempt}`);
        return isAway ? { ...again, afterMs: 3_600_000 } : DONE;
      });
      await enqueue('a', 'b');
      await until(isIdle);
      assert.deepEqual(await store.queue.depth(), { ...NOTHING, retrying: 2 });
      isAway = false;
      assert.equal(await store.batches.enqueue(batchOf('newer'), ['a']), 0);
      await until(() => seen.length === 3);
      await until(isIdle);
      // As often as a new one: the first attempt.
      assert.deepEqual(seen.toSorted(), ['a 1', 'a 1', 'b 1']);
      assert.deepEqual(await store.queue.depth(), { ...NOTHING, retrying: 1 });
    });

    it('that come back after their outcome was told go on for the batch that queues their Bill next', async () => {
      const seen: string[] = [];
      await workEach(store, async ({ data: { billId, runKey } }) => {
        seen.push(`${billId} for ${runKey}`);
        if (runKey !== 'run') return DONE;
        // As when the process ends before the queue is told.
        if (billId === 'a') await store.batches.record('run', [{ billId, outcome: 'sent', isFinal: true }]);
        return { ...again, afterMs: 3_600_000 };
      });
      await enqueue('a', 'b');
      await until(isIdle);
      assert.equal(await store.batches.enqueue(batchOf('newer'), ['a', 'b']), 1);
      await until(() => seen.length === 4);
      await until(isIdle);
      assert.deepEqual(seen.toSorted(), ['a for newer', 'a for run', 'b for run', 'b for run']);
      await store.batches.record('newer', [{ billId: 'a', outcome: 'sent', isFinal: true }]);
      assert.equal(await store.batches.closeFinished('newer'), true);
    });

    it('that could not be tried are put back without counting an attempt', async () => {
      const seen: string[] = [];
      await enqueue('a');
      await workEach(store, ({ attempt, isLast }) => {
        seen.push(`${attempt}${isLast ? ' last' : ''}`);
        return seen.length <= 5 ? { kind: 'later', afterMs: 0 } : { ...again, afterMs: 0 };
      });
      await until(async () => (await store.queue.depth()).dead === 1);
      assert.deepEqual(seen, ['1', '1', '1', '1', '1', '1', '2', '3', '4 last']);
    });

    it('are tried again when the handler throws or gives no result', async () => {
      const seen: string[] = [];
      await enqueue('a', 'b');
      await store.queue.workPush({ batchSize: 2, concurrency: 1 }, (jobs) => {
        seen.push(...jobs.map(({ data: { billId }, attempt }) => `${billId} ${attempt}`));
        if (seen.length === 2) return Promise.reject(new Error('It broke.'));
        return Promise.resolve(new Map(jobs.filter(({ attempt }) => attempt === 3).map(({ id }) => [id, DONE])));
      });
      await until(async () => seen.length >= 6 && (await isIdle()));
      assert.deepEqual(seen.toSorted(), ['a 1', 'a 2', 'a 3', 'b 1', 'b 2', 'b 3']);
      assert.deepEqual(await store.queue.depth(), NOTHING);
      assert.equal(runtime.logged.filter(({ level }) => level === 'error').length, 1);
    });

    it('that are dead come back in a new batch when a person says so', async () => {
      let isFixed = false;
      const runs: string[] = [];
      await workEach(store, ({ data: { runKey, billId } }) => {
        runs.push(`${runKey} ${billId}`);
        return isFixed ? DONE : { kind: 'dead', error: 'It is not allowed.' };
      });
      await enqueue('a', 'b');
      await store.batches.enqueue(batchOf('other', { orgId: 'sandbox' }), ['a']);
      await until(async () => (await store.queue.depth()).dead === 3);
      isFixed = true;
      assert.equal(await store.queue.redrive('org'), 2);
      await until(isIdle);
      assert.deepEqual(runs.slice(3).toSorted(), ['id-1 a', 'id-1 b']);
      const redriven = (await store.batches.recent(1))[0];
      assert.deepEqual([redriven?.runKey, redriven?.trigger, redriven?.isScanned], ['id-1', 'MANUAL', true]);
      assert.deepEqual(
        (await store.queue.dead(10)).map(({ data }) => data.orgId),
        ['sandbox'],
      );
      assert.equal(await store.queue.redrive(), 1);
      await until(isIdle);
      assert.deepEqual(await store.queue.depth(), NOTHING);
      assert.equal(await store.queue.redrive(), 0);
    });

    it('that are dead are forgotten once their Bill was sent by another one', async () => {
      let isFixed = false;
      await workEach(store, () => (isFixed ? DONE : { kind: 'dead', error: 'It is not allowed.' }));
      await enqueue('a', 'b');
      await until(async () => (await store.queue.depth()).dead === 2);
      isFixed = true;
      await enqueue('a');
      await until(isIdle);
      assert.deepEqual(
        (await store.queue.dead(10)).map(({ data }) => data.billId),
        ['b'],
      );
    });

    it('that run when the queue stops get the time they were promised', async () => {
      const started = Promise.withResolvers<void>();
      const ended: string[] = [];
      await workEach(store, async ({ data: { billId } }) => {
        started.resolve();
        await new Promise((resolve) => setTimeout(resolve, 50));
        ended.push(billId);
        return DONE;
      });
      await enqueue('a');
      await started.promise;
      await store.queue.stop(10_000);
      assert.deepEqual(ended, ['a']);
      await store.close();
      store = await openTestStore(url);
      assert.deepEqual(await store.queue.depth(), NOTHING);
    });

    it('that are cut off when the queue stops run again, even after their last attempt', async () => {
      const started = Promise.withResolvers<AbortSignal>();
      await store.close();
      store = await openTestStore(url, runtime, { retryLimit: 0 });
      await workEach(store, ({ signal }) => {
        started.resolve(signal);
        return new Promise(() => undefined);
      });
      await enqueue('a');
      const signal = await started.promise;
      await store.queue.stop(0);
      assert.equal(signal.aborted, true);
      await store.close();
      store = await openTestStore(url);
      await store.queue.recoverActive();
      assert.deepEqual(await store.queue.depth(), { ...NOTHING, retrying: 1 });
      await workEach(store, () => DONE);
      await until(async () => isDeepStrictEqual(await store.queue.depth(), NOTHING));
    });
  });
}

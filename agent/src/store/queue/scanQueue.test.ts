import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { testRuntime } from '../../testing/testRuntime.ts';
import { freshStoreUrl, openTestStore, STORE_KINDS } from '../../testing/stores.ts';
import type { ScanRequest, Store } from '../types.ts';
import { ScanLater } from './scanLater.ts';
import { PATIENCE, until } from './testing.ts';

const scan = (orgId: string, more: Partial<ScanRequest> = {}): ScanRequest => ({
  orgId,
  integrationIds: null,
  trigger: 'RECONCILE',
  reason: 'test',
  ...more,
});

for (const kind of STORE_KINDS) {
  describe(`scans on ${kind}`, PATIENCE, () => {
    let store: Store;
    const runtime = testRuntime();
    beforeEach(async () => {
      store = await openTestStore(await freshStoreUrl(kind), runtime);
    });
    afterEach(() => store.close());

    it('are asked for once while they wait', async () => {
      assert.equal(await store.queue.requestScan(scan('org')), true);
      assert.equal(await store.queue.requestScan(scan('org', { reason: 'again' })), false);
      const two = { integrationIds: ['i1', 'i2'], runKeys: { i1: 'r1', i2: 'r2' } };
      const same = { integrationIds: ['i2', 'i1'], runKeys: { i2: 'r2', i1: 'r1' } };
      assert.equal(await store.queue.requestScan(scan('org', two)), true);
      assert.equal(await store.queue.requestScan(scan('org', same)), false);
      assert.equal(await store.queue.requestScan(scan('org', { ...two, runKeys: { i1: 'r3' } })), true);
      assert.equal(await store.queue.requestScan(scan('org', { trigger: 'MANUAL' })), true);
      assert.equal(await store.queue.requestScan(scan('sandbox')), true);
      assert.equal(await store.queue.idle(), false);
    });

    it('run one at a time in an org, side by side in several', async () => {
      const active = new Set<string>();
      const overlaps: string[] = [];
      const both = Promise.withResolvers<void>();
      let ended = 0;
      await store.queue.requestScan(scan('org'));
      await store.queue.requestScan(scan('org', { trigger: 'MANUAL' }));
      await store.queue.requestScan(scan('sandbox'));
      await store.queue.workScans(async ({ data: { orgId } }) => {
        if (active.has(orgId)) overlaps.push(orgId);
        active.add(orgId);
        if (active.size === 2) both.resolve();
        await both.promise;
        active.delete(orgId);
        ended += 1;
      });
      await until(() => store.queue.idle());
      assert.deepEqual([ended, overlaps], [3, []]);
    });

    it('that cannot be done now run again, as the same attempt of the same scan', async () => {
      const attempts: string[] = [];
      await store.queue.requestScan(scan('org'));
      await store.queue.workScans(({ id, attempt }) => {
        attempts.push(`${id} ${attempt}`);
        return attempts.length <= 2 ? Promise.reject(new ScanLater(0)) : Promise.resolve();
      });
      await until(() => attempts.length === 3);
      assert.match(attempts[0] ?? '', / 1$/);
      assert.equal(new Set(attempts).size, 1);
      assert.ok(runtime.logged.every(({ message }) => message !== 'A scan broke off.'));
    });

    it('that break off run again', async () => {
      const attempts: string[] = [];
      await store.queue.requestScan(scan('org', { integrationIds: ['i1'] }));
      await store.queue.workScans(({ data, attempt, isLast }) => {
        attempts.push(`${data.integrationIds?.join()} ${attempt}${isLast ? ' last' : ''}`);
        return attempts.length === 1 ? Promise.reject(new Error('m3ter is away.')) : Promise.resolve();
      });
      await until(() => attempts.length === 2);
      assert.deepEqual(attempts, ['i1 1', 'i1 2']);
      assert.ok(runtime.logged.some(({ level, message }) => level === 'warn' && message === 'A scan broke off.'));
    });
  });
}

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { JobResult, PushAttempt } from '../../store/types.ts';
import { testRuntime } from '../../testing/testRuntime.ts';
import { PushWorker, type PushWorkerParts } from './pushWorker.ts';

const job = (orgId: string, billId: string): PushAttempt => ({
  id: `${orgId} ${billId}`,
  data: { orgId, integrationId: 'i1', billId, runKey: 'run' },
  attempt: 1,
  isLast: false,
  signal: new AbortController().signal,
});

describe('push jobs of several orgs', () => {
  it('are tried again where the store failed, and keep what became of the others', async () => {
    const runtime = testRuntime();
    const looks: unknown[] = [];
    const parts = {
      runtime,
      session: (orgId: string) => ({ orgId, ready: () => undefined, nameOf: () => 'Main' }),
      troubles: { remaining: () => 0 },
      lookAt: () => Promise.resolve(void looks.push('lately')),
      lookAnew: () => Promise.resolve(void looks.push('anew')),
      onError: () => undefined,
      onResult: () => undefined,
      book: {
        find: (orgId: string) =>
          orgId === 'broken' ? Promise.reject(new Error('The store is away.')) : Promise.resolve(new Map()),
      },
      store: {
        kind: 'postgres',
        errors: { get: () => Promise.resolve({ count: 0, evidence: [] }) },
        batches: { record: () => Promise.resolve() },
      },
    };
    const worker = new PushWorker(parts as unknown as PushWorkerParts);
    const results = await worker.handle([job('broken', 'a'), job('good', 'a'), job('good', 'b')]);
    assert.deepEqual(
      results,
      new Map<string, JobResult>([
        ['broken a', { kind: 'retry', error: 'The store is away.' }],
        ['good a', { kind: 'done' }],
        ['good b', { kind: 'done' }],
      ]),
    );
    // An integration that does not seem to be enabled is looked at anew before its Bills are left alone.
    assert.deepEqual(looks, ['lately', 'anew']);
  });
});

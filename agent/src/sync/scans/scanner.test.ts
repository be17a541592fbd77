import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { BatchCounts } from '../../store/types.ts';
import { testRuntime } from '../../testing/testRuntime.ts';
import { orgView } from '../orgs/orgView.ts';
import { configured, facts } from '../testing.ts';
import { Scanner, type ScannerParts } from './scanner.ts';

describe('a scan that breaks off for a reason that nobody foresaw', () => {
  const scan = async (isLast: boolean): Promise<Record<string, BatchCounts>> => {
    const scanned: Record<string, BatchCounts> = {};
    const parts = {
      runtime: testRuntime(),
      session: () => ({ orgId: 'org' }),
      troubles: { remaining: () => 0 },
      lookAt: () => Promise.reject(new TypeError('not foreseen')),
      onBroken: () => undefined,
      store: {
        batches: {
          unfinished: () => Promise.resolve([{ runKey: 'job-one' }, { runKey: 'other-one' }]),
          scanned: (runKey: string, counts: BatchCounts) => Promise.resolve(void (scanned[runKey] = counts)),
        },
      },
    };
    const what = { orgId: 'org', integrationIds: null, trigger: 'MANUAL', reason: 'sync' } as const;
    const data = { ...what, runKeys: { two: 'asked' } };
    const attempt = { id: 'job', data, attempt: 7, isLast, signal: new AbortController().signal } as const;
    await assert.rejects(new Scanner(parts as unknown as ScannerParts).handle(attempt), /not foreseen/);
    return scanned;
  };

  it('lets its batches come to an end with an error when it is not tried again', async () => {
    const error = { 'failed.UNKNOWN': 1 };
    assert.deepEqual(await scan(true), { 'job-one': error, asked: error });
  });

  it('leaves them open for the next try', async () => {
    assert.deepEqual(await scan(false), {});
  });
});

describe('a scan whose worker loses its job, because its signs of life did not come', () => {
  const scan = async (isLast: boolean) => {
    const orgId = '00D000000000001EAA';
    const lost = new AbortController();
    const scanned: Array<[string, BatchCounts]> = [];
    const queued: string[] = [];
    const told: unknown[] = [];
    const known = facts();
    await known.set(`compared ${orgId}`, 'once');
    const parts = {
      runtime: testRuntime(),
      session: () => ({ orgId, view: orgView([configured()], orgId, new Map([['main', 'working']]), new Date(0)) }),
      troubles: { remaining: () => 0, m3terWorks: () => undefined },
      lookAt: () => Promise.resolve(),
      onBroken: (...broken: unknown[]) => told.push(broken),
      onProgress: () => undefined,
      onScanned: () => undefined,
      onM3terAnswer: () => Promise.resolve(),
      book: { find: () => Promise.resolve(new Map()), open: () => Promise.resolve() },
      m3ter: {
        async *listBills() {
          for (let page = 0; page < 3; page += 1) {
            if (page === 1) lost.abort(new Error("no longer this worker's"));
            yield await Promise.resolve(Array.from({ length: 300 }, (_, n) => ({ id: `${page}-${n}` })));
          }
        },
      },
      store: {
        facts: known,
        states: { of: () => Promise.resolve(new Map()), save: () => Promise.resolve() },
        bills: { present: () => Promise.resolve(new Map()) },
        queue: { depth: () => Promise.resolve({ queued: 0 }) },
        batches: {
          unfinished: () => Promise.resolve([]),
          enqueue: (_batch: unknown, ids: string[]) => Promise.resolve(queued.push(...ids)),
          scanned: (runKey: string, counts: BatchCounts) => Promise.resolve(void scanned.push([runKey, counts])),
        },
      },
    };
    const data = { orgId, integrationIds: null, trigger: 'MANUAL', reason: 'sync' } as const;
    const attempt = { id: 'job', data, attempt: 1, isLast, signal: lost.signal } as const;
    const thrown = await new Scanner(parts as unknown as ScannerParts).handle(attempt).catch((error: unknown) => error);
    return { scanned: scanned.length, queued: queued.length, told, thrown };
  };

  it('leaves the rest to whoever has it now, and counts nothing twice', async () => {
    const { thrown, ...done } = await scan(false);
    assert.ok(thrown instanceof Error);
    assert.deepEqual(done, { scanned: 0, queued: 300, told: [] });
  });

  it('goes on to the end after the last attempt: nobody else does', async () => {
    assert.deepEqual(await scan(true), { scanned: 1, queued: 900, told: [], thrown: undefined });
  });
});

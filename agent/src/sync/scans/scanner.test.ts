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

/** A scan of pages of 300 Bills, all new. */
async function scanOf(
  pages: number,
  more: { isLast?: boolean; signal?: AbortSignal; onPage?: (page: number) => void; depths?: number[] } = {},
) {
  const orgId = '00D000000000001EAA';
  const scanned: Array<[string, BatchCounts]> = [];
  const queued: string[] = [];
  const looks: number[] = [];
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
        for (let page = 0; page < pages; page += 1) {
          more.onPage?.(page);
          yield await Promise.resolve(Array.from({ length: 300 }, (_, n) => ({ id: `${page}-${n}` })));
        }
      },
    },
    store: {
      facts: known,
      states: {
        of: () => Promise.resolve(new Map()),
        settled: () => Promise.resolve(new Map()),
        save: () => Promise.resolve(),
      },
      bills: { present: () => Promise.resolve(new Map()) },
      queue: {
        depth: () => (looks.push(queued.length), Promise.resolve({ queued: more.depths?.shift() ?? 0 })),
      },
      batches: {
        unfinished: () => Promise.resolve([]),
        enqueue: (_batch: unknown, ids: string[]) => Promise.resolve(queued.push(...ids)),
        scanned: (runKey: string, counts: BatchCounts) => Promise.resolve(void scanned.push([runKey, counts])),
      },
    },
  };
  const data = { orgId, integrationIds: null, trigger: 'MANUAL', reason: 'sync' } as const;
  const signal = more.signal ?? new AbortController().signal;
  const attempt = { id: 'job', data, attempt: 1, isLast: more.isLast ?? false, signal } as const;
  const thrown = await new Scanner(parts as unknown as ScannerParts).handle(attempt).catch((error: unknown) => error);
  return { scanned: scanned.length, queued: queued.length, looks, told, thrown };
}

describe('a scan whose worker loses its job, because its signs of life did not come', () => {
  const scan = (isLast: boolean) => {
    const lost = new AbortController();
    const onPage = (page: number): void => {
      if (page === 1) lost.abort(new Error("no longer this worker's"));
    };
    return scanOf(3, { isLast, signal: lost.signal, onPage });
  };

  it('leaves the rest to whoever has it now, and counts nothing twice', async () => {
    const { scanned, queued, told, thrown } = await scan(false);
    assert.ok(thrown instanceof Error);
    assert.deepEqual([scanned, queued, told], [0, 100, []]);
  });

  it('goes on to the end after the last attempt: nobody else does', async () => {
    const { scanned, queued, told, thrown } = await scan(true);
    assert.deepEqual([scanned, queued, told, thrown], [1, 900, [], undefined]);
  });
});

describe('a scan of many Bills to send', () => {
  it('looks after every thousand how many wait, and goes on when there is room', async () => {
    const { queued, looks } = await scanOf(9, { depths: [20_000, 6000, 4000] });
    assert.deepEqual([queued, looks], [2700, [1000, 1000, 1000, 2200]]);
  });
});

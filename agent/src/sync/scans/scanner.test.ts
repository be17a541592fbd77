import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { BatchCounts } from '../../store/types.ts';
import { testRuntime } from '../../testing/testRuntime.ts';
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

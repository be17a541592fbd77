import { setTimeout as delay } from 'node:timers/promises';
import type { Batch, JobResult, PushAttempt, Store } from '../types.ts';

export const STARTED = new Date('2026-11-22T12:00:00.000Z');

export function batchOf(runKey: string, more: Partial<Batch> = {}): Batch {
  return {
    runKey,
    orgId: 'org',
    integrationId: 'i1',
    trigger: 'EVENT',
    startedAt: STARTED,
    replayedFrom: null,
    isScanned: true,
    ...more,
  };
}

/** Milliseconds after which a suite is given up: what it waits for will not come any more. */
export const PATIENCE = { timeout: 300_000 };

/** Waits until it is so; the suite's time-out ends the wait. */
export async function until(isSo: () => Promise<boolean> | boolean): Promise<void> {
  while (!(await isSo())) await delay(10);
}

/** Works jobs one by one; `settle` says what becomes of each. */
export function workEach(
  store: Store,
  settle: (job: PushAttempt) => Promise<JobResult> | JobResult,
  options = { batchSize: 10, concurrency: 2 },
): Promise<void> {
  return store.queue.workPush(options, async (jobs) => {
    const results = new Map<string, JobResult>();
    await Promise.all(jobs.map(async (job) => results.set(job.id, await settle(job))));
    return results;
  });
}

export const DONE: JobResult = { kind: 'done' };

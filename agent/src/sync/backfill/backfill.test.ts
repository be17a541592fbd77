import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Bill } from '../../m3ter/resources.ts';
import { createNames } from '../../rules/names.ts';
import { SalesforceSetupError } from '../../salesforce/errors.ts';
import type { Batch, BatchCounts, CountedBatch } from '../../store/types.ts';
import { testRuntime } from '../../testing/testRuntime.ts';
import type { EngineCore } from '../core.ts';
import { AccountNews } from '../orgs/accountNews.ts';
import type { OrgSession } from '../orgs/orgSession.ts';
import { BillLocks } from '../pushes/billLocks.ts';
import { Watches } from '../runs/watches.ts';
import { configured, facts } from '../testing.ts';
import { Backfill } from './backfill.ts';
import { BackfillMemory } from './progress.ts';

const REF = { orgId: 'org', integrationId: configured().id };
const RANGE = { from: '2026-01-01', to: '2026-01-31' };
const BILLS: Bill[] = ['c', 'b', 'a'].map((id) => ({ id, version: 1, accountId: 'x', lineItems: [{ id: `${id}-1` }] }));

interface Org {
  /** The org allows no bulk jobs. */
  readonly refusesJobs?: boolean;
  /** Keys of Line Items that a bulk job refuses. */
  readonly refuses?: readonly string[];
}

/** A backfill of three Bills by bulk jobs, and what it asks of org and queue. */
async function backfill({ refusesJobs = false, refuses = [] }: Org = {}, known = facts()) {
  const runtime = testRuntime();
  const calls: string[] = [];
  const opened: string[] = [];
  const queued: string[] = [];
  const ended: string[] = [];
  const watches = new Watches();
  const counts: Record<string, number> = {};
  let job = '';
  const connection = {
    apiCalls: 0,
    lanes: 4,
    request: async (method: string, path: string, body?: { object?: string; state?: string }) => {
      await Promise.resolve(calls.push([method, path, body?.object ?? body?.state].filter(Boolean).join(' ')));
      if (refusesJobs && method === 'POST') throw new SalesforceSetupError('no', { code: 'FEATURENOTENABLED' });
      if (method === 'POST') return { id: (job = body?.object ?? '') };
      const numberRecordsFailed = job === 'Bill_Line_Item__c' ? refuses.length : 0;
      return { state: 'JobComplete', numberRecordsFailed };
    },
    upload: () => Promise.resolve(),
    download: (path: string) =>
      Promise.resolve(
        path.endsWith('failedResults')
          ? ['sf__Error,Line_Item_Key__c', ...refuses.map((key) => `WHY,${key}`)].join('\n')
          : '',
      ),
  };
  const store = {
    facts: known,
    states: {
      of: () => Promise.resolve(new Map()),
      save: () => Promise.resolve(),
      forgetOthers: () => Promise.resolve(),
    },
    bills: {
      stored: () => Promise.resolve(new Map()),
      distrustLines: () => Promise.resolve(),
      distrust: () => Promise.resolve(),
      save: () => Promise.resolve(),
    },
    queue: { depth: () => Promise.resolve({ queued: 0, active: 0 }) },
    batches: {
      enqueue: (_batch: Batch, ids: string[]) => Promise.resolve(queued.push(...ids)),
      scanned: (runKey: string, some: BatchCounts) => {
        ended.push(runKey);
        return Promise.resolve(void Object.assign(counts, some));
      },
    },
  };
  const m3ter = {
    apiCalls: 0,
    requestsPerSecond: 10,
    async *listBills() {
      yield await Promise.resolve(BILLS);
    },
    getBills: (ids: string[]) => Promise.resolve(BILLS.filter(({ id }) => ids.includes(id))),
  };
  const book = {
    open: ({ runKey }: Batch) => Promise.resolve(void opened.push(runKey)),
    begin: () => Promise.resolve(),
    addCalls: () => undefined,
  };
  const core = {
    ...{ runtime, watches, book },
    parts: { m3ter, store, settings: { bulkFromRecords: 1 } },
    engine: { runtime, m3ter, store, book, onSent: () => undefined },
    startWork: () => Promise.resolve(),
    finish: () => Promise.resolve(watches.onClosed({ runKey: opened[0] ?? '', counts } as unknown as CountedBatch)),
  };
  const ready = { integration: configured(), before: [], rulesHash: 'rules' };
  const session = {
    ...{ orgId: 'org', connection, names: createNames(''), writing: new BillLocks(), accountNews: new AccountNews() },
    ready: () => ready,
    reader: {
      find: () => Promise.resolve({ accounts: [], bills: [] }),
      linesOf: () => Promise.resolve(new Map()),
    },
  };
  const work = new Backfill(core as unknown as EngineCore, session as unknown as OrgSession, ready, RANGE, {});
  const result = await work.run(true);
  return { result, calls, opened, queued, ended, runtime, memory: await new BackfillMemory(known, REF).read() };
}

describe('a backfill', () => {
  it('goes by bulk jobs, and forgets itself when everything is written', async () => {
    const { result, calls, queued, memory } = await backfill();
    assert.deepEqual(
      calls.filter((call) => call.startsWith('POST')),
      ['Bill__c', 'Bill_Line_Item__c', 'Bill__c', 'Integration_Run__c'].map((object) => `POST /jobs/ingest ${object}`),
    );
    assert.deepEqual([result.isComplete, result.report?.billsSent, queued, memory], [true, 3, [], undefined]);
  });

  it('goes through the queue, from the oldest Bill on, where the org allows no bulk jobs', async () => {
    const { result, queued, runtime } = await backfill({ refusesJobs: true });
    assert.deepEqual([result.isComplete, queued], [true, ['a', 'b', 'c']]);
    assert.match(runtime.logged.map(({ message }) => message).join(), /no bulk jobs; composite calls are used/);
  });

  it('queues the Bills of which a bulk job refused a row', async () => {
    const { result, queued } = await backfill({ refuses: ['b-1'] });
    assert.deepEqual([result.report?.billsSent, queued], [2, ['b']]);
  });

  it('ends the bulk job of an agent that was killed, and goes on with its Run', async () => {
    const known = facts();
    const before = { ...RANGE, runKey: 'killed', startedAt: '2026-11-21T00:00:00.000Z', jobId: 'old', isPaused: true };
    await new BackfillMemory(known, REF).write(before);
    const { calls, opened, result } = await backfill({}, known);
    assert.equal(calls[0], 'PATCH /jobs/ingest/old Aborted');
    assert.deepEqual([opened, result.isComplete], [['killed'], true]);
  });

  it('of another range ends that bulk job and that Run, and begins a Run of its own', async () => {
    const known = facts();
    const other = {
      from: '2025-01-01',
      to: '2025-12-31',
      runKey: 'other',
      startedAt: '',
      jobId: 'old',
      isPaused: false,
    };
    await new BackfillMemory(known, REF).write(other);
    const { calls, opened, ended } = await backfill({}, known);
    assert.equal(calls[0], 'PATCH /jobs/ingest/old Aborted');
    assert.deepEqual([opened, ended], [['backfill-id-1'], ['other', 'backfill-id-1']]);
  });
});

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createNames } from '../rules/names.ts';
import type { SalesforceRecord } from '../rules/records.ts';
import type { Batch, BatchCounts, CountedBatch } from '../store/types.ts';
import { testRuntime } from '../testing/testRuntime.ts';
import { BatchBook } from './batchBook.ts';
import type { OrgSession } from './orgSession.ts';

const RUN: Batch = {
  ...{ runKey: 'run', orgId: 'org', integrationId: 'one', trigger: 'EVENT', replayedFrom: null, isScanned: true },
  startedAt: new Date('2026-11-22T12:00:00Z'),
};

function counted(counts: BatchCounts): CountedBatch {
  return { ...RUN, counts, pending: 0 };
}

/** Processes that share a server, and the Runs in the org. */
function processes() {
  const runs = new Map<string, SalesforceRecord>();
  const open = new Map([[RUN.runKey, RUN]]);
  const control = {
    write: ({ parentRuns = [] }: { parentRuns?: SalesforceRecord[] }) => {
      for (const run of parentRuns) {
        const key = run['Run_Key__c'] as string;
        runs.set(key, { ...runs.get(key), ...run });
      }
      return Promise.resolve([]);
    },
    run: (key: string) => Promise.resolve(runs.get(key)),
    openChildRuns: () => Promise.resolve([]),
  };
  const session = { orgId: 'org', names: createNames(''), view: { all: [] }, control } as unknown as OrgSession;
  const batches = {
    unfinished: () => Promise.resolve([...open.values()]),
    closeFinished: (key: string) => Promise.resolve(open.delete(key)),
  };
  const book = () =>
    new BatchBook({ batches: batches as never, runtime: testRuntime(), isAlone: false, onClosed: () => undefined });
  return { runs, session, book, open };
}

const SENT: BatchCounts = { sent: 1 };
const FAILED: BatchCounts = { 'failed.FIELD_TOO_LONG': 1 };
const WAITING: BatchCounts = { waiting: 1 };
const UNCHANGED: BatchCounts = { 'skipped.unchanged': 1 };

describe('a batch that several processes work on', () => {
  it('ends its Run also where another process than the one that opened it began it', async () => {
    for (const counts of [SENT, FAILED, WAITING, UNCHANGED]) {
      const { runs, session, book } = processes();
      const [opener, worker] = [book(), book()];
      opener.adopt(RUN);
      await worker.begin(session, [RUN]);
      await opener.finish(session, [counted(counts)]);
      assert.notEqual(runs.get('run')?.['Status__c'], 'STARTED', JSON.stringify(counts));
    }
  });

  it('leaves no Run when nobody began one', async () => {
    for (const counts of [UNCHANGED, FAILED]) {
      const { runs, session, book } = processes();
      const opener = book();
      opener.adopt(RUN);
      await opener.finish(session, [counted(counts)]);
      assert.equal(runs.size, 0, JSON.stringify(counts));
    }
  });

  it('is forgotten when another process closed it', async () => {
    const { book, open } = processes();
    const opener = book();
    opener.adopt(RUN);
    open.clear();
    await opener.find('org', ['another']);
    assert.equal((await opener.find('org', ['run'])).size, 0);
  });
});

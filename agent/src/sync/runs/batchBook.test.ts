import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createNames } from '../../rules/names.ts';
import type { SalesforceRecord } from '../../rules/records.ts';
import type { Batch, BatchCounts, BillStateStore, CountedBatch } from '../../store/types.ts';
import { testRuntime } from '../../testing/testRuntime.ts';
import { BatchBook } from './batchBook.ts';
import type { Trouble } from '../failure.ts';
import type { OrgSession } from '../orgs/orgSession.ts';

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
  const begun = new Set<string>();
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
    unendedRuns: () => {
      const own = new Set([...runs].filter(([, run]) => run['Completed__c'] === undefined).map(([key]) => key));
      return Promise.resolve({ own, all: own });
    },
  };
  const session = { orgId: 'org', names: createNames(''), view: { all: [] }, control } as unknown as OrgSession;
  const batches = {
    unfinished: () => Promise.resolve([...open.values()]),
    closeFinished: (key: string) => Promise.resolve(open.delete(key)),
    claimRun: (key: string) => Promise.resolve(begun.has(key) ? 'begun' : 'own'),
    settleRun: (key: string, _claimant: string, isBegun: boolean) => Promise.resolve(void (isBegun && begun.add(key))),
    recent: () => Promise.resolve([{ ...counted(SENT), closedAt: open.has(RUN.runKey) ? null : new Date() }]),
  };
  /** Codes of Bills that failed, by id. */
  const failed = new Map<string, string>();
  const states = {
    of: (_ref: unknown, ids: readonly string[]) =>
      Promise.resolve(
        new Map(ids.map((id) => [id, { status: failed.has(id) ? 'failed' : 'sent', code: failed.get(id) ?? null }])),
      ),
  } as unknown as Pick<BillStateStore, 'of'>;
  const book = () =>
    new BatchBook({
      ...{ batches: batches as never, states, runtime: testRuntime(), isAlone: false, onClosed: () => undefined },
    });
  return { runs, failed, session, book, open };
}

const SENT: BatchCounts = { sent: 1 };
const FAILED: BatchCounts = { 'failed.FIELD_TOO_LONG': 1 };
const WAITING: BatchCounts = { waiting: 1 };
const UNCHANGED: BatchCounts = { 'skipped.unchanged': 1 };

describe('a Run that the org began after its batch was closed', () => {
  it('is ended with what became of its Bills, and not while the batch is open', async () => {
    const { runs, session, book, open } = processes();
    await book().begin(session, [RUN]);
    await book().endLeft(session);
    assert.equal(runs.get('run')?.['Status__c'], 'STARTED');
    open.clear();
    await book().endLeft(session);
    const { Status__c: status, Bills_Sent__c: sent, Completed__c: completed } = runs.get('run') ?? {};
    assert.deepEqual([status, Number(sent), typeof completed], ['COMPLETE', 1, 'string']);
  });
});

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

const TROUBLE = {
  kind: 'limit',
  code: 'REQUEST_LIMIT_EXCEEDED',
  message: 'Wait.',
  status: 'RATE_LIMIT_RETRY',
} as const;

describe('the Run of a batch', () => {
  it('is begun though the org was to be told that it waits: that may never have arrived', async () => {
    const { runs, session, book } = processes();
    const own = book();
    own.adopt(RUN);
    own.waitingRun(session, RUN, TROUBLE as unknown as Trouble);
    await own.begin(session, [RUN]);
    assert.equal(runs.get('run')?.['Status__c'], 'STARTED');
  });

  it('does not say in the end why it had to wait', async () => {
    const { runs, session, book } = processes();
    const own = book();
    own.adopt(RUN);
    await session.control.write({ parentRuns: [own.waitingRun(session, RUN, TROUBLE as unknown as Trouble)] });
    await own.finish(session, [counted(SENT)]);
    const { Status__c, Error__c, Error_Code__c } = runs.get('run') ?? {};
    assert.deepEqual([Status__c, Error__c || null, Error_Code__c || null], ['COMPLETE', null, null]);
  });

  it('does not say so either when one process began it and had to wait, and another goes on', async () => {
    const { runs, session, book } = processes();
    const [first, next] = [book(), book()];
    await first.begin(session, [RUN]);
    await session.control.write({ parentRuns: [first.waitingRun(session, RUN, TROUBLE as unknown as Trouble)] });
    await next.begin(session, [RUN]);
    await next.finish(session, [counted(SENT)]);
    const { Status__c, Error__c, Error_Code__c } = runs.get('run') ?? {};
    assert.deepEqual([Status__c, Error__c || null, Error_Code__c || null], ['COMPLETE', null, null]);
  });

  it('must be there before its Bills are sent', async () => {
    const { session, book } = processes();
    const refusal = { code: 'UNABLE_TO_LOCK_ROW', message: 'locked', record: 0 };
    const refusing = { ...session, control: { write: () => Promise.resolve([refusal]) } } as unknown as OrgSession;
    await assert.rejects(book().begin(refusing, [RUN]), { code: 'UNABLE_TO_LOCK_ROW' });
  });

  it('is ended also when the answer to its beginning was lost', async () => {
    const { runs, session, book } = processes();
    const own = book();
    own.adopt(RUN);
    const lost = {
      ...session,
      control: {
        ...session.control,
        write: async (journal: Parameters<OrgSession['control']['write']>[0]) => {
          await session.control.write(journal);
          throw new Error('The answer was lost.');
        },
      },
    } as unknown as OrgSession;
    await assert.rejects(own.begin(lost, [RUN]));
    await own.finish(session, [counted(UNCHANGED)]);
    assert.equal(runs.get('run')?.['Status__c'], 'COMPLETE');
  });

  it('brings the Runs of its Bills to an end that were to be tried again', async () => {
    const { session, book, failed } = processes();
    failed.set('2', 'STRING_TOO_LONG');
    const written: SalesforceRecord[] = [];
    const control = {
      ...session.control,
      write: ({ childRuns = [] }: { childRuns?: readonly SalesforceRecord[] }) => {
        written.push(...childRuns);
        return Promise.resolve([]);
      },
      openChildRuns: (keys: readonly string[]) =>
        Promise.resolve(
          keys.flatMap((key) => ['1', '2'].map((billId) => ({ key: `${key}:${billId}`, parentKey: key, billId }))),
        ),
    };
    const own = book();
    own.adopt(RUN);
    await own.begin(session, [RUN]);
    own.leaveOpen(RUN);
    await own.finish({ ...session, control } as unknown as OrgSession, [counted({ ...SENT, ...FAILED })]);
    assert.deepEqual(
      written.map((run) => [run['Run_Key__c'], run['Status__c'], run['Error_Code__c']]),
      [
        ['run:1', 'COMPLETE', null],
        ['run:2', 'ERROR', 'STRING_TOO_LONG'],
      ],
    );
  });
});

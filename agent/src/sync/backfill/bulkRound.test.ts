import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Bill } from '../../m3ter/resources.ts';
import { createNames } from '../../rules/names.ts';
import type { SalesforceRecord } from '../../rules/records.ts';
import type { BulkLoader, RefusedRow } from '../../salesforce/bulk/bulkLoader.ts';
import { lineKey } from '../../salesforce/packRequest.ts';
import type { StoredBill } from '../../store/types.ts';
import { testRuntime } from '../../testing/testRuntime.ts';
import type { EngineParts } from '../engineParts.ts';
import type { OrgSession } from '../orgs/orgSession.ts';
import { configured } from '../testing.ts';
import { BulkRound } from './bulkRound.ts';

const batch = {
  runKey: 'backfill',
  orgId: 'org',
  integrationId: 'i1',
  trigger: 'MANUAL',
  startedAt: new Date(0),
  replayedFrom: null,
  isScanned: false,
} as const;

const billOf = (id: string, more: Partial<Bill> = {}): Bill => ({
  id,
  version: 7,
  accountId: 'account',
  lineItems: [{ id: `${id}-1` }, { id: `${id}-2` }],
  ...more,
});

/** A key that no record has. */
const NOBODYS = '???';

interface Job {
  readonly object: string;
  readonly records: readonly SalesforceRecord[];
}

/** What a round of these Bills loads into an org that holds `held` already and refuses some rows. */
async function round(
  bills: Bill[],
  {
    refuses = {},
    held = '',
    rulesOfNow = 'rules',
  }: { refuses?: Record<string, string[]>; held?: string; rulesOfNow?: string } = {},
) {
  const jobs: Job[] = [];
  const saved: StoredBill[] = [];
  const noted: string[] = [];
  const parts = {
    runtime: testRuntime(),
    m3ter: {},
    store: {
      bills: {
        stored: () => Promise.resolve(new Map()),
        distrustLines: (_org: string, ids: string[]) => Promise.resolve(noted.push(`doubts ${ids.join()}`)),
        distrust: (_org: string, ids: string[]) =>
          Promise.resolve(void (ids.length > 0 && noted.push(`distrusts ${ids.join()}`))),
        save: (_org: string, some: StoredBill[]) => Promise.resolve(saved.push(...some)),
      },
      states: { save: () => Promise.resolve(), forgetOthers: () => Promise.resolve() },
    },
    book: { begin: () => Promise.resolve(noted.push('begins')) },
    onSent: ({ id }: Bill) => noted.push(`sent ${id}`),
  };
  const found = {
    billId: held,
    recordId: 'r',
    sourceVersion: 1,
    hash: 'old',
    isComplete: true,
    fields: {},
    syncedAt: null,
  };
  const session = {
    orgId: 'org',
    names: createNames(''),
    ready: () => ({ rulesHash: rulesOfNow }),
    reader: {
      find: () => Promise.resolve({ accounts: [], bills: held === '' ? [] : [found] }),
      linesOf: () => Promise.resolve(new Map([['r', { ids: { vanished: 'line-record' }, amounts: {} }]])),
    },
  };
  const loader = {
    upsert: (object: string, key: string, records: SalesforceRecord[]) => {
      noted.push(`loads ${object}`);
      jobs.push({ object, records });
      const ids = new Map(records.map((record) => [lineKey(record, key), `record of ${lineKey(record, key)}`]));
      const refused = (refuses[object] ?? []).flatMap((each): RefusedRow[] =>
        ids.has(each) || each === NOBODYS ? [{ key: each, error: 'WHY' }] : [],
      );
      return Promise.resolve({ refused, ids });
    },
  };
  const ready = { integration: configured({ restrictedAccountIds: ['restricted'] }), before: [], rulesHash: 'rules' };
  const { sent, rest } = await new BulkRound(
    parts as unknown as EngineParts,
    session as unknown as OrgSession,
    ready,
    batch,
    loader as unknown as BulkLoader,
  ).write(bills);
  return { jobs, saved, noted, sent: sent.map(({ bill }) => bill.id), rest };
}

const column = ({ records }: Job, field: string) => records.map((record) => record[field]);

describe('a round of bulk jobs', () => {
  it('writes headers that say Writing, lines, the mark of completion, then Runs', async () => {
    const { jobs, noted, sent, rest } = await round([billOf('a'), billOf('b')]);
    assert.deepEqual(
      jobs.map(({ object }) => object),
      ['Bill__c', 'Bill_Line_Item__c', 'Bill__c', 'Integration_Run__c'],
    );
    const [headers, lines, marks, runs] = jobs as [Job, Job, Job, Job];
    assert.deepEqual(column(headers, 'Sync_State__c'), ['Writing', 'Writing']);
    assert.deepEqual(column(headers, 'Payload_Hash__c'), [null, null]);
    assert.deepEqual(
      column(lines, 'Bill__r'),
      ['a', 'a', 'b', 'b'].map((id) => ({ M3ter_Bill_Id__c: id })),
    );
    assert.deepEqual(
      marks.records.map(({ Payload_Hash__c: hash, ...mark }) => [typeof hash, mark]),
      ['a', 'b'].map((id) => ['string', { M3ter_Bill_Id__c: id, Source_Version__c: 7, Sync_State__c: 'Complete' }]),
    );
    assert.deepEqual(column(runs, 'Status__c'), ['COMPLETE', 'COMPLETE']);
    assert.deepEqual(noted.slice(0, 3), ['doubts a,b', 'begins', 'loads Bill__c']);
    assert.deepEqual([sent, rest], [['a', 'b'], []]);
  });

  it('remembers the Bills by their records, and that their lines have to be read before they change', async () => {
    const { saved } = await round([billOf('a')]);
    const { hash, digest, ...bill } = saved[0] ?? assert.fail();
    assert.deepEqual(bill, { billId: 'a', recordId: 'record of a', sourceVersion: 7, lines: {}, linesKnown: false });
    assert.ok(hash && digest);
  });

  it('never marks a Bill of which a row was refused, and leaves it to the queue', async () => {
    const refuses = { Bill__c: ['a'], Bill_Line_Item__c: ['b-2'] };
    const { jobs, saved, sent, rest, noted } = await round([billOf('a'), billOf('b'), billOf('c')], { refuses });
    assert.deepEqual(column(jobs[1] as Job, 'Line_Item_Key__c'), ['b-1', 'b-2', 'c-1', 'c-2']);
    assert.deepEqual(column(jobs[2] as Job, 'M3ter_Bill_Id__c'), ['c']);
    assert.deepEqual([sent, rest, saved.map(({ billId }) => billId)], [['c'], ['a', 'b'], ['c']]);
    assert.deepEqual(
      noted.filter((note) => note.startsWith('sent')),
      ['sent c'],
    );
    // Their Line Items may be those of another version by now.
    assert.ok(noted.includes('distrusts a,b'));
  });

  it('marks none when a refused row does not tell whose it is', async () => {
    const { jobs, saved, sent, rest } = await round([billOf('a'), billOf('b')], {
      refuses: { Bill_Line_Item__c: [NOBODYS] },
    });
    assert.deepEqual(
      jobs.slice(2).flatMap(({ records }) => records),
      [],
    );
    assert.deepEqual([sent, rest, saved], [[], ['a', 'b'], []]);
  });

  it('leaves Bills that need deletes, or that are not to be sent, to the queue', async () => {
    const { jobs, sent, rest } = await round(
      [billOf('a'), billOf('shrunk'), billOf('no', { accountId: 'restricted' })],
      {
        held: 'shrunk',
      },
    );
    assert.deepEqual(column(jobs[0] as Job, 'M3ter_Bill_Id__c'), ['a']);
    assert.deepEqual([sent, rest], [['a'], ['shrunk', 'no']]);
  });

  it('leaves a Bill to the queue of which a text would empty its field in a bulk job', async () => {
    const odd = billOf('a', { lineItems: [{ id: 'a-1', description: '#N/A' }] });
    const { sent, rest } = await round([odd, billOf('b', { lineItems: [{ id: 'b-1', description: 'not #N/A' }] })]);
    assert.deepEqual([sent, rest], [['b'], ['a']]);
  });

  it('leaves all to the queue when the rules that decided about them hold no more', async () => {
    const { jobs, sent, rest } = await round([billOf('a'), billOf('b')], { rulesOfNow: 'new rules' });
    assert.deepEqual([jobs, sent, rest], [[], [], ['a', 'b']]);
  });

  it('of nothing to send loads nothing', async () => {
    assert.deepEqual((await round([billOf('no', { accountId: 'restricted' })])).jobs, []);
  });
});

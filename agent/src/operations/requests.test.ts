import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { SyncRequest } from '../salesforce/control/requests.ts';
import { testRuntime } from '../testing/testRuntime.ts';
import { OperationError } from './errors.ts';
import type { Operations } from './operations.ts';
import { carryOut } from './requests.ts';
import type { SyncResult } from './shapes.ts';
import { fakeOrg, ORG_ID } from './testing.ts';

const request = (type: string, more: Partial<SyncRequest> = {}): SyncRequest => ({
  id: 'a03000000000001AAA',
  name: 'REQ-000001',
  type,
  status: 'NEW',
  integrationId: null,
  billRecordId: null,
  m3terBillId: null,
  runId: null,
  runKey: null,
  credentialKey: null,
  accountRecordId: null,
  accountFilter: null,
  draftSettings: null,
  m3terAccountId: null,
  externalId: null,
  requestedById: null,
  createdAt: null,
  startedAt: null,
  claim: null,
  ...more,
});

/** Operations that note what they are asked and answer as given. */
function noting(answers: Readonly<Record<string, unknown>>) {
  const asked: [string, unknown][] = [];
  const operations = new Proxy({} as Operations, {
    get: (_, name: string) => (input: unknown) => {
      asked.push([name, input]);
      const answer = answers[name];
      return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
    },
  });
  return { asked, operations };
}

async function carriedOut(wish: SyncRequest, answers: Readonly<Record<string, unknown>>) {
  const org = fakeOrg();
  const { asked, operations } = noting(answers);
  await carryOut(wish, { orgId: ORG_ID, control: org.control }, { operations, runtime: testRuntime() });
  assert.equal(org.answered.length, 1);
  const [id, result] = org.answered[0] ?? [];
  assert.equal(id, wish.id);
  assert.ok(result);
  return { result, asked };
}

const sync: SyncResult = {
  integrations: [
    {
      name: 'All Bills',
      billsRead: 9,
      billsSent: 4,
      lineItemsSent: 8,
      skipped: { notApproved: 3, unchanged: 2 },
      waiting: { missingAccountMapping: 0 },
      unmatched: 0,
      failed: {},
    },
  ],
  apiCalls: { salesforce: 1, m3ter: 1 },
  idle: [],
  isComplete: true,
};
const sent = {
  billId: 'bill-1',
  integration: 'All Bills',
  orgId: ORG_ID,
  runKey: 'r',
  outcome: 'sent',
  code: null,
  message: 'It is in Salesforce.',
};

describe('a request', () => {
  it('to sync tells what was done, in words and as data', async () => {
    const { result, asked } = await carriedOut(request('SYNC_NOW', { integrationId: 'a00000000000001AAA' }), { sync });
    assert.deepEqual(asked, [['sync', { integration: 'a00000000000001AAA', org: ORG_ID }]]);
    assert.equal(result.status, 'DONE');
    assert.equal(
      result.text,
      'All Bills: 9 Bills read, 4 sent, 2 unchanged, 3 skipped (3 notApproved), 0 waiting for an Account, 0 failed',
    );
    assert.deepEqual(result.data, sync);
  });

  it('to sync fails with what failed, where Bills did', async () => {
    const [report] = sync.integrations;
    const failing = { ...sync, integrations: [{ ...report, failed: { STRING_TOO_LONG: 1 } }] };
    const { result } = await carriedOut(request('SYNC_NOW'), { sync: failing });
    assert.deepEqual([result.status, result.errorCode], ['FAILED', 'BILLS_FAILED']);
    assert.match(result.text, /1 failed\n.*Events say why/);
  });

  it('to resend a Bill, or replay a Run, tells what became of each Bill', async () => {
    const resend = await carriedOut(request('RESEND_BILL', { m3terBillId: 'bill-1' }), {
      resend: { billId: 'bill-1', results: [sent] },
    });
    assert.deepEqual(resend.asked, [['resend', { bill: 'bill-1', org: ORG_ID }]]);
    assert.deepEqual(
      [resend.result.status, resend.result.text],
      ['DONE', 'Bill bill-1, All Bills: sent. It is in Salesforce.'],
    );
    const failed = { ...sent, outcome: 'failed', code: 'X', message: 'Why.' };
    const replay = await carriedOut(request('REPLAY_RUN', { runKey: 'run-1' }), {
      replay: { replayedFrom: 'run-1', runKey: 'r', results: [sent, failed] },
    });
    assert.deepEqual(replay.asked, [['replay', { run: 'run-1', org: ORG_ID }]]);
    assert.equal(replay.result.status, 'FAILED');
  });

  it('to open a statement gives its address to the page, and to nobody who reads along', async () => {
    const statement = {
      billId: 'bill-1',
      reference: 'INV-1',
      format: 'csv',
      address: 'https://m3ter.example/1.csv?signature=x',
      isStale: true,
    };
    const { result, asked } = await carriedOut(request('OPEN_STATEMENT', { m3terBillId: 'bill-1' }), { statement });
    assert.deepEqual(asked, [['statement', { bill: 'bill-1', org: ORG_ID }]]);
    assert.equal(result.text, 'The CSV statement of Bill INV-1 is ready. The Bill has changed since it was made.');
    assert.deepEqual(result.data, statement);
  });

  it('to map an Account names both', async () => {
    const wish = request('CREATE_EXTERNAL_MAPPING', { m3terAccountId: 'acc-1', accountRecordId: '001000000000001AAA' });
    const made = { m3terAccountId: 'acc-1', externalId: '001000000000001AAA' };
    const { result, asked } = await carriedOut(wish, { createExternalMapping: made });
    assert.deepEqual(asked, [['createExternalMapping', { ...made, org: ORG_ID }]]);
    assert.match(result.text, /acc-1 is mapped to 001000000000001AAA/);
  });

  it('to test a credential fails when it is refused', async () => {
    const test = { credential: 'production', status: 'working', message: 'Signed in.', orgId: ORG_ID, testedAt: '' };
    const wish = request('TEST_CREDENTIAL', { credentialKey: 'production' });
    assert.equal((await carriedOut(wish, { testCredential: test })).result.status, 'DONE');
    const { result } = await carriedOut(wish, { testCredential: { ...test, status: 'rejected', message: 'No.' } });
    assert.deepEqual([result.status, result.text, result.errorCode], ['FAILED', 'No.', 'CONNECTION_TEST_FAILED']);
  });

  it('to preview a filter takes the one in the request before that of the integration', async () => {
    const found = {
      filter: '',
      accountsRead: 3,
      matching: 2,
      accounts: [],
      account: null,
      unclear: { count: 0, example: null },
    };
    const wish = request('PREVIEW_FILTER', {
      accountFilter: 'currency == EUR',
      integrationId: 'a00000000000001AAA',
      m3terAccountId: 'acc-1',
    });
    const { asked, result } = await carriedOut(wish, { testFilter: found });
    assert.deepEqual(asked, [
      [
        'testFilter',
        { filter: 'currency == EUR', account: 'acc-1', integration: 'a00000000000001AAA', org: ORG_ID, limit: 200 },
      ],
    ]);
    assert.equal(result.text, '2 of 3 m3ter Accounts are let through.');
  });

  it('for a dry run says that nothing was written', async () => {
    const { integrations, apiCalls, idle } = sync;
    const dryRun = { integrations, apiCalls, idle, letThrough: null, bills: [] };
    const { result } = await carriedOut(request('DRY_RUN'), { dryRun });
    assert.match(result.text, /4 would be sent.*\nNothing was written\.$/);
  });

  it('for a dry run with draft settings tells what they change', async () => {
    const { integrations, apiCalls, idle } = sync;
    const dryRun = { integrations, apiCalls, idle, letThrough: { newly: 1, noLonger: 2 }, bills: [] };
    const draftSettings = '{"accountFilter":"currency == EUR","onlySendBillOnApproval":true}';
    const wish = request('DRY_RUN', { integrationId: 'a00000000000001AAA', draftSettings });
    const { result, asked } = await carriedOut(wish, { dryRun });
    const settings = { accountFilter: 'currency == EUR', onlySendBillOnApproval: true };
    assert.deepEqual(asked, [['dryRun', { integration: 'a00000000000001AAA', settings, org: ORG_ID, limit: 200 }]]);
    assert.match(result.text, /let 1 Bill through newly, and 2 Bills no longer\.\nNothing was written\.$/);
  });

  const strange: Array<[draftSettings: string, why: RegExp]> = [
    ['accountFilter', /they are no JSON/],
    ['{"accountIds":"acc-1"}', /accountIds must be array/],
    ['{"enabled":true}', /enabled is not known/],
    ['null', /must be object/],
  ];
  for (const [draftSettings, why] of strange) {
    it(`for a dry run refuses ${draftSettings} as draft settings`, async () => {
      const { result, asked } = await carriedOut(request('DRY_RUN', { draftSettings }), {});
      assert.deepEqual([result.status, result.errorCode, asked], ['FAILED', 'DRAFT_SETTINGS', []]);
      assert.match(result.text, why);
      assert.match(result.text, /Ask again on the page of the integration/);
    });
  }

  it('to enable an integration tells the test', async () => {
    const enabled = { integration: { name: 'All Bills' }, test: { message: 'Signed in to org 00D1.' } };
    const wish = request('ENABLE_INTEGRATION', { integrationId: 'a00000000000001AAA' });
    const { result } = await carriedOut(wish, { enable: enabled });
    assert.equal(result.text, 'All Bills is enabled. Signed in to org 00D1.');
  });

  const incomplete = [
    'RESEND_BILL',
    'OPEN_STATEMENT',
    'REPLAY_RUN',
    'CREATE_EXTERNAL_MAPPING',
    'TEST_CREDENTIAL',
    'ENABLE_INTEGRATION',
  ];
  for (const type of incomplete) {
    it(`of type ${type} that names nothing fails and says what to name`, async () => {
      const { result, asked } = await carriedOut(request(type), {});
      assert.deepEqual([result.status, result.errorCode, asked], ['FAILED', 'INCOMPLETE_REQUEST', []]);
      assert.match(result.text, /Make a new one with an? /);
    });
  }

  it('of a type that a newer package knows fails and says to update', async () => {
    const { result } = await carriedOut(request('FLY'), {});
    assert.deepEqual([result.status, result.errorCode], ['FAILED', 'UNKNOWN_REQUEST']);
    assert.match(result.text, /FLY.*Update the agent/);
  });

  it('ends with the reason, whatever is thrown', async () => {
    const typed = new OperationError('NOT_FOUND', 'There is no Run run-1.', '', 'usage');
    const wish = request('REPLAY_RUN', { runKey: 'run-1' });
    const { result } = await carriedOut(wish, { replay: typed });
    assert.deepEqual([result.status, result.text, result.errorCode], ['FAILED', 'There is no Run run-1.', 'NOT_FOUND']);
    assert.equal((await carriedOut(wish, { replay: new TypeError('x') })).result.errorCode, 'UNKNOWN');
  });
});

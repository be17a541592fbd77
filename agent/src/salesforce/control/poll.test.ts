import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createNames } from '../../rules/names.ts';
import { scriptedCalls, type SeenCall } from '../../testing/scriptedCalls.ts';
import { SalesforceError, SalesforceSetupError } from '../errors.ts';
import { poll } from './poll.ts';

const names = createNames('');
const since = new Date('2026-11-22T12:00:00.000Z');
const now = new Date('2026-11-22T13:00:00.000Z');
const HEARTBEAT = {
  key: 'agent/1',
  version: '1',
  startedAt: now,
  seenAt: now,
  queueDepth: 0,
  apiCallsUsed: null,
  apiCallLimit: null,
  apiBudget: null,
};

interface Part {
  readonly url: string;
  readonly referenceId: string;
}

const partsOf = ({ body }: SeenCall): Part[] => (body as { compositeRequest: Part[] }).compositeRequest;
const page = (records: object[], next?: string) => ({
  httpStatusCode: 200,
  body: { records, ...(next === undefined ? {} : { nextRecordsUrl: next }) },
});
const refused = (errorCode: string, message: string) => ({ httpStatusCode: 400, body: [{ errorCode, message }] });

function org(parts: Record<string, object>) {
  return scriptedCalls((call) =>
    call.path === '/composite'
      ? {
          compositeResponse: partsOf(call).map(({ referenceId }) => ({
            referenceId,
            ...(parts[referenceId] ?? page([])),
          })),
        }
      : { records: [{ Id: `of ${call.path}` }], nextRecordsUrl: `${call.path}+` },
  );
}

describe('looking at what the org wants', () => {
  it('is one call of three queries and the heartbeat', async () => {
    const calls = org({ heartbeat: { httpStatusCode: 200, body: { id: 'h', success: true } } });
    const found = await poll(calls, names, { wantsAccountsSince: since, heartbeat: HEARTBEAT });
    assert.equal(calls.seen.length, 1);
    const parts = calls.seen[0] ? partsOf(calls.seen[0]) : [];
    assert.deepEqual(
      parts.map(({ referenceId }) => referenceId),
      ['integrations', 'requests', 'accounts', 'heartbeat'],
    );
    assert.match(decodeURIComponent(parts[2]?.url ?? ''), /WHERE SystemModstamp >= 2026-11-22T12:00:00.000Z/);
    assert.match(parts[3]?.url ?? '', /Sync_Agent__c\/Agent_Key__c\/agent%2F1$/);
    assert.deepEqual(found.accountsChanged, []);
    assert.deepEqual(found.accountsSince, since);
    assert.equal(found.heartbeatRefused, undefined);
  });

  it('leaves Accounts out when nobody wants them', async () => {
    const calls = org({});
    const found = await poll(calls, names, { wantsAccountsSince: null });
    assert.equal(calls.seen[0] && partsOf(calls.seen[0]).length, 2);
    assert.deepEqual([found.accountsChanged, found.accountsSince], [undefined, null]);
  });

  it('tells requests that are new from those that run', async () => {
    const row = { Id: 'r1', Name: 'REQ-000001', Type__c: 'RESEND_BILL', Status__c: 'NEW', Bill__c: 'b' };
    const calls = org({
      requests: page([
        { ...row, Bill__r: { M3ter_Bill_Id__c: 'm' }, Run__r: null, CreatedById: 'u' },
        { ...row, Id: 'r2', Status__c: 'RUNNING', Result_Data__c: '{"claim":"agent-1"}' },
        { ...row, Id: 'r3', Status__c: 'RUNNING', Result_Data__c: 'not JSON' },
      ]),
    });
    const { requests, running } = await poll(calls, names, { wantsAccountsSince: null });
    assert.deepEqual(requests, [
      {
        id: 'r1',
        name: 'REQ-000001',
        type: 'RESEND_BILL',
        status: 'NEW',
        integrationId: null,
        billRecordId: 'b',
        m3terBillId: 'm',
        runId: null,
        runKey: null,
        credentialKey: null,
        accountRecordId: null,
        accountFilter: null,
        draftSettings: null,
        m3terAccountId: null,
        externalId: null,
        requestedById: 'u',
        createdAt: null,
        startedAt: null,
        claim: null,
      },
    ]);
    assert.deepEqual(
      running.map(({ id, claim }) => [id, claim]),
      [
        ['r2', 'agent-1'],
        ['r3', null],
      ],
    );
  });

  it('reads a few pages of changed Accounts, then says that there are more', async () => {
    const newest = {
      Id: 'a',
      M3ter_Account_Id__c: 'm',
      AccountNumber: 'n',
      SystemModstamp: '2026-11-22T12:34:56.000+0000',
    };
    const calls = org({ accounts: page([newest], '/next') });
    const found = await poll(calls, names, { wantsAccountsSince: since });
    assert.equal(calls.seen.length, 5);
    assert.equal(found.accountsChanged?.length, 5);
    assert.deepEqual(found.accountsChanged[0], {
      ...{ id: 'a', m3terAccountId: 'm', accountNumber: 'n' },
      changedAt: new Date('2026-11-22T12:34:56.000Z'),
    });
    assert.equal(found.hasMoreAccounts, true);
    assert.deepEqual(found.accountsSince, new Date('2026-11-22T12:34:56.000Z'));
  });

  it('does not fail because of the heartbeat', async () => {
    const calls = org({ heartbeat: refused('STRING_TOO_LONG', 'Version') });
    const found = await poll(calls, names, { wantsAccountsSince: null, heartbeat: HEARTBEAT });
    assert.equal(found.heartbeatRefused, 'STRING_TOO_LONG: Version');
  });

  it('fails by name when a query is refused', async () => {
    const missing = org({ requests: refused('INVALID_TYPE', "sObject type 'Sync_Request__c' is not supported.") });
    await assert.rejects(poll(missing, names, { wantsAccountsSince: null }), (error: Error) => {
      assert.ok(error instanceof SalesforceSetupError);
      assert.match(error.message, /Sync_Request__c.*permission set/);
      return true;
    });
    const wrong = org({ integrations: refused('INVALID_FIELD', 'No such column') });
    await assert.rejects(poll(wrong, names, { wantsAccountsSince: null }), SalesforceError);
  });
});

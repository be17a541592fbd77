import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createNames } from '../rules/names.ts';
import { scriptedCalls, type SeenCall } from '../testing/scriptedCalls.ts';
import { SalesforceError } from './errors.ts';
import { OrgReader } from './orgReader.ts';

const uuid = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const partsOf = ({ body }: SeenCall) => (body as { compositeRequest: Array<{ url: string }> }).compositeRequest;
const soqlOf = ({ url }: { url: string }): string => decodeURIComponent(url.split('?q=')[1] ?? '');
const answer = (call: SeenCall, records: object[]) => ({
  compositeResponse: partsOf(call).map((_, n) => ({ referenceId: `q${n}`, httpStatusCode: 200, body: { records } })),
});

describe('looking up Accounts and Bills', () => {
  it('is one call for five queries of 300 ids, none longer than Salesforce takes', async () => {
    const calls = scriptedCalls((call) => answer(call, []));
    const ids = Array.from({ length: 750 }, (_, n) => uuid(n));
    await new OrgReader(calls, createNames('')).find({ m3terAccountIds: ids, billIds: ids.slice(0, 600) });
    assert.equal(calls.seen.length, 1);
    const parts = calls.seen[0] ? partsOf(calls.seen[0]) : [];
    assert.equal(parts.length, 5);
    assert.ok(parts.every(({ url }) => url.length < 16_000));
  });

  it('reads all Accounts of numbers that name more than a page of them', async () => {
    const next = '/services/data/v67.0/query/next-2000';
    const calls = scriptedCalls((call) => {
      if (call.method === 'GET') return { records: [{ Id: 'second', AccountNumber: 'ACME' }] };
      const records = [{ Id: 'first', AccountNumber: 'ACME' }];
      return {
        compositeResponse: [{ referenceId: 'q0', httpStatusCode: 200, body: { records, nextRecordsUrl: next } }],
      };
    });
    const { accounts } = await new OrgReader(calls, createNames('')).find({ accountNumbers: ['ACME'] });
    assert.deepEqual(
      accounts.map(({ id }) => id),
      ['first', 'second'],
    );
    assert.deepEqual(calls.seen.at(-1)?.path, next);
  });

  it('makes no call when nothing is wanted', async () => {
    const calls = scriptedCalls(() => assert.fail());
    const reader = new OrgReader(calls, createNames(''));
    assert.deepEqual(await reader.find({ m3terAccountIds: [''], billIds: [] }), { accounts: [], bills: [] });
    assert.deepEqual(await reader.linesOf([]), new Map());
  });

  it('asks by the names that the installed package has', async () => {
    const calls = scriptedCalls((call) =>
      answer(call, [
        {
          Id: 'r1',
          m3b__M3ter_Bill_Id__c: 'b1',
          m3b__Source_Version__c: 7,
          m3b__Sync_State__c: 'Complete',
          m3b__Payload_Hash__c: 'h',
          m3b__Last_Sync__c: '2026-11-22T12:00:00.000+0000',
          m3b__Bill_Total__c: 12.5,
          m3b__Locked__c: true,
        },
      ]),
    );
    const { bills } = await new OrgReader(calls, createNames('m3b__')).find({ billIds: ["b'1\\"] });
    const { fields, ...found } = bills[0] ?? assert.fail();
    assert.deepEqual(found, {
      billId: 'b1',
      recordId: 'r1',
      sourceVersion: 7,
      hash: 'h',
      isComplete: true,
      syncedAt: '2026-11-22T12:00:00.000Z',
    });
    assert.deepEqual([fields['Bill_Total__c'], fields['Locked__c'], fields['Status__c']], ['12.5', 'true', null]);
    const [part] = calls.seen[0] ? partsOf(calls.seen[0]) : [];
    const soql = (part && soqlOf(part)) ?? '';
    assert.match(soql, /^SELECT Id, m3b__M3ter_Bill_Id__c, m3b__Source_Version__c, m3b__Payload_Hash__c, m3b__/);
    assert.ok(soql.endsWith(" FROM m3b__Bill__c WHERE m3b__M3ter_Bill_Id__c IN ('b\\'1\\\\')"));
  });

  it('fails by name when a query is refused', async () => {
    const body = [{ errorCode: 'INVALID_FIELD', message: 'No such column' }];
    const calls = scriptedCalls(() => ({ compositeResponse: [{ referenceId: 'q0', httpStatusCode: 400, body }] }));
    await assert.rejects(new OrgReader(calls, createNames('')).find({ billIds: ['b'] }), (error: Error) => {
      assert.ok(error instanceof SalesforceError);
      assert.match(error.message, /INVALID_FIELD: No such column/);
      return true;
    });
  });

  it('reads all pages of the Bills that are not marked as deleted', async () => {
    const calls = scriptedCalls(({ path }) =>
      path.includes('next')
        ? { records: [{ Id: 'r2', M3ter_Bill_Id__c: 'b2', Payload_Hash__c: 'hash', Integration__c: 'i1' }] }
        : {
            records: [{ Id: 'r1', M3ter_Bill_Id__c: 'b1' }, { Id: 'r0' }],
            nextRecordsUrl: '/services/data/v67.0/query/next-2000',
          },
    );
    const bills = await new OrgReader(calls, createNames('')).presentBills();
    assert.deepEqual(
      [...bills],
      [
        ['b1', { recordId: 'r1', hash: null, integrationId: null }],
        ['b2', { recordId: 'r2', hash: 'hash', integrationId: 'i1' }],
      ],
    );
    assert.match(soqlOf({ url: calls.seen[0]?.path ?? '' }), /FROM Bill__c WHERE Deleted_In_M3ter__c = false$/);
  });

  it('reads all pages of the lines of Bills', async () => {
    const line = (n: number) => ({ Id: `id-${n}`, Line_Item_Key__c: `Key-${n}`, Bill__c: 'r1', Subtotal__c: n });
    const calls = scriptedCalls(({ path }) =>
      path.includes('next')
        ? { records: [line(2)] }
        : { records: [line(1)], nextRecordsUrl: '/services/data/v67.0/query/next-2000' },
    );
    const lines = await new OrgReader(calls, createNames('')).linesOf(['r1', 'r2']);
    assert.deepEqual(lines.get('r1'), {
      ids: { 'Key-1': 'id-1', 'Key-2': 'id-2' },
      amounts: { 'key-1': '1', 'key-2': '2' },
    });
    assert.deepEqual(lines.get('r2'), { ids: {}, amounts: {} });
  });
});

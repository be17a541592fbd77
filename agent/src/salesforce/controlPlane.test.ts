import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createNames } from '../rules/names.ts';
import { scriptedCalls, type SeenCall } from '../testing/scriptedCalls.ts';
import { ControlPlane } from './controlPlane.ts';

interface Part {
  method: string;
  url: string;
  body: { allOrNone: boolean; records: Array<Record<string, unknown>> };
}

const partsOf = ({ body }: SeenCall): Part[] => (body as { compositeRequest: Part[] }).compositeRequest;
const accept = (call: SeenCall) => ({
  compositeResponse: partsOf(call).map(({ body }) => ({
    httpStatusCode: 200,
    body: body.records.map(() => ({ id: 'x', success: true })),
  })),
});
const runs = (count: number) => Array.from({ length: count }, (_, n) => ({ Run_Key__c: `run-${n}` }));

describe('the integrations of the org', () => {
  it('are read with every rule', async () => {
    const calls = scriptedCalls(() => ({
      records: [
        {
          Id: 'i1',
          Name: 'All Bills',
          m3b__Enabled__c: true,
          m3b__Trigger_Type__c: 'SCHEDULE',
          m3b__Account_Ids__c: 'a1\r\n\n a2 ',
          m3b__Restricted_Account_Ids__c: null,
          m3b__Account_Filter__c: 'code == x',
          m3b__Only_Send_Bill_On_Approval__c: true,
          m3b__Use_External_Mapping_Account_Code__c: false,
          m3b__Excluded_Line_Item_Types__c: 'USAGE;AD_HOC',
          m3b__Sort_Line_Items_By__c: 'SUBTOTAL',
          m3b__Connection_Status__c: 'CONNECTED',
          m3b__Pinned_Org_Id__c: 'org',
          m3b__Last_Check__c: '2026-11-22T12:00:00.000+0000',
          m3b__Successive_Errors__c: 3,
          m3b__Disabled_Reason__c: null,
          m3b__Disabled_Notification_User_Ids__c: '005000000000001AAA\n005000000000002AAA',
          m3b__Credential__r: { m3b__Credential_Key__c: 'uk' },
          CreatedDate: '2026-11-20T12:00:00.000+0000',
          CreatedById: '005000000000001AAA',
        },
      ],
    }));
    const [integration] = await new ControlPlane(calls, createNames('m3b__')).readIntegrations();
    assert.ok(integration);
    const { version, ...rest } = integration;
    assert.ok(Number.isSafeInteger(version) && version > 0);
    assert.deepEqual(rest, {
      id: 'i1',
      name: 'All Bills',
      enabled: true,
      connectionStatus: 'CONNECTED',
      pinnedOrgId: 'org',
      triggerType: 'SCHEDULE',
      accountIds: ['a1', 'a2'],
      restrictedAccountIds: [],
      accountFilter: 'code == x',
      onlySendBillOnApproval: true,
      useExternalMappingAccountCode: false,
      excludedLineItemTypes: ['USAGE', 'AD_HOC'],
      sortLineItemsBy: 'SUBTOTAL',
      lastCheck: new Date('2026-11-22T12:00:00.000Z'),
      successiveErrors: 3,
      disabledReason: null,
      disabledAt: null,
      notificationUserIds: ['005000000000001AAA', '005000000000002AAA'],
      credentialKey: 'uk',
      createdAt: new Date('2026-11-20T12:00:00.000Z'),
      createdById: '005000000000001AAA',
      modifiedAt: null,
      modifiedById: null,
    });
    const soql = decodeURIComponent(calls.seen[0]?.path ?? '');
    assert.match(soql, /WHERE m3b__Entity_Type__c = 'Bill' AND m3b__Destination__c = 'Salesforce'/);
  });
});

describe('the records about the work of the agent', () => {
  it('are one call: parent Runs, child Runs, Events, integrations', async () => {
    const calls = scriptedCalls(accept);
    const refusals = await new ControlPlane(calls, createNames('')).write({
      parentRuns: runs(1),
      childRuns: runs(201),
      events: [{ Event_Key__c: 'e' }],
      integrations: new Map([['i1', { Enabled__c: true }]]),
    });
    assert.deepEqual(refusals, []);
    assert.equal(calls.seen.length, 1);
    const parts = calls.seen[0] ? partsOf(calls.seen[0]) : [];
    assert.deepEqual(
      parts.map(({ url, body }) => [url.split('/composite/sobjects')[1], body.records.length, body.allOrNone]),
      [
        ['/Integration_Run__c/Run_Key__c', 1, false],
        ['/Integration_Run__c/Run_Key__c', 200, false],
        ['/Integration_Run__c/Run_Key__c', 1, false],
        ['/Integration_Event__c/Event_Key__c', 1, false],
        ['', 1, false],
      ],
    );
    assert.deepEqual(parts[4]?.body.records[0], {
      attributes: { type: 'Integration_Configuration__c' },
      Enabled__c: true,
      id: 'i1',
    });
  });

  it('that were left open are asked for in queries that Salesforce takes, however many batches are open', async () => {
    const calls = scriptedCalls(() => ({ records: [{ Run_Key__c: 'child', Parent_Run__r: { Run_Key__c: 'run' } }] }));
    const keys = Array.from({ length: 1000 }, (_, n) => `${String(n).padStart(36, '0')}-a01000000000001AAA`);
    const control = new ControlPlane(calls, createNames('m3ter_bills__'));
    assert.equal((await control.openChildRuns(keys)).length, calls.seen.length);
    assert.ok(calls.seen.length > 1);
    assert.ok(calls.seen.every(({ path }) => path.length < 16_000));
    assert.deepEqual(await control.openChildRuns([]), []);
  });

  it('are no call when there are none', async () => {
    const calls = scriptedCalls(() => assert.fail());
    assert.deepEqual(await new ControlPlane(calls, createNames('')).write({}), []);
  });

  it('that the org refuses are told and do not stop the others', async () => {
    const errors = [{ statusCode: 'STRING_TOO_LONG', message: 'no', fields: [] }];
    const calls = scriptedCalls(() => ({
      compositeResponse: [
        {
          httpStatusCode: 200,
          body: [
            { success: true, id: 'x' },
            { success: false, errors },
          ],
        },
      ],
    }));
    const refusals = await new ControlPlane(calls, createNames('')).write({ childRuns: runs(2) });
    assert.deepEqual(refusals, [{ record: 1, code: 'STRING_TOO_LONG', message: 'no' }]);
  });

  it('mark deleted Bills 200 at a time, five times in a call', async () => {
    const calls = scriptedCalls(accept);
    const ids = Array.from({ length: 1001 }, (_, n) => `r${n}`);
    await new ControlPlane(calls, createNames('')).markDeleted(ids);
    assert.deepEqual(
      calls.seen.map((call) => partsOf(call).map(({ body }) => body.records.length)),
      [[200, 200, 200, 200, 200], [1]],
    );
    const [first] = calls.seen[0] ? partsOf(calls.seen[0]) : [];
    assert.deepEqual(first?.body.records[0], {
      attributes: { type: 'Bill__c' },
      Deleted_In_M3ter__c: true,
      id: 'r0',
    });
  });
});

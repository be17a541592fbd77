import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  credentialRecord,
  heartbeatRecord,
  integrationRecord,
  requestResultRecord,
  type RequestResult,
} from './controlRecords.ts';
import { AGENT_FIELDS, CREDENTIAL_FIELDS, INTEGRATION_FIELDS, REQUEST_FIELDS } from './fields.ts';
import { createNames } from './names.ts';
import type { SalesforceRecord } from './records.ts';

const names = createNames('');
const packaged = createNames('m3b__');
const now = new Date('2026-11-22T12:00:00.000Z');

function textOf(record: SalesforceRecord, field: string): string {
  const value = record[field];
  assert.ok(typeof value === 'string');
  return value;
}

describe('the record of an integration', () => {
  it('holds what is given and nothing else', () => {
    assert.deepEqual(integrationRecord({ enabled: false }, packaged), { m3b__Enabled__c: false });
    assert.deepEqual(integrationRecord({}, names), {});
    assert.deepEqual(integrationRecord({ disabledAt: null, disabledReason: null, pinnedOrgId: null }, names), {
      Disabled_At__c: null,
      Disabled_Reason__c: null,
      Pinned_Org_Id__c: null,
    });
  });

  it('has lists in lines, excluded types as a multi-select picklist does, and cuts a reason that is too long', () => {
    const record = integrationRecord(
      {
        accountIds: ['a1', 'a2'],
        restrictedAccountIds: [],
        notificationUserIds: ['u1', 'u2'],
        excludedLineItemTypes: ['USAGE', 'AD_HOC'],
        disabledReason: 'x'.repeat(300),
        lastCheck: now,
      },
      names,
    );
    assert.deepEqual(record, {
      Account_Ids__c: 'a1\na2',
      Restricted_Account_Ids__c: '',
      Disabled_Notification_User_Ids__c: 'u1\nu2',
      Excluded_Line_Item_Types__c: 'USAGE;AD_HOC',
      Disabled_Reason__c: `${'x'.repeat(254)}…`,
      Last_Check__c: '2026-11-22T12:00:00.000Z',
    });
  });

  it('refers to its credential by the name that the agent has for it', () => {
    assert.deepEqual(integrationRecord({ credentialKey: 'uk' }, packaged), {
      m3b__Credential__r: { m3b__Credential_Key__c: 'uk' },
    });
    assert.deepEqual(integrationRecord({ credentialKey: null }, names), { Credential__c: null });
  });

  it('can say everything that is not computed', () => {
    const record = integrationRecord(
      {
        name: 'UK',
        enabled: true,
        triggerType: 'EVENT',
        accountIds: [],
        restrictedAccountIds: [],
        accountFilter: '',
        onlySendBillOnApproval: false,
        useExternalMappingAccountCode: false,
        excludedLineItemTypes: [],
        sortLineItemsBy: 'NONE',
        notificationUserIds: [],
        credentialKey: null,
        connectionStatus: 'CONNECTED',
        pinnedOrgId: 'o',
        successiveErrors: 0,
        disabledReason: null,
        disabledAt: null,
        lastCheck: now,
      },
      names,
    );
    const fixed = ['Entity_Type__c', 'Destination__c'];
    const all = Object.keys(INTEGRATION_FIELDS).filter((field) => !fixed.includes(field));
    assert.deepEqual(Object.keys(record).toSorted(), all.toSorted());
  });
});

describe('the record of a credential', () => {
  it('has no place for a secret', () => {
    const record = credentialRecord(
      {
        key: 'uk',
        type: 'OAUTH_JWT_BEARER',
        destination: 'SALESFORCE',
        myDomain: 'https://uk.my.salesforce.com',
        status: 'REJECTED',
        statusMessage: 'y'.repeat(256),
        verifiedAt: now,
      },
      names,
    );
    assert.deepEqual(Object.keys(record).toSorted(), Object.keys(CREDENTIAL_FIELDS).toSorted());
    assert.equal(textOf(record, 'Status_Message__c').length, 255);
  });
});

describe('the result of a request', () => {
  const result = (more: Partial<RequestResult> = {}) =>
    requestResultRecord({ status: 'DONE', text: 'Done', completedAt: now, ...more }, names);

  it('empties what a request before left', () => {
    assert.deepEqual(result(), {
      Status__c: 'DONE',
      Result__c: 'Done',
      Result_Data__c: null,
      Error_Code__c: null,
      Completed__c: '2026-11-22T12:00:00.000Z',
    });
  });

  it('keeps JSON even when there is too much of it', () => {
    const rows = Array.from({ length: 20_000 }, (_, n) => n);
    const cut = textOf(result({ data: rows }), 'Result_Data__c');
    assert.ok(cut.length <= REQUEST_FIELDS.Result_Data__c.length);
    assert.ok((JSON.parse(cut) as number[]).length > 1000);
    assert.deepEqual(JSON.parse(textOf(result({ data: { rows: ['x'.repeat(140_000)] } }), 'Result_Data__c')), {
      isTooLong: true,
    });
  });
});

describe("the agent's sign of life", () => {
  it('says all that the object holds', () => {
    const record = heartbeatRecord(
      {
        key: 'agent-1',
        version: '0.1.0',
        startedAt: now,
        seenAt: now,
        queueDepth: 0,
        apiCallsUsed: null,
        apiCallLimit: null,
        apiBudget: null,
      },
      names,
    );
    assert.deepEqual(Object.keys(record).toSorted(), Object.keys(AGENT_FIELDS).toSorted());
  });
});

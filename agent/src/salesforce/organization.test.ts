import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { scriptedCalls } from '../testing/scriptedCalls.ts';
import { SalesforceError, SalesforceSetupError } from './errors.ts';
import { excessRights, orgFacts } from './organization.ts';

describe('the facts of an org', () => {
  it('are those of its Organization', async () => {
    const row = {
      Id: '00D000000000001EAA',
      TimeZoneSidKey: 'America/New_York',
      IsSandbox: true,
      NamespacePrefix: null,
    };
    const calls = scriptedCalls(() => ({ records: [row] }));
    assert.deepEqual(await orgFacts(calls), {
      orgId: '00D000000000001EAA',
      timeZone: 'America/New_York',
      isSandbox: true,
      namespace: null,
    });
  });
});

describe('rights that the agent does not need', () => {
  const rightsOf = (answer: () => unknown) =>
    excessRights({ ...scriptedCalls(answer), userId: () => Promise.resolve('005000000000001AAA') });

  it('are named with what gives them', async () => {
    const records = [
      { PermissionSet: { Name: 'M3ter_Sync_Agent', PermissionsModifyAllData: false } },
      { PermissionSet: { Name: 'Power', PermissionsModifyAllData: true, PermissionsManageUsers: true } },
    ];
    assert.deepEqual(await rightsOf(() => ({ records })), [
      { right: 'Modify All Data', givenBy: 'Power' },
      { right: 'Manage Users', givenBy: 'Power' },
    ]);
  });

  it('are unknown to a user who may not see its permission sets', async () => {
    const refuse = (error: Error) => () => {
      throw error;
    };
    assert.equal(await rightsOf(refuse(new SalesforceSetupError('INVALID_TYPE'))), undefined);
    assert.equal(await rightsOf(refuse(new SalesforceError('INVALID_FIELD', '', 'badData'))), undefined);
    await assert.rejects(rightsOf(refuse(new SalesforceError('NETWORK', '', 'transient'))), SalesforceError);
  });
});

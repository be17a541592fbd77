import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, it } from 'node:test';
import type { DataSet } from '../data/dataSet.ts';
import { startOrg } from './server.ts';
import { inRepository, TestClient } from './testServer.ts';

const dataSet: DataSet = {
  accounts: [],
  bills: [],
  externalMappings: [],
  salesforceAccounts: [{ Id: '0010000000000G9AAI', Name: 'Acme', M3ter_Account_Id__c: 'acc-1' }],
  integrations: [
    {
      name: 'Approved only',
      accountIds: ['acc-1', 'acc-2'],
      restrictedAccountIds: [],
      accountFilter: 'address.country == US',
      onlySendBillOnApproval: true,
      useExternalMappingAccountCode: false,
      excludedLineItemTypes: ['USAGE', 'AD_HOC'],
      sortLineItemsBy: 'SUBTOTAL',
      triggerType: 'SCHEDULE',
    },
  ],
};

describe('loading a data set', () => {
  it('brings Accounts with their own ids and connected integrations, once', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'org-'));
    const options = {
      port: 0,
      sourceDirs: [inRepository('force-app')],
      stateFile: path.join(folder, 'org.sqlite'),
      dataSet,
    };
    await (await startOrg(options)).close();
    const org = await startOrg(options);
    const client = new TestClient(org);
    const accounts = await client.query('SELECT Id, M3ter_Account_Id__c FROM Account');
    const integrations = await client.query(
      'SELECT Name, Connection_Status__c, Pinned_Org_Id__c, Account_Ids__c, Only_Send_Bill_On_Approval__c, ' +
        'Excluded_Line_Item_Types__c, Trigger_Type__c FROM Integration_Configuration__c',
    );
    const credentials = await client.query(
      'SELECT Credential_Key__c, (SELECT Name FROM Integrations__r) FROM Integration_Credential__c',
    );
    await org.close();
    rmSync(folder, { recursive: true });
    const plain = [...accounts, ...integrations].map((record) => ({ ...record, attributes: undefined }));
    assert.deepEqual(plain, [
      { attributes: undefined, Id: '0010000000000G9AAI', M3ter_Account_Id__c: 'acc-1' },
      {
        attributes: undefined,
        Name: 'Approved only',
        Connection_Status__c: 'CONNECTED',
        Pinned_Org_Id__c: org.orgId,
        Account_Ids__c: 'acc-1\nacc-2',
        Only_Send_Bill_On_Approval__c: true,
        Excluded_Line_Item_Types__c: 'USAGE;AD_HOC',
        Trigger_Type__c: 'SCHEDULE',
      },
    ]);
    const [{ Credential_Key__c: key, Integrations__r: connected }] = credentials as [Record<string, unknown>];
    assert.equal(key, 'environment');
    assert.equal((connected as { totalSize: number }).totalSize, 1);
  });
});

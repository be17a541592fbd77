import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { ObjectInfo } from './objectInfo.ts';
import { makeTestApp } from './testApp.ts';
import type { TestApp } from './testApp.ts';

interface Picklist {
  defaultValue: { value: string } | null;
  values: Array<{ label: string; value: string }>;
}

let app: TestApp;
before(async () => {
  app = await makeTestApp();
});
after(() => app.close());

const RECORD_TYPE = '012000000000000AAA';

describe('UI API object metadata', () => {
  it('says what an object is and what the user may do with it', async () => {
    const info = async (alias: 'admin' | 'finance') =>
      (await app.call<ObjectInfo>(alias, 'GET', '/ui-api/object-info/Bill__c')).body;
    const finance = await info('finance');
    assert.equal(finance.apiName, 'Bill__c');
    assert.equal(finance.keyPrefix, app.billId.slice(0, 3));
    assert.deepEqual(finance.nameFields, ['Name']);
    assert.deepEqual([finance.createable, finance.updateable, finance.queryable], [false, false, true]);
    assert.equal((await info('admin')).updateable, true);
    assert.ok(finance.childRelationships.some(({ relationshipName }) => relationshipName === 'Line_Items__r'));
    const account = finance.fields['Account__c'];
    assert.equal(account?.dataType, 'Reference');
    assert.equal(account.relationshipName, 'Account__r');
    assert.deepEqual(account.referenceToInfos, [{ apiName: 'Account', nameFields: ['Name'] }]);
    assert.equal(finance.fields['Bill_Total__c']?.scale, 4);
    assert.equal(finance.fields['Is_Complete__c']?.calculated, true);
    assert.equal(finance.fields['Bill_Total__c'].updateable, false);
  });

  it('leaves out fields and refuses objects that the user may not read', async () => {
    const account = await app.call<ObjectInfo>('viewer', 'GET', '/ui-api/object-info/Account');
    assert.equal(account.body.fields['M3ter_Account_Id__c'], undefined);
    const bill = await app.call<Array<{ errorCode: string }>>('viewer', 'GET', '/ui-api/object-info/Bill__c');
    assert.equal(bill.status, 404);
    assert.equal(bill.body[0]?.errorCode, 'INVALID_TYPE');
  });

  it('comes in batches with a result each', async () => {
    const { body } = await app.call<{ results: Array<{ statusCode: number }> }>(
      'viewer',
      'GET',
      '/ui-api/object-info/batch/Account,Bill__c',
    );
    assert.deepEqual(
      body.results.map(({ statusCode }) => statusCode),
      [200, 404],
    );
  });

  it('gives the values of one picklist and of all', async () => {
    const path = `/ui-api/object-info/Integration_Configuration__c/picklist-values/${RECORD_TYPE}`;
    const one = await app.call<Picklist>('admin', 'GET', `${path}/Trigger_Type__c`);
    assert.equal(one.body.defaultValue?.value, 'EVENT');
    assert.deepEqual(
      one.body.values.map(({ value }) => value),
      ['EVENT', 'SCHEDULE'],
    );
    const all = await app.call<{ picklistFieldValues: Record<string, Picklist> }>('admin', 'GET', path);
    assert.deepEqual(all.body.picklistFieldValues['Trigger_Type__c']?.values, one.body.values);
    assert.equal((await app.call('admin', 'GET', `${path}/Name`)).status, 400);
    assert.equal((await app.call('admin', 'GET', path.replace(RECORD_TYPE, '012000000000001AAA'))).status, 404);
  });

  it('lists the objects that the user may read', async () => {
    const objects = async (alias: 'finance' | 'viewer') =>
      Object.keys((await app.call<{ objects: object }>(alias, 'GET', '/ui-api/object-info')).body.objects);
    assert.ok((await objects('finance')).includes('Bill__c'));
    assert.ok(!(await objects('viewer')).includes('Bill__c'));
  });

  it('answers resources that the local org does not have by name', async () => {
    const { status, body } = await app.call<Array<{ message: string }>>('admin', 'GET', '/ui-api/favorites');
    assert.equal(status, 404);
    assert.match(body[0]!.message, /\/ui-api\/favorites/);
  });
});

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import Big from 'big.js';
import type { RecordRepresentation } from './recordRepresentation.ts';
import type { ErrorWithOutput } from './saving.ts';
import { makeTestApp } from './testApp.ts';
import type { TestApp } from './testApp.ts';

type Errors = Array<{ errorCode: string; message: string; statusCode: number }>;

let app: TestApp;
before(async () => {
  app = await makeTestApp();
});
after(() => app.close());

const record = (alias: 'admin' | 'finance' | 'viewer', query: string, id = app.billId) =>
  app.call<RecordRepresentation & Errors>(alias, 'GET', `/ui-api/records/${id}${query}`);

describe('UI API records', () => {
  it('show the fields asked for, parents inside', async () => {
    const fields = 'fields=Bill__c.Name,Bill__c.Bill_Total__c,Bill__c.Status__c,Bill__c.Account__r.Name';
    const { status, body } = await record('finance', `?${fields}`);
    assert.equal(status, 200);
    assert.equal(body.apiName, 'Bill__c');
    assert.equal(body.id, app.billId);
    assert.equal(body.lastModifiedDate, '2026-11-22T18:00:00.000Z');
    assert.equal(body.weakEtag, Date.parse('2026-11-22T18:00:00Z'));
    assert.deepEqual(body.childRelationships, {});
    assert.deepEqual(body.fields['Name'], { displayValue: null, value: 'BILL-0000' });
    assert.deepEqual(body.fields['Bill_Total__c'], { displayValue: '0.0001', value: new Big('0.0001') });
    assert.deepEqual(body.fields['Status__c'], { displayValue: 'Approved', value: 'APPROVED' });
    const account = body.fields['Account__r'];
    assert.equal(account?.displayValue, 'Acme');
    assert.equal((account?.value as RecordRepresentation).id, app.accountId);
  });

  it('find a record by its 15-character id', async () => {
    const { body } = await record('finance', '?fields=Bill__c.Name', app.billId.slice(0, 15));
    assert.equal(body.id, app.billId);
  });

  it('pass over optional fields that the user may not read, but not required ones', async () => {
    const optional = await record('viewer', '?optionalFields=Account.Name,Account.M3ter_Account_Id__c', app.accountId);
    assert.deepEqual(Object.keys(optional.body.fields), ['Name']);
    const required = await record('viewer', '?fields=Account.M3ter_Account_Id__c', app.accountId);
    assert.equal(required.status, 400);
    assert.equal(required.body[0]?.errorCode, 'INVALID_FIELD');
  });

  it('need to know which fields are wanted', async () => {
    const none = await record('finance', '');
    assert.equal(none.body[0]?.errorCode, 'ILLEGAL_QUERY_PARAMETER_VALUE');
    const layout = await record('finance', '?layoutTypes=Full');
    assert.deepEqual(layout.body.fields['Line_Items_Written__c'], { displayValue: '3', value: 3 });
  });

  it('answer 403 for objects out of reach and 404 for records that are not there', async () => {
    assert.equal((await record('viewer', '?fields=Bill__c.Name')).status, 403);
    const missing = await record('finance', '?fields=Bill__c.Name', `${app.billId.slice(0, 3)}000000000000`);
    assert.equal(missing.status, 404);
    assert.equal(missing.body[0]?.errorCode, 'NOT_FOUND');
  });

  it('come in batches with a result each', async () => {
    const { body } = await app.call<{ hasErrors: boolean; results: Array<{ statusCode: number }> }>(
      'viewer',
      'GET',
      `/ui-api/records/batch/${app.accountId},${app.billId}?fields=Account.Name`,
    );
    assert.equal(body.hasErrors, true);
    assert.deepEqual(
      body.results.map(({ statusCode }) => statusCode),
      [200, 403],
    );
  });
});

describe('UI API saves', () => {
  it('create, change and delete a record', async () => {
    const created = await app.call<RecordRepresentation>('admin', 'POST', '/ui-api/records', {
      apiName: 'Bill__c',
      fields: {
        Name: 'UI',
        M3ter_Bill_Id__c: 'ui',
        Source_Version__c: 1,
        Sync_State__c: 'Complete',
        Bill_Total__c: new Big('0.3'),
      },
    });
    assert.equal(created.status, 201);
    assert.deepEqual(created.body.fields['Bill_Total__c'], { displayValue: '0.3000', value: new Big('0.3') });
    const path = `/ui-api/records/${created.body.id}`;
    const changed = await app.call<RecordRepresentation>('admin', 'PATCH', path, { fields: { Locked__c: true } });
    assert.equal(changed.status, 200);
    assert.deepEqual(changed.body.fields['Locked__c'], { displayValue: null, value: true });
    assert.equal((await app.call('admin', 'DELETE', path)).status, 204);
    assert.equal((await app.call('admin', 'DELETE', path)).status, 404);
  });

  it('refuse a change by a user who may only read', async () => {
    const { status, body } = await app.call<ErrorWithOutput>('finance', 'PATCH', `/ui-api/records/${app.billId}`, {
      fields: { Locked__c: true },
    });
    assert.equal(status, 403);
    assert.equal(body.enhancedErrorType, 'RecordError');
    assert.equal(body.statusCode, 403);
    assert.equal(app.org.read('Bill__c', app.billId)?.['Locked__c'], false);
  });

  it('tell which field is wrong', async () => {
    const { status, body } = await app.call<ErrorWithOutput>('admin', 'PATCH', `/ui-api/records/${app.billId}`, {
      fields: { Purchase_Order_Number__c: 'x'.repeat(300) },
    });
    assert.equal(status, 400);
    const error = body.output.fieldErrors['Purchase_Order_Number__c']?.[0];
    assert.equal(error?.errorCode, 'STRING_TOO_LONG');
    assert.equal(error?.fieldLabel, 'Purchase Order Number');
  });

  it('refuse bodies that name no fields or are no JSON', async () => {
    for (const body of ['{"apiName":"Bill__c"}', '{']) {
      const answer = await app.call<Errors>('admin', 'POST', '/ui-api/records', body);
      assert.equal(answer.status, 400);
      assert.match(answer.body[0]!.errorCode, /INVALID_INPUT|JSON_PARSER_ERROR/);
    }
  });
});

describe('UI API related lists', () => {
  interface List {
    count: number;
    nextPageToken: string | null;
    records: RecordRepresentation[];
  }
  const list = '/Line_Items__r';
  const fields = ['Bill_Line_Item__c.Name', 'Bill_Line_Item__c.Subtotal__c'];

  it('give the children page by page in the order asked for', async () => {
    const path = `/ui-api/related-list-records/${app.billId}${list}`;
    const first = await app.call<List>(
      'finance',
      'GET',
      `${path}?fields=${fields.join(',')}&pageSize=2&sortBy=-Bill_Line_Item__c.Position__c`,
    );
    assert.equal(first.body.count, 2);
    assert.deepEqual(
      first.body.records.map((each) => each.fields['Name']?.value),
      ['Line 3', 'Line 2'],
    );
    const next = await app.call<List>('finance', 'POST', path, {
      fields,
      pageSize: 2,
      pageToken: first.body.nextPageToken,
      sortBy: ['-Position__c'],
    });
    assert.deepEqual(next.body.records[0]?.fields['Subtotal__c'], {
      displayValue: '1.000001',
      value: new Big('1.000001'),
    });
    assert.equal(next.body.nextPageToken, null);
  });

  it('filter by a GraphQL filter, and refuse unknown lists and wrong filters', async () => {
    const path = `/ui-api/related-list-records/${app.billId}`;
    const where = '{ Position__c: { gt: 1 } }';
    const filtered = await app.call<List>('finance', 'POST', `${path}${list}`, {
      fields,
      where,
      sortBy: ['Position__c'],
    });
    assert.deepEqual(
      filtered.body.records.map((each) => each.fields['Name']?.value),
      ['Line 2', 'Line 3'],
    );
    assert.equal((await app.call('finance', 'GET', `${path}/Nothing__r`)).status, 404);
    const wrong = await app.call<Errors>('finance', 'POST', `${path}${list}`, { where: '{' });
    assert.equal(wrong.body[0]?.errorCode, 'INVALID_FILTER');
  });

  it('are counted up to a maximum, and described', async () => {
    interface Count {
      count: number;
      hasMore: boolean;
    }
    const count = async (query: string, id = app.billId, name = list) =>
      (await app.call<Count>('finance', 'GET', `/ui-api/related-list-count/${id}${name}${query}`)).body;
    assert.deepEqual(
      [(await count('')).count, (await count('?maxCount=2')).count, (await count('?maxCount=2')).hasMore],
      [3, 2, true],
    );
    assert.deepEqual((await count('', app.accountId, '/Bills__r')).hasMore, true);
    const lists = await app.call<{ relatedLists: Array<{ relatedListId: string; fieldApiName: string }> }>(
      'finance',
      'GET',
      '/ui-api/related-list-info/Bill__c',
    );
    const lines = lists.body.relatedLists.find(({ relatedListId }) => relatedListId === 'Line_Items__r');
    assert.equal(lines?.fieldApiName, 'Bill__c');
    const info = await app.call<{ displayColumns: Array<{ fieldApiName: string }>; createable: boolean }>(
      'finance',
      'GET',
      `/ui-api/related-list-info/Bill__c${list}`,
    );
    assert.equal(info.body.displayColumns[0]?.fieldApiName, 'Name');
    assert.equal(info.body.createable, false);
  });

  it('come in batches with a result each', async () => {
    interface Batch {
      results: Array<{ statusCode: number; result: List }>;
    }
    const statuses = async (method: 'GET' | 'POST', path: string, body?: unknown) =>
      (await app.call<Batch>('finance', method, `/ui-api/${path}`, body)).body.results.map(
        ({ statusCode }) => statusCode,
      );
    const names = 'Line_Items__r,Nothing__r';
    assert.deepEqual(await statuses('GET', `related-list-records/batch/${app.billId}/${names}`), [200, 404]);
    assert.deepEqual(await statuses('GET', `related-list-count/batch/${app.billId}/${names}`), [200, 404]);
    assert.deepEqual(await statuses('GET', `related-list-info/batch/Bill__c/${names}`), [200, 404]);
    const relatedListParameters = [{ relatedListId: 'Line_Items__r', fields, pageSize: 1 }];
    assert.deepEqual(
      await statuses('POST', `related-list-records/batch/${app.billId}`, { relatedListParameters }),
      [200],
    );
  });
});

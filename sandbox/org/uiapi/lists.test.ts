import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { RecordRepresentation } from './recordRepresentation.ts';
import { BILL_COUNT, makeTestApp } from './testApp.ts';
import type { TestApp } from './testApp.ts';

interface ListRecords {
  count: number;
  nextPageToken: string | null;
  nextPageUrl: string | null;
  previousPageToken: string | null;
  records: RecordRepresentation[];
}
interface ListInfo {
  label: string;
  displayColumns: Array<{ fieldApiName: string; label: string; lookupId: string | null; sortable: boolean }>;
  filteredByInfo: Array<{ fieldApiName: string; operator: string; operandLabels: string[] }>;
  listReference: { id: string; listViewApiName: string; objectApiName: string };
}
type Errors = Array<{ errorCode: string; message: string }>;

const RECORDS = '/ui-api/list-records/Bill__c/All';

let app: TestApp;
before(async () => {
  app = await makeTestApp();
});
after(() => app.close());

const list = async (query = '', alias: 'admin' | 'finance' = 'finance') =>
  (await app.call<ListRecords>(alias, 'GET', `${RECORDS}${query}`)).body;
const post = async (body: object) => (await app.call<ListRecords & Errors>('finance', 'POST', RECORDS, body)).body;
const names = ({ records }: ListRecords) => records.map(({ fields }) => fields['Name']?.value);

describe('UI API list views', () => {
  it('are listed by object, and described with columns, filters and order', async () => {
    const all = await app.call<{ count: number; lists: Array<{ apiName: string; label: string; id: string }> }>(
      'admin',
      'GET',
      '/ui-api/list-info/Sync_Request__c',
    );
    assert.deepEqual(
      all.body.lists.map(({ apiName }) => apiName),
      ['All', 'Failed', 'Not_Done'],
    );
    const searched = await app.call<{ count: number }>('admin', 'GET', '/ui-api/list-info/Sync_Request__c?q=not*yet');
    assert.equal(searched.body.count, 1);
    const info = await app.call<ListInfo>('admin', 'GET', '/ui-api/list-info/Sync_Request__c/Not_Done');
    assert.equal(info.body.label, 'Not Done Yet');
    assert.deepEqual(info.body.filteredByInfo, [
      { fieldApiName: 'Status__c', label: 'Status', operandLabels: ['NEW', 'RUNNING'], operator: 'Equals' },
    ]);
    const creator = info.body.displayColumns.find(({ fieldApiName }) => fieldApiName === 'CreatedBy.Name');
    assert.deepEqual([creator?.lookupId, creator?.sortable], ['CreatedBy.Id', true]);
    const { id } = info.body.listReference;
    assert.match(id, /^00B\w{15}$/);
    assert.deepEqual((await app.call<ListInfo>('admin', 'GET', `/ui-api/list-info/${id}`)).body, info.body);
    const batch = await app.call<{ hasErrors: boolean }>(
      'admin',
      'GET',
      `/ui-api/list-info/batch/${id},00B000000000000`,
    );
    assert.equal(batch.body.hasErrors, true);
  });

  it('show the records that their own filters let through', async () => {
    const admin = app.org.users.find(({ alias }) => alias === 'admin')!;
    const fields = { Type__c: 'SYNC_NOW', Status__c: 'NEW' };
    const made = app.org.save(admin, { operation: 'insert', object: 'Sync_Request__c', fields });
    assert.equal(made.success, true, JSON.stringify(made.errors));
    const count = async (view: string) =>
      (await app.call<ListRecords>('admin', 'GET', `/ui-api/list-records/Sync_Request__c/${view}`)).body.count;
    assert.deepEqual([await count('All'), await count('Not_Done'), await count('Failed')], [1, 1, 0]);
    const mine = await app.call<ListRecords>('admin', 'GET', '/ui-api/list-records/Sync_Request__c/__Recent');
    assert.equal(mine.body.count, 1);
  });

  it('page by name, with tokens and URLs around each page', async () => {
    const first = await list('?pageSize=3');
    assert.deepEqual(names(first), ['BILL-0000', 'BILL-0001', 'BILL-0002']);
    assert.deepEqual([first.nextPageToken, first.previousPageToken], ['3', null]);
    const second = await list(`?pageSize=3&pageToken=${first.nextPageToken}`);
    assert.deepEqual([names(second)[0], second.previousPageToken], ['BILL-0003', '0']);
    assert.ok(first.nextPageUrl?.endsWith('/list-records/Bill__c/All?pageSize=3&pageToken=3'));
    const last = await list(`?pageSize=2000&pageToken=${BILL_COUNT - 1}`);
    assert.deepEqual([last.count, last.nextPageToken], [1, null]);
  });

  it('sort by one field, also of a parent, empty values last', async () => {
    assert.deepEqual(names(await list('?pageSize=2&sortBy=-Name')), ['BILL-1049', 'BILL-1048']);
    assert.deepEqual(names(await list('?pageSize=1&sortBy=-Bill__c.Bill_Total__c')), ['BILL-1049']);
    const byAccount = await list('?pageSize=1&sortBy=Account__r.Name&optionalFields=Account__r.Name');
    assert.equal(byAccount.records[0]?.fields['Account__r']?.displayValue, 'Acme');
    assert.equal((await app.call('finance', 'GET', `${RECORDS}?sortBy=Name,Id`)).status, 400);
    assert.equal((await app.call('finance', 'GET', `${RECORDS}?sortBy=Nothing__c`)).status, 400);
  });

  it('filter further by a GraphQL filter and a search term', async () => {
    const filtered = await post({
      fields: ['Source_Version__c'],
      where: '{ and: [{ Status__c: { eq: "APPROVED" } }, { Account__r: { Name: { like: "Ac%" } } }] }',
      pageSize: 100,
    });
    assert.equal(filtered.count, 34);
    assert.equal(Number(filtered.records[0]?.fields['Source_Version__c']?.value), 1);
    assert.deepEqual(names(await post({ searchTerm: 'BILL*49', pageSize: 2 })), ['BILL-0049', 'BILL-0149']);
    for (const where of ['{ Status__c: { eq: 7 } }', '{ Nope: {} }', '{']) {
      assert.equal((await post({ where }))[0]?.errorCode, 'INVALID_FILTER', where);
    }
  });

  it('come with their metadata in one answer', async () => {
    const { body } = await app.call<{ info: ListInfo; records: ListRecords }>(
      'finance',
      'GET',
      '/ui-api/list-ui/Bill__c/All?pageSize=1',
    );
    assert.equal(body.info.listReference.objectApiName, 'Bill__c');
    assert.equal(body.records.count, 1);
  });

  it('answer 404 for lists that are not there or out of reach, and 400 for wrong pages', async () => {
    const status = async (alias: 'finance' | 'viewer', path: string) =>
      (await app.call(alias, 'GET', `/ui-api/${path}`)).status;
    assert.equal(await status('finance', 'list-records/Bill__c/Nothing'), 404);
    assert.equal(await status('finance', 'list-info/00B000000000000AAA'), 404);
    assert.equal(await status('viewer', 'list-records/Bill__c/All'), 404);
    assert.equal(await status('finance', 'list-records/Bill__c/All?pageSize=2001'), 400);
    assert.equal(await status('finance', 'list-records/Bill__c/All?pageToken=2001'), 400);
    assert.equal(await status('finance', 'list-records/Bill__c/All?fields=Nothing__c'), 400);
    assert.equal(await status('finance', 'list-records/Bill__c/All?optionalFields=Nothing__c&pageSize=1'), 200);
  });
});

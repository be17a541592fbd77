import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { RecordRepresentation } from './recordRepresentation.ts';
import { makeTestApp } from './testApp.ts';
import type { TestApp } from './testApp.ts';

interface Layout {
  mode: string;
  sections: Array<{ heading: string; layoutRows: Array<{ layoutItems: Item[] }> }>;
}
interface Item {
  editableForNew: boolean;
  editableForUpdate: boolean;
  required: boolean;
  lookupIdApiName: string | null;
  uiBehavior: string;
  layoutComponents: Array<{ apiName: string }>;
}
interface Defaults {
  layout: Layout;
  objectInfos: Record<string, object>;
  record: RecordRepresentation;
}

let app: TestApp;
before(async () => {
  app = await makeTestApp();
});
after(() => app.close());

const get = <Body>(path: string, alias: 'admin' | 'finance' | 'viewer' = 'admin') =>
  app.call<Body>(alias, 'GET', `/ui-api/${path}`);
const items = ({ sections }: Layout) =>
  sections.flatMap(({ layoutRows }) => layoutRows.flatMap((row) => row.layoutItems));
const fieldsOf = (layout: Layout) => items(layout).map(({ layoutComponents }) => layoutComponents[0]?.apiName);

describe('UI API layouts', () => {
  it('hold what the user may see, or set, in each mode', async () => {
    const view = (await get<Layout>('layout/Bill__c?layoutType=Full&mode=View', 'finance')).body;
    assert.ok(fieldsOf(view).includes('Line_Items_Written__c'));
    assert.ok(items(view).every(({ editableForUpdate }) => !editableForUpdate));
    const create = (await get<Layout>('layout/Bill__c?mode=Create')).body;
    assert.equal(create.mode, 'Create');
    assert.equal(fieldsOf(create)[0], 'Name');
    assert.ok(!fieldsOf(create).includes('Line_Items_Written__c'));
    const account = items(create).find(({ lookupIdApiName }) => lookupIdApiName === 'Account__c');
    assert.deepEqual([account?.editableForNew, account?.required], [true, false]);
    const compact = fieldsOf((await get<Layout>('layout/Bill__c?layoutType=Compact')).body);
    assert.deepEqual(compact.slice(0, 3), ['Name', 'Account__c', 'Status__c']);
    assert.equal((await get('layout/Bill__c?mode=Look')).status, 400);
    assert.equal((await get('layout/Bill__c?recordTypeId=012000000000001AAA')).status, 404);
    assert.equal((await get('layout/Bill__c', 'viewer')).status, 404);
  });

  it('follow the page layout of the metadata, section by section, and related lists with it', async () => {
    const { body } = await get<Layout>('layout/Bill_Line_Item__c?layoutType=Full&mode=View');
    const model = app.org.object('Bill_Line_Item__c').pageLayout!;
    assert.deepEqual(
      body.sections.map(({ heading }) => heading),
      model.sections.map(({ label }) => label),
    );
    const first = body.sections[0]!.layoutRows[0]!.layoutItems;
    assert.deepEqual(
      first.map(({ layoutComponents, uiBehavior }) => [layoutComponents[0]?.apiName, uiBehavior]),
      model.sections[0]!.columns.map(([item]) => [item?.field, item?.behavior]),
    );
    const related = app.org.object('Bill__c').pageLayout!.relatedLists[0]!;
    const { displayColumns } = (
      await get<{ displayColumns: object[] }>('related-list-info/Bill__c/Line_Items__r', 'finance')
    ).body;
    assert.equal(related.relatedList, 'Bill_Line_Item__c.Bill__c');
    assert.equal(displayColumns.length, related.fields.length);
  });

  it('are every field where the metadata has none', async () => {
    const account = (await get<Layout>('layout/Account?mode=Edit')).body;
    assert.equal(account.sections.length, 1);
    assert.ok(fieldsOf(account).includes('AccountNumber') && !fieldsOf(account).includes('CreatedById'));
    assert.deepEqual(fieldsOf((await get<Layout>('layout/Account?layoutType=Compact')).body), ['Name']);
  });

  it('come with the default values of a new record', async () => {
    const { body } = await get<Defaults>('record-defaults/create/Integration_Configuration__c');
    assert.deepEqual(body.record.fields['Trigger_Type__c'], { displayValue: 'Event', value: 'EVENT' });
    assert.equal(body.record.id, null);
    assert.equal(body.layout.mode, 'Create');
    assert.ok('Integration_Configuration__c' in body.objectInfos && 'Integration_Credential__c' in body.objectInfos);
    const template = await get<Partial<Defaults>>('record-defaults/template/create/Integration_Configuration__c');
    assert.equal(template.body.layout, undefined);
    assert.deepEqual(template.body.record, body.record);
  });

  it('come with the values of a record to clone', async () => {
    const { body } = await get<Defaults>(`record-defaults/clone/${app.billId}`);
    assert.deepEqual([body.record.id, body.record.fields['Name']?.value], [null, 'BILL-0000']);
    assert.equal((await get('record-defaults/clone/a00000000000000AAA')).status, 404);
  });

  it('come with records and metadata as getRecordUi asks', async () => {
    interface Ui {
      layouts: Record<string, Record<string, Record<string, Record<string, Layout>>>>;
      objectInfos: Record<string, object>;
      records: Record<string, RecordRepresentation>;
    }
    const ids = `${app.billId},${app.accountId}`;
    const { body } = await get<Ui>(`record-ui/${ids}?layoutTypes=Full,Compact&modes=View`, 'finance');
    assert.deepEqual(Object.keys(body.records).sort(), [app.billId, app.accountId].sort());
    assert.equal(body.layouts['Bill__c']?.['012000000000000AAA']?.['Compact']?.['View']?.mode, 'View');
    assert.ok('Bill__c' in body.objectInfos && 'Account' in body.objectInfos);
    assert.equal((await get(`record-ui/${app.billId}`, 'viewer')).status, 403);
  });

  it('decide which fields of a record are read', async () => {
    const compact = await get<RecordRepresentation>(`records/${app.billId}?layoutTypes=Compact`);
    assert.deepEqual(Object.keys(compact.body.fields).slice(0, 3), ['Name', 'Account__c', 'Status__c']);
    const edit = await get<RecordRepresentation>(`records/${app.billId}?layoutTypes=Full&modes=Edit`);
    assert.ok('Locked__c' in edit.body.fields && !('Line_Items_Written__c' in edit.body.fields));
  });
});

describe('UI API conflicts', () => {
  it('are refused when the record is newer than the writer knows', async () => {
    const change = (since: string) =>
      app.call<Array<{ errorCode: string }>>(
        'admin',
        'PATCH',
        `/ui-api/records/${app.billId}`,
        { fields: { Locked__c: false } },
        { 'if-unmodified-since': since },
      );
    assert.equal((await change('2026-11-22T18:00:00.000Z')).status, 200);
    const stale = await change('Sun, 22 Nov 2026 17:59:59 GMT');
    assert.deepEqual([stale.status, stale.body[0]?.errorCode], [412, 'PRECONDITION_FAILED']);
    assert.equal((await change('yesterday')).status, 400);
  });
});

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import Big from 'big.js';
import { makeTestApp, part } from '../uiapi/testApp.ts';
import type { TestApp } from '../uiapi/testApp.ts';

let app: TestApp;
before(async () => {
  app = await makeTestApp();
});
after(() => app.close());

const CREATE = `mutation Create($input: Bill__cCreateInput!) {
  uiapi { Bill__cCreate(input: $input) { success Record { Id Name { value } Bill_Total__c { value } } } } }`;

const bill = (id: string, more: Record<string, unknown> = {}) => ({
  Bill__c: { Name: id, M3ter_Bill_Id__c: id, Source_Version__c: 1, Sync_State__c: 'Complete', ...more },
});
const countOf = async (id: string): Promise<number> => {
  const query = `{ uiapi { query { Bill__c(where: { M3ter_Bill_Id__c: { eq: "${id}" } }) { totalCount } } } }`;
  return part((await app.graphql('admin', query)).data, 'uiapi.query.Bill__c.totalCount');
};

describe('GraphQL mutations', () => {
  it('create a record and show it as saved', async () => {
    const input = bill('made', { Bill_Total__c: new Big('12345678901234.5678') });
    const { data, errors } = await app.graphql('admin', CREATE, { input });
    assert.deepEqual(errors, []);
    const created = part(data, 'uiapi.Bill__cCreate');
    assert.equal(part(created, 'success'), true);
    assert.equal(part(created, 'Record.Name.value'), 'made');
    assert.deepEqual(part(created, 'Record.Bill_Total__c.value'), new Big('12345678901234.5678'));
  });

  it('change and delete a record', async () => {
    const created = await app.graphql('admin', CREATE, { input: bill('changed') });
    const Id = part<string>(created.data, 'uiapi.Bill__cCreate.Record.Id');
    const changed = await app.graphql(
      'admin',
      `mutation Change($input: Bill__cUpdateInput!) {
        uiapi { Bill__cUpdate(input: $input) { success Record { Locked__c { value } } } } }`,
      { input: { Id, Bill__c: { Locked__c: true } } },
    );
    assert.deepEqual(part(changed.data, 'uiapi.Bill__cUpdate'), {
      success: true,
      Record: { Locked__c: { value: true } },
    });
    const deleted = await app.graphql(
      'admin',
      'mutation Delete($input: RecordDeleteInput!) { uiapi { Bill__cDelete(input: $input) { Id } } }',
      { input: { Id } },
    );
    assert.deepEqual(part(deleted.data, 'uiapi.Bill__cDelete'), { Id });
    assert.equal(await countOf('changed'), 0);
  });

  it('refer to a record made earlier in the same mutation', async () => {
    const { data, errors } = await app.graphql(
      'admin',
      `mutation Both($bill: Bill__cCreateInput!, $line: Bill_Line_Item__cCreateInput!) { uiapi {
        parent: Bill__cCreate(input: $bill) { Record { Id } }
        Bill_Line_Item__cCreate(input: $line) { Record { Bill__c { value } } } } }`,
      {
        bill: bill('parent'),
        line: { Bill_Line_Item__c: { Name: 'Line', Line_Item_Key__c: 'child', Bill__c: '@{parent}' } },
      },
    );
    assert.deepEqual(errors, []);
    const parent = part<string>(data, 'uiapi.parent.Record.Id');
    assert.equal(part(data, 'uiapi.Bill_Line_Item__cCreate.Record.Bill__c.value'), parent);
    assert.match(parent, /^[0-9A-Za-z]{18}$/);
  });

  it('undo everything when one operation fails', async () => {
    const { data, errors } = await app.graphql(
      'admin',
      `mutation Both($good: Bill__cCreateInput!, $bad: Bill__cCreateInput!) { uiapi {
        good: Bill__cCreate(input: $good) { Record { Id } }
        bad: Bill__cCreate(input: $bad) { Record { Id } }
        late: Bill__cCreate(input: $good) { Record { Id } } } }`,
      { good: bill('good'), bad: bill('bad', { Purchase_Order_Number__c: 'x'.repeat(300) }) },
    );
    assert.deepEqual(data, { uiapi: { good: null, bad: null, late: null } });
    assert.deepEqual(
      errors.map(({ path, extensions }) => [path[1], extensions.errorCode]),
      [
        ['bad', 'STRING_TOO_LONG'],
        ['late', 'ALL_OR_NONE_OPERATION_ROLLED_BACK'],
        ['good', 'ALL_OR_NONE_OPERATION_ROLLED_BACK'],
      ],
    );
    assert.equal(await countOf('good'), 0);
  });

  it('keep what succeeds when allOrNone is false', async () => {
    const { data, errors } = await app.graphql(
      'admin',
      `mutation Both($bad: Bill__cCreateInput!, $good: Bill__cCreateInput!) { uiapi(input: { allOrNone: false }) {
        bad: Bill__cCreate(input: $bad) { success }
        good: Bill__cCreate(input: $good) { success } } }`,
      { good: bill('kept'), bad: bill('refused', { Sync_State__c: 'Odd' }) },
    );
    assert.deepEqual(data, { uiapi: { bad: null, good: { success: true } } });
    assert.equal(errors[0]?.extensions.errorCode, 'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST');
    assert.equal(await countOf('kept'), 1);
    assert.equal(await countOf('refused'), 0);
  });

  it('refuse an older version with the message of the validation rule', async () => {
    const created = await app.graphql('admin', CREATE, { input: bill('versioned', { Source_Version__c: 5 }) });
    const Id = part<string>(created.data, 'uiapi.Bill__cCreate.Record.Id');
    const { errors } = await app.graphql(
      'admin',
      'mutation Old($input: Bill__cUpdateInput!) { uiapi { Bill__cUpdate(input: $input) { success } } }',
      { input: { Id, Bill__c: { Source_Version__c: 4 } } },
    );
    assert.equal(errors[0]?.extensions.errorCode, 'FIELD_CUSTOM_VALIDATION_EXCEPTION');
  });

  it('do not exist for objects that the user may not write', async () => {
    const { errors } = await app.graphql(
      'finance',
      `mutation { uiapi { Bill__cUpdate(input: { Id: "${app.billId}", Bill__c: {} }) { success } } }`,
    );
    assert.ok(errors.every(({ extensions }) => extensions.ErrorType === 'ValidationError'));
    assert.match(errors[0]!.message, /Field 'Bill__cUpdate' in type 'UIAPIMutations' is undefined/);
  });
});

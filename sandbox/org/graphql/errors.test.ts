import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { makeTestApp, part } from '../uiapi/testApp.ts';
import type { TestApp } from '../uiapi/testApp.ts';

let app: TestApp;
before(async () => {
  app = await makeTestApp();
});
after(() => app.close());

const typeOf = async (query: string, alias: 'admin' | 'finance' | 'viewer' = 'finance') => {
  const answer = await app.graphql(alias, query);
  return answer.errors.map(({ extensions }) => extensions.ErrorType);
};

describe('GraphQL errors and access', () => {
  it('are answered with 200 in the documented shape', async () => {
    const { status, body } = await app.call('finance', 'POST', '/graphql', {
      query: '{ uiapi { query { Bill__c { edges { node { Nope__c { value } } } } } } }',
    });
    assert.equal(status, 200);
    assert.deepEqual(body, {
      data: null,
      errors: [
        {
          message:
            "Validation error (FieldUndefined@[uiapi/query/Bill__c/edges/node/Nope__c]) : Field 'Nope__c' in type " +
            "'Bill__c' is undefined",
          locations: [{ line: 1, column: 44 }],
          path: [],
          extensions: { ErrorType: 'ValidationError' },
        },
      ],
    });
  });

  it('tell syntax, validation, operation and data errors apart', async () => {
    assert.deepEqual(await typeOf('{ uiapi {'), ['InvalidSyntax']);
    assert.deepEqual(await typeOf('{ uiapi { query { Bill__c(first: "1") { totalCount } } } }'), ['ValidationError']);
    assert.deepEqual(await typeOf('query A { __typename } query B { __typename }'), ['OperationNotSupported']);
    const path = await app.graphql('finance', '{ uiapi { query { Bill__c(first: 2001) { edges { cursor } } } } }');
    assert.equal(path.errors[0]?.extensions.ErrorType, 'DataFetchingException');
    assert.deepEqual(path.errors[0].path, ['uiapi', 'query', 'Bill__c', 'edges']);
  });

  it('refuse cursors from elsewhere and pages beyond the offset limit', async () => {
    const page = (after: string) =>
      app.graphql('finance', `{ uiapi { query { Bill__c(after: "${after}") { edges { cursor } } } } }`);
    assert.equal((await page('abc')).errors[0]?.extensions.errorCode, 'INVALID_CURSOR');
    const beyond = Buffer.from('v1:2001').toString('base64');
    assert.equal((await page(beyond)).errors[0]?.extensions.errorCode, 'NUMBER_OUTSIDE_VALID_RANGE');
  });

  it('refuse page sizes outside the documented range', async () => {
    for (const args of ['first: 0', 'first: 2001', 'first: 100, upperBound: 1000', 'first: 500, upperBound: 300']) {
      const answer = await app.graphql('finance', `{ uiapi { query { Bill__c(${args}) { edges { cursor } } } } }`);
      assert.equal(answer.errors[0]?.extensions.errorCode, 'INVALID_PAGING_ARGUMENT', args);
    }
  });

  it('refuse more than ten subqueries', async () => {
    const eleven = Array.from({ length: 11 }, (_, index) => `b${index}: Bill__c { totalCount }`).join(' ');
    assert.deepEqual(await typeOf(`{ uiapi { query { ${eleven} } } }`), ['ValidationError']);
  });

  it('refuse parents more than five levels up, and more than 55 of them', async () => {
    const up = (levels: number): string =>
      `{ uiapi { query { Account(first: 1) { edges { node { ${'Parent { '.repeat(levels)} Id ${'}'.repeat(levels)} } } } } } }`;
    assert.deepEqual(await typeOf(up(5)), []);
    assert.deepEqual(await typeOf(up(6)), ['ValidationError']);
    const many = (count: number): string => {
      const parents = Array.from({ length: count }, (_, index) => `p${index}: Parent { Id }`).join(' ');
      return `{ uiapi { query { Account(first: 1) { edges { node { ${parents} } } } } } }`;
    };
    assert.deepEqual(await typeOf(many(55)), []);
    assert.deepEqual(await typeOf(many(56)), ['ValidationError']);
  });

  it('hide objects and fields that the user may not read', async () => {
    assert.deepEqual(await typeOf('{ uiapi { query { Bill__c { totalCount } } } }', 'viewer'), ['ValidationError']);
    const account = '{ uiapi { query { Account { edges { node { M3ter_Account_Id__c { value } } } } } } }';
    assert.deepEqual(await typeOf(account, 'viewer'), ['ValidationError']);
    assert.deepEqual(await typeOf(account, 'finance'), []);
  });

  it('leave out optional fields that the user may not read', async () => {
    const answer = await app.graphql(
      'viewer',
      `{ uiapi { query { Account { edges { node {
        Name { value } M3ter_Account_Id__c @optional { value } Bills__r @optional { totalCount } } } } } } }`,
    );
    assert.deepEqual(answer.errors, []);
    assert.deepEqual(part(answer.data, 'uiapi.query.Account.edges'), [{ node: { Name: { value: 'Acme' } } }]);
  });

  it('answer bodies that hold no query with 400', async () => {
    for (const body of ['{', '{}', '{"query": ""}', '{"query": "{ __typename }", "variables": []}']) {
      const { status, body: errors } = await app.call<Array<{ errorCode: string }>>(
        'finance',
        'POST',
        '/graphql',
        body,
      );
      assert.equal(status, 400, body);
      assert.equal(errors[0]?.errorCode, 'JSON_PARSER_ERROR');
    }
  });
});

describe('GraphQL schema', () => {
  it('can be introspected', async () => {
    const answer = await app.graphql('finance', '{ __type(name: "Bill__c") { fields { name type { name } } } }');
    const fields = part<Array<{ name: string; type: { name: string } }>>(answer.data, '__type.fields');
    const typeOfField = (name: string) => fields.find((field) => field.name === name)?.type.name;
    assert.equal(typeOfField('Status__c'), 'PicklistValue');
    assert.equal(typeOfField('Bill_Total__c'), 'DoubleValue');
    assert.equal(typeOfField('Account__r'), 'Account');
    assert.equal(typeOfField('Line_Items__r'), 'Bill_Line_Item__cConnection');
  });

  it('describes objects with what the user may do', async () => {
    const query = `{ uiapi { objectInfos(apiNames: ["Bill__c"]) { ApiName label updateable
      fields { ApiName updateable ... on PicklistField {
        picklistValuesByRecordTypeIDs { recordTypeID picklistValues { label value } } } } } } }`;
    const info = async (alias: 'finance' | 'admin') =>
      part<{ updateable: boolean; fields: Array<{ ApiName: string }> }>(
        (await app.graphql(alias, query)).data,
        'uiapi.objectInfos.0',
      );
    const finance = await info('finance');
    const admin = await info('admin');
    assert.deepEqual([finance.updateable, admin.updateable], [false, true]);
    const status = finance.fields.find(({ ApiName }) => ApiName === 'Status__c');
    assert.deepEqual(status, {
      ApiName: 'Status__c',
      updateable: false,
      picklistValuesByRecordTypeIDs: [
        {
          recordTypeID: '012000000000000AAA',
          picklistValues: [
            { label: 'Pending', value: 'PENDING' },
            { label: 'Approved', value: 'APPROVED' },
          ],
        },
      ],
    });
  });

  it('describes only the fields asked for, with record types, theme and references', async () => {
    const { data, errors } = await app.graphql(
      'finance',
      `{ uiapi { objectInfos(objectInfoInputs: [{ apiName: "Bill__c", fieldNames: ["Account__c", "OwnerId"] }]) {
        recordTypeInfos { recordTypeId master } themeInfo { color } dependentFields { controllingField }
        childRelationships { relationshipName junctionReferenceTo }
        fields { ApiName compound controllingFields referenceToInfos { ApiName nameFields } } } } }`,
    );
    assert.deepEqual(errors, []);
    const info = part<Record<string, unknown>>(data, 'uiapi.objectInfos.0');
    assert.deepEqual(info['recordTypeInfos'], [{ recordTypeId: '012000000000000AAA', master: true }]);
    assert.deepEqual((info['fields'] as Array<{ ApiName: string }>).map(({ ApiName }) => ApiName).toSorted(), [
      'Account__c',
      'OwnerId',
    ]);
    assert.deepEqual(part(info, 'fields.0.referenceToInfos'), [{ ApiName: 'Account', nameFields: ['Name'] }]);
  });
});

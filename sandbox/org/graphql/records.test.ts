import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import Big from 'big.js';
import { BILL_COUNT, makeTestApp, part } from '../uiapi/testApp.ts';
import type { TestApp, TestConnection } from '../uiapi/testApp.ts';

const BILLS = 'uiapi.query.Bill__c';

let app: TestApp;
before(async () => {
  app = await makeTestApp();
});
after(() => app.close());

const names = ({ edges }: TestConnection): string[] => edges.map(({ node }) => part(node, 'Name.value'));

/** Runs a query on Bills and returns its connection. */
async function bills(args: string, selection = 'edges { node { Name { value } } }') {
  const answer = await app.graphql('finance', `{ uiapi { query { Bill__c(${args}) { ${selection} } } } }`);
  assert.deepEqual(answer.errors, []);
  return part<TestConnection>(answer.data, BILLS);
}

describe('GraphQL record queries', () => {
  it('give the first 10 records unless told otherwise', async () => {
    const found = await bills(
      'orderBy: { Name: { order: ASC } }',
      'edges { node { Name { value } } } totalCount pageResultCount pageInfo { hasNextPage hasPreviousPage }',
    );
    assert.equal(found.edges.length, 10);
    assert.equal(found.totalCount, BILL_COUNT);
    assert.equal(found.pageResultCount, 10);
    assert.deepEqual(found.pageInfo, { hasNextPage: true, hasPreviousPage: false });
  });

  it('page by cursor through every record once', async () => {
    const query = `query Page($after: String) { uiapi { query {
      Bill__c(first: 200, after: $after, orderBy: { Status__c: { order: DESC } }) {
        edges { node { Id } } pageInfo { hasNextPage endCursor } } } } }`;
    const seen = new Set<string>();
    let pages = 0;
    let cursor: string | null = null;
    do {
      const answer = await app.graphql('finance', query, { after: cursor });
      const page = part<TestConnection<{ Id: string }>>(answer.data, BILLS);
      page.edges.forEach(({ node }) => seen.add(node.Id));
      pages += 1;
      cursor = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
    } while (cursor !== null);
    assert.equal(pages, 6);
    assert.equal(seen.size, BILL_COUNT);
  });

  it('page with an upper bound and stop at it', async () => {
    const order = 'orderBy: { Name: { order: ASC } }';
    const selection = 'edges { node { Name { value } } } pageInfo { hasNextPage endCursor }';
    const first = await bills(`${order}, first: 200, upperBound: 300`, selection);
    assert.equal(first.pageInfo.hasNextPage, true);
    const second = await bills(
      `${order}, first: 200, upperBound: 300, after: "${first.pageInfo.endCursor}"`,
      selection,
    );
    assert.equal(second.edges.length, 100);
    assert.equal(names(second)[0], 'BILL-0200');
    assert.equal(second.pageInfo.hasNextPage, false);
  });

  it('go on behind the cursor of any edge', async () => {
    const first = await bills(
      'first: 3, orderBy: { Name: { order: ASC } }',
      'edges { cursor node { Name { value } } }',
    );
    const next = await bills(`first: 1, orderBy: { Name: { order: ASC } }, after: "${first.edges[1]?.cursor}"`);
    assert.deepEqual(names(next), ['BILL-0002']);
  });

  it('sort by several fields in the order of the request, also from a variable', async () => {
    const query = `query Sorted($orderBy: Bill__c_OrderBy) {
      uiapi { query { Bill__c(first: 2, orderBy: $orderBy) { edges { node { Name { value } } } } } } }`;
    // The schema lists Bill_Date__c and Name the other way round than one of the two orders below.
    const byDate = await app.graphql('finance', query, {
      orderBy: { Bill_Date__c: { order: 'DESC' }, Name: { order: 'DESC' } },
    });
    assert.deepEqual(names(part(byDate.data, BILLS)), ['BILL-1049', 'BILL-1047']);
    const byName = await app.graphql('finance', query, {
      orderBy: { Name: { order: 'DESC' }, Bill_Date__c: { order: 'DESC' } },
    });
    assert.deepEqual(names(part(byName.data, BILLS)), ['BILL-1049', 'BILL-1048']);
  });

  it('sort empty values to the side that was asked for, also of a parent', async () => {
    const first = await bills('first: 1, orderBy: { Account__r: { Name: { nulls: LAST } }, Name: {} }');
    assert.deepEqual(names(first), ['BILL-0000']);
    const empty = await bills('first: 1, orderBy: { Account__r: { Name: {} }, Name: {} }');
    assert.deepEqual(names(empty), ['BILL-0100']);
  });

  it('filter with typed variables, exactly', async () => {
    const query = `query Some($where: Bill__c_Filter) {
      uiapi { query { Bill__c(where: $where) { totalCount } } } }`;
    const count = async (where: unknown) => {
      const answer = await app.graphql('finance', query, { where });
      assert.deepEqual(answer.errors, []);
      return part<number>(answer.data, `${BILLS}.totalCount`);
    };
    assert.equal(await count({ Bill_Total__c: { gte: new Big('1049.0001') } }), 1);
    assert.equal(await count({ Bill_Total__c: { gt: new Big('1049.0001') } }), 0);
    assert.equal(await count({ Name: { like: 'BILL-00%' }, Status__c: { eq: 'APPROVED' } }), 34);
    assert.equal(await count({ or: [{ Name: { eq: 'bill-0001' } }, { Name: { in: ['BILL-0002', 'none'] } }] }), 2);
    assert.equal(await count({ not: { Account__c: { eq: null } } }), 100);
    assert.equal(await count({ Account__r: { Name: { eq: 'Acme' } } }), 100);
    assert.equal(await count({ Bill_Date__c: { eq: { literal: 'THIS_MONTH' } } }), BILL_COUNT / 2);
    assert.equal(await count({ Id: { inq: { Bill_Line_Item__c: {}, ApiName: 'Bill__c' } } }), 1);
  });

  it('show values exactly, and as the user reads them', async () => {
    const found = await bills(
      'where: { Name: { eq: "BILL-1049" } }',
      `edges { node { Id ApiName DisplayValue Bill_Total__c { value displayValue }
        Status__c { value label displayValue } Bill_Date__c { value displayValue }
        Locked__c { value displayValue } CreatedDate { value } } }`,
    );
    const { Id, CreatedDate, ...node } = found.edges[0]!.node;
    assert.match(Id as string, /^[0-9A-Za-z]{18}$/);
    assert.deepEqual(CreatedDate, { value: '2026-11-22T18:00:00.000Z' });
    assert.deepEqual(node, {
      ApiName: 'Bill__c',
      DisplayValue: 'BILL-1049',
      Bill_Total__c: { value: new Big('1049.0001'), displayValue: '1,049.0001' },
      Status__c: { value: 'PENDING', label: 'Pending', displayValue: 'Pending' },
      Bill_Date__c: { value: '2026-11-01', displayValue: '11/1/2026' },
      Locked__c: { value: false, displayValue: null },
    });
  });

  it('nest parents and children', async () => {
    const found = await bills(
      'where: { Name: { eq: "BILL-0000" } }',
      `edges { node { Line_Items_Written__c { value } Account__r { Name { value } Bills__r(first: 1) { totalCount } }
        Line_Items__r(first: 2, orderBy: { Position__c: { order: ASC } }) {
          totalCount pageInfo { hasNextPage endCursor } edges { node { Name { value } Subtotal__c { value } } } } } }`,
    );
    const { node } = found.edges[0]!;
    const lines = part<TestConnection>(node, 'Line_Items__r');
    assert.deepEqual(node['Account__r'], { Name: { value: 'Acme' }, Bills__r: { totalCount: 100 } });
    assert.deepEqual(node['Line_Items_Written__c'], { value: 3 });
    assert.equal(lines.totalCount, 3);
    assert.equal(lines.pageInfo.hasNextPage, true);
    assert.deepEqual(lines.edges, [
      { node: { Name: { value: 'Line 1' }, Subtotal__c: { value: new Big('1.000001') } } },
      { node: { Name: { value: 'Line 2' }, Subtotal__c: { value: new Big('2.000001') } } },
    ]);
  });

  it('page children below one parent, and refuse to below several', async () => {
    const children = `edges { node { Line_Items__r(first: 2, after: "djE6Mg==", orderBy: { Position__c: {} }) {
      edges { node { Name { value } } } } } }`;
    const one = await bills('where: { Name: { eq: "BILL-0000" } }', children);
    assert.deepEqual(names(part(one, 'edges.0.node.Line_Items__r')), ['Line 3']);
    const several = await app.graphql('finance', `{ uiapi { query { Bill__c(first: 2) { ${children} } } } }`);
    assert.equal(several.errors[0]?.extensions.errorCode, 'INVALID_PAGING_ARGUMENT');
  });

  it('show the owner of a custom object by its kind, which may be a queue', async () => {
    const found = await bills(
      'first: 1, where: { Owner: { User: { Username: { like: "admin%" } } } }',
      'totalCount edges { node { Owner { ... on User { Name { value } } ... on Group { Type { value } } } } }',
    );
    assert.equal(found.totalCount, BILL_COUNT);
    assert.deepEqual(found.edges, [{ node: { Owner: { Name: { value: 'Ada Admin' } } } }]);
    const queued = await bills('where: { Owner: { Group: { Name: { like: "%" } } } }', 'totalCount');
    assert.equal(queued.totalCount, 0);
    const plain = await app.graphql(
      'finance',
      '{ uiapi { query { Bill__c { edges { node { Owner { Name { value } } } } } } } }',
    );
    assert.equal(plain.errors[0]?.extensions.ErrorType, 'ValidationError');
  });

  it('give the record of the user who asks', async () => {
    const answer = await app.graphql('finance', '{ uiapi { currentUser { Id Name { value } } } }');
    const finance = app.org.users.find(({ alias }) => alias === 'finance');
    assert.deepEqual(part(answer.data, 'uiapi.currentUser'), { Id: finance?.id, Name: { value: finance?.name } });
  });

  it('give null for an empty lookup', async () => {
    const found = await bills(
      'where: { Name: { eq: "BILL-0200" } }',
      'edges { node { Account__r { Name { value } } } }',
    );
    assert.deepEqual(found.edges, [{ node: { Account__r: null } }]);
  });

  it('keep to the records of the user in scope MINE', async () => {
    const query = '{ uiapi { query { Bill__c(scope: MINE) { totalCount } } } }';
    const count = async (alias: 'admin' | 'finance') =>
      part((await app.graphql(alias, query)).data, `${BILLS}.totalCount`);
    assert.deepEqual([await count('admin'), await count('finance')], [BILL_COUNT, 0]);
  });

  it('open fragments and aliases', async () => {
    const answer = await app.graphql(
      'finance',
      `query Named { uiapi { query { some: Bill__c(first: 1, where: { Name: { eq: "BILL-0001" } }) {
        edges { node { ...Head } } } } } }
       fragment Head on Bill__c { reference: Name { value } }`,
    );
    assert.deepEqual(part(answer.data, 'uiapi.query.some.edges'), [{ node: { reference: { value: 'BILL-0001' } } }]);
  });
});

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import Big from 'big.js';
import { BILL_COUNT, makeTestApp, part } from '../uiapi/testApp.ts';
import type { TestApp, TestConnection } from '../uiapi/testApp.ts';

let app: TestApp;
before(async () => {
  app = await makeTestApp();
});
after(() => app.close());

async function groups(args: string, selection: string) {
  const answer = await app.graphql(
    'finance',
    `{ uiapi { aggregate { Bill__c${args} { totalCount edges { node { aggregate { ${selection} } } } } } } }`,
  );
  assert.deepEqual(answer.errors, []);
  const { totalCount, edges } = part<TestConnection>(answer.data, 'uiapi.aggregate.Bill__c');
  return { totalCount, rows: edges.map(({ node }) => node['aggregate']) };
}

describe('GraphQL aggregate queries', () => {
  it('aggregate all records exactly', async () => {
    const { totalCount, rows } = await groups(
      '',
      `Id { count { value } } Bill_Total__c { sum { value displayValue } avg { value } min { value } max { value } }
       Bill_Date__c { min { value } countDistinct { value } }`,
    );
    assert.equal(totalCount, 1);
    assert.deepEqual(rows, [
      {
        Id: { count: { value: BILL_COUNT } },
        Bill_Total__c: {
          sum: { value: new Big('550725.105'), displayValue: '550,725.1050' },
          avg: { value: new Big('524.5001') },
          min: { value: new Big('0.0001') },
          max: { value: new Big('1049.0001') },
        },
        Bill_Date__c: { min: { value: '2026-10-31' }, countDistinct: { value: 2 } },
      },
    ]);
  });

  it('group, order and filter', async () => {
    const { totalCount, rows } = await groups(
      `(where: { Account__c: { ne: null } }, groupBy: { Status__c: { group: true } },
        orderBy: { Id: { function: COUNT, order: DESC } })`,
      'Status__c { value label } Id { count { value } }',
    );
    assert.equal(totalCount, 2);
    assert.deepEqual(rows, [
      { Status__c: { value: 'PENDING', label: 'Pending' }, Id: { count: { value: 66 } } },
      { Status__c: { value: 'APPROVED', label: 'Approved' }, Id: { count: { value: 34 } } },
    ]);
  });

  it('group by a parent and by a part of a date', async () => {
    const { rows } = await groups(
      `(groupBy: { Account__r: { Name: { group: true } }, Bill_Date__c: { function: CALENDAR_MONTH } }, first: 2,
        orderBy: { Account__r: { Name: { nulls: LAST } } })`,
      'Account__r { Name { value } } Bill_Date__c { calendarMonth { value } } Id { count { value } }',
    );
    assert.deepEqual(
      rows.map((row) => [part(row, 'Account__r.Name.value'), part(row, 'Id.count.value')]),
      [
        ['Acme', 50],
        ['Acme', 50],
      ],
    );
    const months = rows.map((row) => part<number>(row, 'Bill_Date__c.calendarMonth.value'));
    assert.deepEqual(months.toSorted(), [10, 11]);
  });

  it('roll up with a grand total, and tell which rows total over which field', async () => {
    const { totalCount, rows } = await groups(
      '(groupBy: { type: ROLLUP, Status__c: { group: true }, Bill_Date__c: { group: true } })',
      'Status__c { value grouping { value } } Bill_Date__c { value grouping { value } } Id { count { value } }',
    );
    assert.equal(totalCount, 7);
    const total = rows.find((row) => part(row, 'Status__c.grouping.value') === 1);
    assert.deepEqual(total, {
      Status__c: { value: null, grouping: { value: 1 } },
      Bill_Date__c: { value: null, grouping: { value: 1 } },
      Id: { count: { value: BILL_COUNT } },
    });
    const ofPending = rows.find(
      (row) => part(row, 'Status__c.value') === 'PENDING' && part(row, 'Bill_Date__c.grouping.value') === 1,
    );
    assert.equal(part(ofPending, 'Id.count.value'), (BILL_COUNT * 2) / 3);
  });

  it('cube over every combination of the groups', async () => {
    const { totalCount } = await groups(
      '(groupBy: { type: CUBE, Status__c: { group: true }, Bill_Date__c: { group: true } })',
      'Id { count { value } }',
    );
    assert.equal(totalCount, 9);
  });

  it('refuse a value that is neither grouped nor aggregated', async () => {
    const ungrouped = await app.graphql(
      'finance',
      `{ uiapi { aggregate { Bill__c(groupBy: { Name: { group: true } }) {
        edges { node { aggregate { Status__c { value } } } } } } } }`,
    );
    assert.match(ungrouped.errors[0]!.message, /must be grouped or aggregated/);
  });
});

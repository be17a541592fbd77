import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { stringifyExact } from '../../shared/exactJson.ts';
import { openCursor, query } from './query.ts';
import { makeTestOrg } from './testOrg.ts';

const test = makeTestOrg();
/** Noon in Greenwich, 1 a.m. of the next day in Auckland. */
const NOON = '2026-12-31T12:00:00.000Z';
const bills: Array<Parameters<typeof test.insert>[1]> = [
  {
    Name: 'A',
    Status__c: 'PENDING',
    Locked__c: 0,
    Total__c: 12_345_000n,
    Bill_Date__c: '2026-03-08',
    Sent_At__c: NOON,
  },
  { Name: 'B', Status__c: 'PENDING', Locked__c: 1, Total__c: 5_000n, Bill_Date__c: '2026-12-31', Sent_At__c: NOON },
  { Name: 'C', Status__c: 'APPROVED', Locked__c: 0, Total__c: 10_000n },
];
bills.forEach((bill, index) => test.insert('Bill__c', { Id: `a0100000000000${index}AAA`, ...bill }));
const auckland = { ...test.admin, timeZone: 'Pacific/Auckland', locale: 'de_DE' };

function rows(soql: string, user = test.admin): Array<Record<string, unknown>> {
  const records = JSON.parse(stringifyExact(query(test.org, user, soql).records)) as Array<Record<string, unknown>>;
  return records.map(({ attributes: _, ...fields }) => fields);
}

describe('subtotals', () => {
  it('follow their groups with ROLLUP, the grand total last', () => {
    const soql =
      'SELECT Status__c, Locked__c, GROUPING(Locked__c) sub, COUNT(Id) n FROM Bill__c GROUP BY ROLLUP(Status__c, Locked__c)';
    assert.deepEqual(
      rows(soql).map((row) => Object.values(row)),
      [
        ['APPROVED', false, 0, 1],
        ['APPROVED', null, 1, 1],
        ['PENDING', false, 0, 1],
        ['PENDING', true, 0, 1],
        ['PENDING', null, 1, 2],
        [null, null, 1, 3],
      ],
    );
  });

  it('are one row each also where nothing is aggregated', () => {
    const soql = 'SELECT Status__c, GROUPING(Status__c) sub FROM Bill__c GROUP BY ROLLUP(Status__c)';
    assert.deepEqual(
      rows(soql).map((row) => Object.values(row)),
      [
        ['APPROVED', 0],
        ['PENDING', 0],
        [null, 1],
      ],
    );
  });

  it('are made for every combination with CUBE, and sorted and limited together', () => {
    const soql =
      'SELECT GROUPING(Status__c) s, GROUPING(Locked__c) l, SUM(Total__c) t FROM Bill__c ' +
      'GROUP BY CUBE(Status__c, Locked__c) HAVING COUNT(Id) > 1 ORDER BY SUM(Total__c) DESC LIMIT 3';
    assert.deepEqual(rows(soql), [
      { s: 1, l: 1, t: 1236 },
      { s: 1, l: 0, t: 1235.5 },
      { s: 0, l: 1, t: 1235 },
    ]);
  });
});

describe('date functions', () => {
  it('are in UTC, and of convertTimezone in the time zone of the user', () => {
    const soql = (field: string): string =>
      `SELECT DAY_ONLY(${field}) day, HOUR_IN_DAY(${field}) hour FROM Bill__c WHERE Sent_At__c != null ` +
      `GROUP BY DAY_ONLY(${field}), HOUR_IN_DAY(${field})`;
    assert.deepEqual(rows(soql('Sent_At__c'), auckland), [{ day: '2026-12-31', hour: 12 }]);
    assert.deepEqual(rows(soql('convertTimezone(Sent_At__c)'), auckland), [{ day: '2027-01-01', hour: 1 }]);
  });

  it('count weeks from the first day of the month and the year', () => {
    const soql =
      'SELECT WEEK_IN_MONTH(Bill_Date__c) m, WEEK_IN_YEAR(Bill_Date__c) y, FISCAL_QUARTER(Bill_Date__c) q FROM Bill__c ' +
      'WHERE Bill_Date__c != null GROUP BY WEEK_IN_MONTH(Bill_Date__c), WEEK_IN_YEAR(Bill_Date__c), FISCAL_QUARTER(Bill_Date__c)';
    assert.deepEqual(rows(soql), [
      { m: 2, y: 10, q: 1 },
      { m: 5, y: 53, q: 4 },
    ]);
  });
});

describe('FORMAT and toLabel', () => {
  it("write fields and aggregates in the user's locale", () => {
    const soql = "SELECT FORMAT(Total__c), Bill_Date__c, FORMAT(Sent_At__c) sent FROM Bill__c WHERE Name = 'A'";
    assert.deepEqual(rows(soql, auckland), [
      { Total__c: '1.234,5000', Bill_Date__c: '2026-03-08', sent: '1.1.2027, 1:00' },
    ]);
    assert.deepEqual(rows('SELECT FORMAT(MAX(Bill_Date__c)) latest, FORMAT(SUM(Total__c)) FROM Bill__c'), [
      { latest: '12/31/2026', expr0: '1,236.0000' },
    ]);
  });

  it('give and compare labels of picklists', () => {
    const soql =
      "SELECT toLabel(Status__c) shown, Status__c FROM Bill__c WHERE toLabel(Status__c) LIKE 'approved l%' ORDER BY Name";
    assert.deepEqual(rows(soql), [{ shown: 'APPROVED label', Status__c: 'APPROVED' }]);
    assert.deepEqual(rows('SELECT toLabel(Status__c), COUNT(Id) FROM Bill__c GROUP BY Status__c'), [
      { Status__c: 'APPROVED label', expr0: 1 },
      { Status__c: 'PENDING label', expr0: 2 },
    ]);
  });
});

describe('case', () => {
  const cased = makeTestOrg();
  ['Müller', 'MÜLLER GmbH', 'Muller'].forEach((Name, n) =>
    cased.insert('Bill__c', { Id: `a0100000000000${n}AAA`, Name, Code__c: ['aB_1', 'AB*1', 'x[y'][n]! }),
  );
  const found = (condition: string): unknown[] =>
    query(cased.org, cased.admin, `SELECT Name FROM Bill__c WHERE ${condition} ORDER BY Id`).records.map(
      ({ Name }) => Name,
    );

  it('is ignored in texts, for letters of any alphabet', () => {
    assert.deepEqual(found("Name = 'MÜLLER'"), ['Müller']);
    assert.deepEqual(found("Name IN ('müller gmbh', 'MULLER')"), ['MÜLLER GmbH', 'Muller']);
    assert.deepEqual(found("Name LIKE 'mÜll%'"), ['Müller', 'MÜLLER GmbH']);
    assert.deepEqual(found("Name != 'müller'"), ['MÜLLER GmbH', 'Muller']);
  });

  it('counts in unique fields that heed it, also with LIKE', () => {
    assert.deepEqual(found("Code__c = 'ab_1'"), []);
    assert.deepEqual(found("Code__c LIKE 'a%'"), ['Müller']);
    assert.deepEqual(found("Code__c LIKE '_B_1'"), ['Müller', 'MÜLLER GmbH']);
    assert.deepEqual(found("Code__c LIKE '%\\_1'"), ['Müller']);
    assert.deepEqual(found("Code__c LIKE '%*%'"), ['MÜLLER GmbH']);
    assert.deepEqual(found("Code__c LIKE 'x[%'"), ['Muller']);
  });
});

describe('TYPEOF', () => {
  it('answers the fields for the object that a lookup refers to, or those of ELSE', () => {
    const one = makeTestOrg();
    one.insert('Account', { Id: '001000000000001AAA', Name: 'Acme', Active__c: 1 });
    one.insert('Bill__c', { Id: 'a01000000000001AAA', Account__c: '001000000000001AAA' });
    const account = (branches: string): unknown => {
      const { records } = query(one.org, one.admin, `SELECT TYPEOF Account__r ${branches} END FROM Bill__c`);
      return JSON.parse(stringifyExact(records[0]?.['Account__r']));
    };
    const attributes = { type: 'Account', url: '/services/data/v67.0/sobjects/Account/001000000000001AAA' };
    assert.deepEqual(account('WHEN Account THEN Name, Active__c WHEN Line__c THEN Id'), {
      attributes,
      Name: 'Acme',
      Active__c: true,
    });
    assert.deepEqual(account('WHEN Line__c THEN Id ELSE Name'), { attributes, Name: 'Acme' });
    assert.deepEqual(account('WHEN Line__c THEN Id'), { attributes });
    assert.throws(() => account('WHEN Nope THEN Id'), { errorCode: 'INVALID_TYPE' });
  });
});

describe('a cursor', () => {
  it('reads pages in the order of the query, as the records are then', () => {
    const many = makeTestOrg();
    for (let n = 0; n < 450; n += 1) {
      many.insert('Account', { Id: `001${String(n).padStart(12, '0')}AAA`, Name: `A${String(999 - n)}` });
    }
    const cursor = openCursor(
      many.org,
      many.admin,
      'SELECT Name FROM Account WHERE Name != null ORDER BY Name LIMIT 420',
    );
    many.org.sql.exec("DELETE FROM Account WHERE Name = 'A552'; UPDATE Account SET Active__c = 1 WHERE Name = 'A553'");
    const page = (start: number): unknown[] => cursor.page(start, 200).map(({ Name }) => Name);
    assert.deepEqual(
      [cursor.totalSize, page(0)[0], page(0).length, page(200).length, page(400).length],
      [420, 'A550', 199, 200, 20],
    );
    const count = openCursor(many.org, many.admin, 'SELECT COUNT() FROM Account');
    assert.deepEqual([count.totalSize, count.recordCount, count.page(0, 10)], [449, 0, []]);
    assert.throws(() => openCursor(many.org, many.admin, 'SELECT Nope FROM Account'), /ERROR at Row:1:Column:8/);
  });
});

describe('governor-like limits', () => {
  it('refuse more than 2,000 groups, which do not come in pages', () => {
    const many = makeTestOrg();
    for (let n = 0; n < 2001; n += 1)
      many.insert('Account', { Id: `001${String(n).padStart(12, '0')}AAA`, Name: `A${n}` });
    const groups = 'SELECT Name, COUNT(Id) FROM Account GROUP BY Name';
    assert.throws(() => query(many.org, many.admin, groups), { errorCode: 'EXCEEDED_ID_LIMIT' });
    assert.equal(query(many.org, many.admin, `${groups} LIMIT 2000`).totalSize, 2000);
  });
});

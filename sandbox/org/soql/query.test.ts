import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { stringifyExact } from '../../shared/exactJson.ts';
import { OrgError } from '../orgError.ts';
import { query } from './query.ts';
import { makeTestOrg } from './testOrg.ts';
import type { TestOrg } from './testOrg.ts';

const ACCOUNT_1 = '001000000000001AAA';
const ACCOUNT_2 = '001000000000002AAA';

function filledOrg(): TestOrg {
  const test = makeTestOrg();
  test.insert('Account', { Id: ACCOUNT_1, Name: "O'Neil Bikes", Active__c: 1 });
  test.insert('Account', { Id: ACCOUNT_2, Name: 'Zebra 50%', Active__c: 0 });
  const bill = (n: number, name: string, more: Parameters<TestOrg['insert']>[1]) =>
    test.insert('Bill__c', { Id: billId(n), Name: name, Locked__c: 0, ...more });
  bill(1, 'INV-1', {
    Account__c: ACCOUNT_1,
    Total__c: 123_456_789_012_345_678n,
    Version__c: 3,
    Bill_Date__c: '2026-11-22',
    Sent_At__c: '2026-11-22T10:30:00.000Z',
    Status__c: 'APPROVED',
    Kinds__c: 'A;C',
  });
  bill(2, 'INV-2', {
    Account__c: ACCOUNT_1,
    Total__c: -5_000n,
    Bill_Date__c: '2026-10-31',
    Sent_At__c: '2026-11-01T00:00:00.000Z',
    Status__c: 'PENDING',
    Kinds__c: 'B',
    Locked__c: 1,
  });
  bill(3, 'inv-3', { Account__c: ACCOUNT_2, Total__c: 10_001n, Bill_Date__c: '2025-12-31', Status__c: 'PENDING' });
  bill(4, 'INV-4', {});
  for (const [n, billNumber] of [1, 1, 1, 2].entries()) {
    const id = `a0200000000000${n}AAA`;
    test.insert('Line__c', {
      Id: id,
      Name: `Line ${n}`,
      Bill__c: billId(billNumber),
      Subtotal__c: BigInt(n) * 500_000n,
    });
  }
  return test;
}

function billId(n: number): string {
  return `a0100000000000${n}AAA`;
}

const { org, admin, viewer } = filledOrg();

function names(soql: string): unknown[] {
  return query(org, admin, soql).records.map((record) => record['Name']);
}

function where(condition: string): unknown[] {
  return names(`SELECT Name FROM Bill__c WHERE ${condition} ORDER BY Name`);
}

function json(soql: string): unknown {
  const text = stringifyExact(query(org, admin, soql).records);
  return JSON.parse(text.replaceAll(/"attributes":\{[^}]*\},?/g, '').replaceAll(',}', '}'));
}

function refusal(soql: string, user = admin): string {
  try {
    query(org, user, soql);
  } catch (error) {
    assert.ok(error instanceof OrgError, String(error));
    return `${error.errorCode}: ${error.message}`;
  }
  return 'no error';
}

describe('query', () => {
  it('answers records with their type, URL and the fields under their real names', () => {
    const result = query(org, admin, "select id, NAME, total__c from bill__c where name = 'inv-1'");
    assert.equal(result.objectName, 'Bill__c');
    assert.equal(result.totalSize, 1);
    assert.equal(
      stringifyExact(result.records),
      `[{"attributes":{"type":"Bill__c","url":"/services/data/v67.0/sobjects/Bill__c/${billId(1)}"},` +
        `"Id":"${billId(1)}","Name":"INV-1","Total__c":12345678901234.5678}]`,
    );
  });

  it('writes booleans, dates, datetimes and missing values as the REST API does', () => {
    assert.deepEqual(json("SELECT Locked__c, Bill_Date__c, Sent_At__c, Note__c FROM Bill__c WHERE Name = 'INV-2'"), [
      { Locked__c: true, Bill_Date__c: '2026-10-31', Sent_At__c: '2026-11-01T00:00:00.000+0000', Note__c: null },
    ]);
  });

  it('nests parents over several levels and gives null where there is none', () => {
    assert.deepEqual(
      json("SELECT l.Name, l.Bill__r.Name, Bill__r.Account__r.Name FROM Line__c l WHERE Name = 'Line 0'"),
      [{ Name: 'Line 0', Bill__r: { Name: 'INV-1', Account__r: { Name: "O'Neil Bikes" } } }],
    );
    assert.deepEqual(json("SELECT Account__r.Name FROM Bill__c WHERE Name = 'INV-4'"), [{ Account__r: null }]);
  });

  it('answers child subqueries with their own conditions, order and limit for each parent', () => {
    const soql =
      'SELECT Name, (SELECT Name FROM Line_Items__r WHERE Subtotal__c >= 0 ORDER BY Subtotal__c DESC LIMIT 2) ' +
      "FROM Bill__c WHERE Name LIKE 'INV-_' ORDER BY Name LIMIT 3";
    assert.deepEqual(json(soql), [
      { Name: 'INV-1', Line_Items__r: { totalSize: 2, done: true, records: [{ Name: 'Line 2' }, { Name: 'Line 1' }] } },
      { Name: 'INV-2', Line_Items__r: { totalSize: 1, done: true, records: [{ Name: 'Line 3' }] } },
      { Name: 'inv-3', Line_Items__r: null },
    ]);
  });

  it('shows the labels of picklist values with toLabel', () => {
    assert.deepEqual(json("SELECT toLabel(Kinds__c) FROM Bill__c WHERE Name = 'INV-1'"), [
      { Kinds__c: 'A label;C label' },
    ]);
  });

  it('sorts missing values first unless told otherwise, picklists by their list', () => {
    assert.deepEqual(names('SELECT Name FROM Bill__c ORDER BY Status__c, Name'), ['INV-4', 'INV-2', 'inv-3', 'INV-1']);
    assert.deepEqual(names('SELECT Name FROM Bill__c ORDER BY Total__c DESC'), ['INV-4', 'INV-1', 'inv-3', 'INV-2']);
    assert.deepEqual(
      names('SELECT Name FROM Bill__c ORDER BY Account__r.Name DESC NULLS LAST, Name LIMIT 2 OFFSET 1'),
      ['INV-1', 'INV-2'],
    );
  });

  it('expands FIELDS(ALL) to what the user may read, for at most 200 rows', () => {
    const [record] = query(org, viewer, 'SELECT FIELDS(ALL) FROM Bill__c LIMIT 1').records;
    assert.ok(record && 'Version__c' in record && !('Total__c' in record));
    assert.match(refusal('SELECT FIELDS(CUSTOM) FROM Bill__c'), /LIMIT of at most 200/);
  });
});

describe('conditions', () => {
  const cases: Array<[string, string[]]> = [
    ["Name = 'inv-3'", ['inv-3']],
    ["Account__r.Name = 'O\\'Neil Bikes'", ['INV-1', 'INV-2']],
    ["Account__r.Name LIKE 'zebra 50\\%'", ['inv-3']],
    ["Account__r.Name LIKE '%50\\_'", []],
    ["Status__c != 'PENDING'", ['INV-1', 'INV-4']],
    ["NOT Status__c = 'PENDING'", ['INV-1', 'INV-4']],
    ["(NOT (Status__c = 'PENDING' OR Total__c > 2)) AND Name != null", ['INV-4']],
    ["Name = 'INV-1' AND (Total__c < 0 OR Locked__c = FALSE)", ['INV-1']],
    ["Status__c IN ('APPROVED', null)", ['INV-1', 'INV-4']],
    ["Status__c NOT IN ('APPROVED')", ['INV-2', 'inv-3', 'INV-4']],
    ["Status__c = ''", ['INV-4']],
    ["Kinds__c INCLUDES ('A;C', 'B')", ['INV-1', 'INV-2']],
    ["Kinds__c = 'C;A'", ['INV-1']],
    ["Kinds__c = 'A'", []],
    ["Kinds__c EXCLUDES ('A')", ['INV-2', 'inv-3', 'INV-4']],
    ['Bill_Date__c = TODAY', ['INV-1']],
    ['Bill_Date__c = LAST_MONTH', ['INV-2']],
    ['Bill_Date__c < THIS_YEAR', ['inv-3']],
    ['Bill_Date__c >= LAST_N_DAYS:22', ['INV-1', 'INV-2']],
    ['Sent_At__c = THIS_MONTH', ['INV-1', 'INV-2']],
    ['Sent_At__c > 2026-11-22T11:00:00+01:00', ['INV-1']],
    ['DAY_ONLY(Sent_At__c) = 2026-11-01', ['INV-2']],
    ['CALENDAR_YEAR(Bill_Date__c) = 2025', ['inv-3']],
    [`Id > '${billId(3)}'`, ['INV-4']],
    ['Id IN (SELECT Bill__c FROM Line__c WHERE Subtotal__c = 1.5)', ['INV-2']],
    ['Id NOT IN (SELECT Bill__c FROM Line__c)', ['inv-3', 'INV-4']],
  ];
  for (const [condition, expected] of cases) {
    it(`finds ${expected.length} Bills where ${condition}`, () => assert.deepEqual(where(condition), expected));
  }

  it('compares amounts exactly, also with more digits than the field has', () => {
    assert.deepEqual(where('Total__c = 12345678901234.5678'), ['INV-1']);
    assert.deepEqual(where('Total__c = 12345678901234.56781'), []);
    assert.deepEqual(where('Total__c > 1.00009'), ['INV-1', 'inv-3']);
    assert.deepEqual(where('Total__c > 1.00010'), ['INV-1']);
    assert.deepEqual(where('Total__c <= -0.49999'), ['INV-2']);
    assert.deepEqual(where('Total__c < 99999999999999999999999'), ['INV-1', 'INV-2', 'inv-3']);
  });

  it('takes ids of 15 characters', () => {
    const short = billId(1).slice(0, 15);
    assert.deepEqual(
      where(`Id = '${short}'`),
      query(org, admin, `SELECT Id FROM Bill__c WHERE Id = '${short}AAA'`).records.map(() => 'INV-1'),
    );
  });

  it('takes lists of thousands of values', () => {
    const list = Array.from({ length: 3000 }, (_, n) => `'INV-${n}'`).join(',');
    assert.equal(where(`Name IN (${list})`).length, 4);
  });
});

describe('aggregates', () => {
  it('counts records', () => {
    const result = query(org, admin, 'SELECT COUNT() FROM Bill__c WHERE Total__c != null');
    assert.deepEqual([result.totalSize, result.records], [3, []]);
    assert.equal(query(org, admin, 'SELECT COUNT() FROM Bill__c LIMIT 2').totalSize, 2);
  });

  it('groups, sums and averages exactly', () => {
    const soql =
      'SELECT Account__r.Name, COUNT(Id), SUM(Total__c) total, MAX(Bill_Date__c) latest FROM Bill__c ' +
      'WHERE Account__c != null GROUP BY Account__r.Name HAVING COUNT(Id) > 1 ORDER BY SUM(Total__c) DESC';
    assert.equal(
      stringifyExact(query(org, admin, soql).records),
      '[{"attributes":{"type":"AggregateResult"},"Name":"O\'Neil Bikes","expr0":2,"total":12345678901234.0678,' +
        '"latest":"2026-11-22"}]',
    );
    assert.deepEqual(json("SELECT AVG(Total__c) a FROM Bill__c WHERE Status__c = 'PENDING'"), [{ a: 0.25005 }]);
  });

  it('groups by parts of a date', () => {
    const soql =
      'SELECT CALENDAR_YEAR(Bill_Date__c) y, CALENDAR_MONTH(Bill_Date__c) m, COUNT_DISTINCT(Status__c) n FROM Bill__c ' +
      'GROUP BY CALENDAR_YEAR(Bill_Date__c), CALENDAR_MONTH(Bill_Date__c) ' +
      'ORDER BY CALENDAR_YEAR(Bill_Date__c), CALENDAR_MONTH(Bill_Date__c)';
    assert.deepEqual(json(soql), [
      { y: null, m: null, n: 0 },
      { y: 2025, m: 12, n: 1 },
      { y: 2026, m: 10, n: 1 },
      { y: 2026, m: 11, n: 1 },
    ]);
  });

  it('refuses a sum that is too large instead of rounding it', () => {
    const test = filledOrg();
    for (let n = 5; n < 80; n += 1) {
      test.insert('Bill__c', { Id: `a0100000000${n}00AAA`, Name: 'big', Total__c: 999_999_999_999_999_999n });
    }
    assert.throws(
      () => query(test.org, test.admin, 'SELECT SUM(Total__c) FROM Bill__c'),
      (error) => error instanceof OrgError && error.errorCode === 'NUMBER_OUTSIDE_VALID_RANGE',
    );
  });
});

describe('what a query may not do', () => {
  const cases: Array<[string, RegExp]> = [
    [
      'SELECT Id FROM Missing__c',
      /^INVALID_TYPE: .*\n {15}\^\nERROR at Row:1:Column:16\nsObject type 'Missing__c' is not supported/s,
    ],
    ['SELECT Nope__c FROM Bill__c', /^INVALID_FIELD: .*Row:1:Column:8\nNo such column 'Nope__c' on entity 'Bill__c'/s],
    ['SELECT Owner.Name FROM Bill__c', /^INVALID_FIELD: Didn't understand relationship 'Owner'/],
    [
      'SELECT (SELECT Id FROM Nopes__r) FROM Bill__c',
      /^INVALID_FIELD: .*Column:24\nDidn't understand relationship 'Nopes__r'/s,
    ],
    ['SELECT Id FROM', /^MALFORMED_QUERY: .*Column:15\nunexpected token: '<EOF>'/s],
    ['SELECT Id, FROM Bill__c', /^MALFORMED_QUERY: .*\n {11}\^\nERROR at Row:1:Column:12\nunexpected token: 'FROM'/s],
    ["SELECT Id\nFROM Bill__c\nWHERE Name == 'a'", /Row:3:Column:/],
    ["SELECT Id FROM Bill__c WHERE Name = 'it", /a quoted text that does not end/],
    [
      'SELECT Id FROM Bill__c WHERE Id IN (SELECT Bill__c FROM Line__c) OR Name = null',
      /only allowed at the top level/,
    ],
    ['SELECT Id FROM Bill__c WHERE Id IN (SELECT Id FROM Bill__c)', /should not be on the same object type/],
    ['SELECT Id FROM Bill__c WHERE Id IN (SELECT Name FROM Line__c)', /can only query id fields, cannot use: 'Name'/],
    [
      'SELECT Id FROM Bill__c WHERE Id IN (SELECT Bill__c FROM Line__c WHERE Bill__c IN (SELECT Id FROM Account))',
      /Nested semi join sub-selects are not supported/,
    ],
    [
      `SELECT Id FROM Bill__c WHERE ${Array(3).fill('Id IN (SELECT Bill__c FROM Line__c)').join(' AND ')}`,
      /^EXCEEDED_MAX_SEMIJOIN_SUBSELECTS/,
    ],
    ["SELECT Id FROM Bill__c WHERE Name = 'a' AND Name = 'b' OR Name = 'c'", /^MALFORMED_QUERY: unexpected token: OR/],
    ["SELECT Id FROM Bill__c WHERE Name = 'a' Name = 'b'", /^MALFORMED_QUERY: AND or OR is missing/],
    ['SELECT Id, Id FROM Bill__c', /^MALFORMED_QUERY: duplicate field selected: Id/],
    ['SELECT Id FROM Bill__c WHERE Name = 5', /must be of type string and should be enclosed in quotes/],
    ["SELECT Id FROM Bill__c WHERE Total__c = '5'", /must be of type double and should not be enclosed in quotes/],
    ['SELECT Id FROM Bill__c WHERE Sent_At__c > 2026-01-01', /must be of type dateTime/],
    ["SELECT Id FROM Bill__c WHERE Note__c = 'x'", /field 'Note__c' can not be filtered/],
    ['SELECT Id FROM Bill__c ORDER BY Note__c', /field 'Note__c' can not be sorted/],
    ["SELECT Id FROM Bill__c WHERE Id = 'abc'", /^INVALID_QUERY_FILTER_OPERATOR: invalid ID field: abc/],
    ["SELECT Id FROM Bill__c WHERE Total__c LIKE '5%'", /^INVALID_QUERY_FILTER_OPERATOR/],
    ['SELECT Name, COUNT(Id) FROM Bill__c GROUP BY Status__c', /Field must be grouped or aggregated: Name/],
    ['SELECT Name, Account__r.Name FROM Bill__c GROUP BY Name, Account__r.Name', /duplicate alias: Name/],
    ['SELECT SUM(Name) FROM Bill__c', /does not support aggregate operator SUM/],
    ['SELECT COUNT(Id) FROM Bill__c GROUP BY ROLLUP(Name), Status__c', /cannot be combined with other fields/],
    ['SELECT FORMAT(Name) f FROM Bill__c', /FORMAT\(\) takes a number/],
    ['SELECT toLabel(Status__c), Status__c FROM Bill__c', /duplicate field selected: Status__c/],
    ['SELECT Id FROM Bill__c USING SCOPE mine', /does not support USING SCOPE mine for Bill__c, which has no owner/],
    ['SELECT Id FROM Bill__c USING SCOPE team', /does not support USING SCOPE team/],
    ['SELECT Id FROM Bill__c OFFSET 2001', /^NUMBER_OUTSIDE_VALID_RANGE/],
  ];
  for (const [soql, expected] of cases) {
    it(`refuses ${soql}`, () => assert.match(refusal(soql), expected));
  }

  it('hides what the user may not read, in every clause', () => {
    assert.match(refusal('SELECT Id FROM Account', viewer), /^INVALID_TYPE/);
    for (const clause of ['WHERE Total__c > 1', 'ORDER BY Total__c', 'GROUP BY Total__c']) {
      assert.match(refusal(`SELECT COUNT(Id) FROM Bill__c ${clause}`, viewer), /No such column 'Total__c'/, clause);
    }
    assert.match(refusal('SELECT Account__r.Name FROM Bill__c', viewer), /Didn't understand relationship/);
    assert.match(
      refusal('SELECT (SELECT Id FROM Line_Items__r) FROM Bill__c', viewer),
      /Didn't understand relationship/,
    );
    assert.match(
      refusal('SELECT Id FROM Bill__c WHERE Account__c IN (SELECT Id FROM Account)', viewer),
      /INVALID_TYPE/,
    );
  });

  it('ignores FOR UPDATE and takes ALL ROWS', () => {
    assert.equal(query(org, admin, 'SELECT Id FROM Bill__c FOR UPDATE').totalSize, 4);
    assert.equal(query(org, admin, 'SELECT Id FROM Bill__c LIMIT 2 ALL ROWS').totalSize, 2);
  });
});

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { stringifyExact } from '../../shared/exactJson.ts';
import { query } from './query.ts';
import { conditionArbitrary } from './evaluation/conditions.ts';
import { billsArbitrary, orgWith, STATUSES, TIME_ZONE } from './evaluation/data.ts';
import type { Bill, Line } from './evaluation/data.ts';
import { orderingArbitrary } from './evaluation/ordering.ts';

/** More of them find more: `SOQL_RUNS=20000 npx node --test sandbox/org/soql/query.property.test.ts`. */
const numRuns = Number(process.env['SOQL_RUNS'] ?? 150);

type Row = Record<string, unknown>;

function answer(bills: Bill[], soql: string): Row[] {
  const { org, admin } = orgWith(bills);
  const { records } = query(org, { ...admin, timeZone: TIME_ZONE }, soql);
  return JSON.parse(stringifyExact(records), (key, value: unknown) =>
    key === 'attributes' ? undefined : value,
  ) as Row[];
}

const places = new Map(['PENDING', 'APPROVED'].map((status, index) => [status, String(index)]));
/** Picklists sort by their list, what is not in it after that. */
const statusPlace = (status: string | null): string | null =>
  status === null ? null : (places.get(status.toUpperCase()) ?? `9${status.toLowerCase()}`);

const billOrder = orderingArbitrary<Bill>({
  Name: ({ name }) => name?.toLowerCase() ?? null,
  Total__c: ({ total }) => total,
  Bill_Date__c: ({ date }) => date,
  Sent_At__c: ({ sentAt }) => sentAt,
  Status__c: ({ status }) => statusPlace(status),
  Locked__c: ({ locked }) => Number(locked),
  'Account__r.Name': ({ account }) => account?.name?.toLowerCase() ?? null,
});
const lineOrder = orderingArbitrary<Line>({
  Name: ({ name }) => name?.toLowerCase() ?? null,
  Subtotal__c: ({ subtotal }) => subtotal,
});
const page = fc.record({ limit: fc.option(fc.nat({ max: 6 })), offset: fc.option(fc.nat({ max: 3 })) });

const clause = (name: string, soql: string | number | null): string =>
  soql === null || soql === '' ? '' : ` ${name} ${soql}`;
const pageOf = <T>(rows: T[], { limit, offset }: { limit: number | null; offset: number | null }): T[] =>
  rows.slice(offset ?? 0, limit === null ? undefined : (offset ?? 0) + limit);
const amount = (scaled: number | null): number | null => (scaled === null ? null : scaled / 10_000);

describe('SOQL on random data and random queries answers what a plain evaluation does', () => {
  it('for records with their parents, in order and page', () => {
    fc.assert(
      fc.property(billsArbitrary, conditionArbitrary, billOrder, page, (bills, where, order, { limit, offset }) => {
        const soql =
          `SELECT Id, Name, Total__c, Account__r.Name FROM Bill__c WHERE ${where.soql}` +
          `${clause('ORDER BY', order.soql)}${clause('LIMIT', limit)}${clause('OFFSET', offset)}`;
        const expected = pageOf(order.sort(bills.filter(where.holds)), { limit, offset }).map((bill) => ({
          Id: bill.id,
          Name: bill.name,
          Total__c: amount(bill.total),
          Account__r: bill.account && { Name: bill.account.name },
        }));
        assert.deepEqual(answer(bills, soql), expected, soql);
      }),
      { numRuns: numRuns * 2 },
    );
  });

  it('for children of each record', () => {
    const lineFilter = fc.option(fc.constantFrom(-10_000, 0, 10_000));
    fc.assert(
      fc.property(billsArbitrary, lineFilter, lineOrder, page, (bills, least, order, { limit, offset }) => {
        const where = least === null ? null : `Subtotal__c >= ${least / 10_000}`;
        const inner =
          `SELECT Id FROM Line_Items__r${clause('WHERE', where)}${clause('ORDER BY', order.soql)}` +
          `${clause('LIMIT', limit)}${clause('OFFSET', offset)}`;
        const expected = bills.map(({ id, lines }) => {
          const kept = lines.filter(({ subtotal }) => least === null || (subtotal !== null && subtotal >= least));
          const records = pageOf(order.sort(kept), { limit, offset }).map((line) => ({ Id: line.id }));
          return {
            Id: id,
            Line_Items__r: records.length === 0 ? null : { totalSize: records.length, done: true, records },
          };
        });
        const soql = `SELECT Id, (${inner}) FROM Bill__c ORDER BY Id`;
        assert.deepEqual(answer(bills, soql), expected, soql);
      }),
      { numRuns },
    );
  });

  it('for groups and their totals', () => {
    const least = fc.integer({ min: 0, max: 3 });
    fc.assert(
      fc.property(billsArbitrary, conditionArbitrary, least, (bills, where, count) => {
        const soql =
          'SELECT Status__c, COUNT(Id) n, COUNT(Total__c) known, COUNT_DISTINCT(Name) names, SUM(Total__c) total, ' +
          `MIN(Bill_Date__c) earliest, MAX(Total__c) most FROM Bill__c WHERE ${where.soql} GROUP BY Status__c ` +
          `HAVING COUNT(Id) >= ${count} ORDER BY Status__c NULLS LAST`;
        const groups = [...STATUSES.toSorted((a, b) => (statusPlace(a)! < statusPlace(b)! ? -1 : 1)), null];
        const expected = groups.flatMap((status) => {
          const group = bills.filter((bill) => bill.status === status && where.holds(bill));
          return group.length === 0 || group.length < count ? [] : [{ Status__c: status, ...totals(group) }];
        });
        assert.deepEqual(answer(bills, soql), expected, soql);
      }),
      { numRuns },
    );
  });

  it('for subtotals', () => {
    fc.assert(
      fc.property(billsArbitrary, fc.boolean(), (bills, isCube) => {
        const sets = isCube ? ['sl', 's', 'l', ''] : ['sl', 's', ''];
        const expected = sets.flatMap((set) => {
          const keyOf = (bill: Bill): string =>
            JSON.stringify([set.includes('s') ? bill.status : null, set.includes('l') ? bill.locked : null]);
          const groups = Map.groupBy(bills, keyOf);
          if (set === '' && groups.size === 0) return [[null, null, 1, 1, 0]];
          return [...groups].map(([key, group]) => [
            ...(JSON.parse(key) as unknown[]),
            Number(!set.includes('s')),
            Number(!set.includes('l')),
            group.length,
          ]);
        });
        const soql =
          'SELECT Status__c, Locked__c, GROUPING(Status__c) a, GROUPING(Locked__c) b, COUNT(Id) c FROM Bill__c ' +
          `GROUP BY ${isCube ? 'CUBE' : 'ROLLUP'}(Status__c, Locked__c)`;
        const found = answer(bills, soql).map((row) => Object.values(row));
        const sorted = (rows: unknown[][]): string[] => rows.map((row) => JSON.stringify(row)).toSorted();
        assert.deepEqual(sorted(found), sorted(expected), soql);
      }),
      { numRuns },
    );
  });
});

function totals(group: Bill[]): Row {
  const known = group.flatMap(({ total }) => total ?? []);
  const names = group.flatMap(({ name }) => name?.toLowerCase() ?? []);
  const dates = group.flatMap(({ date }) => date ?? []).toSorted();
  return {
    n: group.length,
    known: known.length,
    names: new Set(names).size,
    total: known.length === 0 ? null : amount(known.reduce((sum, one) => sum + one, 0)),
    earliest: dates[0] ?? null,
    most: known.length === 0 ? null : amount(Math.max(...known)),
  };
}

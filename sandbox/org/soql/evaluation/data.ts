import fc from 'fast-check';
import { makeTestOrg } from '../testOrg.ts';
import type { TestOrg } from '../testOrg.ts';

/** Rows of the test org as plain values: what a query should find is worked out on these. Amounts count 1/10,000. */
export interface Account {
  id: string;
  name: string | null;
  active: boolean;
}

export interface Bill {
  id: string;
  name: string | null;
  account: Account | null;
  total: number | null;
  date: string | null;
  sentAt: string | null;
  locked: boolean;
  status: string | null;
  kinds: string[];
  lines: Line[];
}

export interface Line {
  id: string;
  name: string | null;
  subtotal: number | null;
}

/** The moment of every query; a Monday already where its user is. */
export const NOW = '2026-11-22T18:00:00.000Z';
export const TIME_ZONE = 'Pacific/Auckland';
export const TEXTS = ['alpha', 'Alpha', 'ALP', 'beta', 'be_ta', 'b%', "it's", 'a\\b', 'zulu 9'];
export const STATUSES = ['PENDING', 'approved', 'Other'];

const orNull = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(arbitrary, { freq: 4 });
/** Days around the moment, and some at the ends of months and years. */
export const dayArbitrary: fc.Arbitrary<string> = fc.oneof(
  fc.integer({ min: -120, max: 120 }).map((days) => isoDay(Date.parse(NOW) + days * 86_400_000)),
  fc.constantFrom('2025-12-31', '2026-01-01', '2026-02-28', '2026-12-31', '2027-01-01', '2024-02-29'),
);
export const instantArbitrary: fc.Arbitrary<string> = fc
  .tuple(dayArbitrary, fc.constantFrom('00:00:00', '10:59:59', '11:00:00', '12:30:00', '23:59:59'))
  .map(([day, time]) => `${day}T${time}.000Z`);
export const amountArbitrary = fc.oneof(fc.integer({ min: -30_000, max: 30_000 }), fc.constantFrom(0, 10_000, 15_000));

const lineArbitrary = fc.record({ name: orNull(fc.constantFrom(...TEXTS)), subtotal: orNull(amountArbitrary) });
const accountArbitrary = fc.record({ name: orNull(fc.constantFrom(...TEXTS)), active: fc.boolean() });
const billArbitrary = fc.record({
  name: orNull(fc.constantFrom(...TEXTS)),
  accountNumber: orNull(fc.nat({ max: 2 })),
  total: orNull(amountArbitrary),
  date: orNull(dayArbitrary),
  sentAt: orNull(instantArbitrary),
  locked: fc.boolean(),
  status: orNull(fc.constantFrom(...STATUSES)),
  kinds: fc.subarray(['A', 'B', 'C']),
  lines: fc.array(lineArbitrary, { maxLength: 4 }),
});

/** Bills with their Accounts and lines. */
export const billsArbitrary: fc.Arbitrary<Bill[]> = fc
  .tuple(fc.tuple(accountArbitrary, accountArbitrary, accountArbitrary), fc.array(billArbitrary, { maxLength: 10 }))
  .map(([accounts, bills]) => {
    const known = accounts.map((account, index) => ({ id: recordId('001', index), ...account }));
    let lineCount = 0;
    return bills.map(({ accountNumber, lines, ...bill }, index) => ({
      id: recordId('a01', index),
      account: accountNumber === null ? null : (known[accountNumber] as Account),
      ...bill,
      lines: lines.map((line) => ({ id: recordId('a02', lineCount++), ...line })),
    }));
  });

/** An org that holds the Bills. */
export function orgWith(bills: Bill[]): TestOrg {
  const test = makeTestOrg(NOW);
  const accounts = new Set(bills.flatMap(({ account }) => account ?? []));
  for (const { id, name, active } of accounts)
    test.insert('Account', { Id: id, Name: name, Active__c: Number(active) });
  for (const bill of bills) {
    test.insert('Bill__c', {
      Id: bill.id,
      Name: bill.name,
      Account__c: bill.account?.id ?? null,
      Total__c: bill.total,
      Bill_Date__c: bill.date,
      Sent_At__c: bill.sentAt,
      Locked__c: Number(bill.locked),
      Status__c: bill.status,
      Kinds__c: bill.kinds.length > 0 ? bill.kinds.join(';') : null,
    });
    for (const { id, name, subtotal } of bill.lines) {
      test.insert('Line__c', {
        Id: id,
        Name: name,
        Bill__c: bill.id,
        Subtotal__c: subtotal === null ? null : subtotal * 100,
      });
    }
  }
  return test;
}

function recordId(prefix: string, number: number): string {
  return `${prefix}${String(number).padStart(12, '0')}AAA`;
}

function isoDay(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}

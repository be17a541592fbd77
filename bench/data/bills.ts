import { generateDataSet } from '../../sandbox/data/generate.ts';
import { numberLines } from '../../sandbox/data/lines.ts';
import type { Account, Bill, DataSet, LineItem, SalesforceAccount } from '../../sandbox/data/model.ts';
import { uuidOf } from '../../sandbox/data/random.ts';
import { accountRecordId } from '../../sandbox/data/salesforceIds.ts';

/** What the Bills of the bench are made like: the same on every machine and every day. */
const MODEL = generateDataSet({ seed: 7, accounts: 40, months: 12, now: new Date('2026-06-15T00:00:00Z') });
const LINES = MODEL.bills.flatMap(({ lineItems = [] }) => lineItems).filter(({ currency }) => currency === 'USD');
const FIRST_CREATED = Date.parse('2026-01-01T00:00:00Z');
/** Bills of an Account share a month of this many Accounts. */
const MOST_ACCOUNTS = 1000;

function cyclic<T>(items: readonly T[], index: number): T {
  return items[index % items.length] as T;
}

/** The Account that the Bill with this index is for. */
function accountOf(index: number): Account & SalesforceAccount {
  const place = index % MOST_ACCOUNTS;
  const like = cyclic(MODEL.accounts, place);
  const id = uuidOf('bench', 'account', place);
  return { ...like, id, code: `BENCH-${place}`, name: `Bench ${place}`, Id: accountRecordId(place + 1) };
}

/** Accounts on both sides for so many Bills, and one integration that sends all of them; no Bills. */
export function accountsFor(bills: number): DataSet {
  const made = Array.from({ length: Math.min(bills, MOST_ACCOUNTS) }, (_, index) => accountOf(index));
  return {
    accounts: made.map(({ Id: _recordId, ...account }) => account),
    bills: [],
    externalMappings: [],
    salesforceAccounts: made.map(({ Id, id, code, name }) => ({
      Id,
      Name: name,
      M3ter_Account_Id__c: id,
      M3ter_Account_Code__c: code,
    })),
    integrations: MODEL.integrations,
  };
}

/** A Bill made like those of the sandbox's data set, with as many Line Items as asked for. */
export function makeBill(index: number, lineCount: number): Bill {
  const { lineItems: _lines, ...like } = cyclic(MODEL.bills, index);
  const id = uuidOf('bench', 'bill', index);
  const changed = new Date(FIRST_CREATED + index * 1000).toISOString();
  const { code = '', id: accountId } = accountOf(index);
  const lines = Array.from({ length: lineCount }, (_, place): LineItem => {
    const { id: _id, ...line } = cyclic(LINES, index + place);
    return line;
  });
  return {
    ...like,
    ...{ id, accountId, accountCode: code, currency: 'USD', locked: false, version: 1 },
    sequentialInvoiceNumber: `BENCH-${String(index + 1).padStart(7, '0')}`,
    ...{ dtCreated: changed, dtLastModified: changed, lastCalculatedDate: changed, createdDate: changed },
    lineItems: numberLines(id, lines),
  };
}

/** One Bill for each count of lines; Bills of different indexes are different ones. */
export function* billsWith(lineCounts: Iterable<number>, firstIndex = 0): Generator<Bill> {
  let index = firstIndex;
  for (const count of lineCounts) yield makeBill(index++, count);
}

/** The Bill as a recalculation leaves it: one line in ten is gone, one is new, half of the others have other units. */
export function recalculated(bill: Bill): Bill {
  const version = (bill.version ?? 1) + 1;
  const changed = new Date(Date.parse(bill.dtLastModified ?? '') + 86_400_000).toISOString();
  const lines = bill.lineItems ?? [];
  const gone = Math.max(1, Math.floor(lines.length / 10));
  const kept = lines
    .slice(0, lines.length - gone)
    .map((line, place) => (place % 2 === 0 ? { ...line, units: place + version, quantity: place + version } : line));
  const added = { ...cyclic(LINES, lines.length), id: uuidOf(bill.id, 'late', version), description: 'Late usage' };
  return {
    ...bill,
    ...{ version, dtLastModified: changed, lastCalculatedDate: changed },
    lineItems: [...kept, added].map((line, place) => ({ ...line, sequenceNumber: place + 1 })),
  };
}

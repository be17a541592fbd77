import type { Bill, LineItem } from '../data/model.ts';
import { parseExact, stringifyExact } from '../shared/exactJson.ts';
import { documentText } from './documentText.ts';
import type { Store } from './store.ts';
import type { Row } from './table.ts';

/** A Bill's row keeps header, total and Line Items as separate JSON texts, so that a list need not parse any. */
function billValues(bill: Bill) {
  const { lineItems, billTotal, ...header } = bill;
  const text = (value: unknown) => (typeof value === 'string' ? value : null);
  return {
    document: documentText(header),
    total: billTotal === undefined || billTotal === null ? null : stringifyExact(billTotal),
    lines: lineItems === undefined || lineItems === null ? null : documentText(lineItems),
    account_id: bill.accountId ?? null,
    bill_date: bill.billDate ?? null,
    invoice_date: text(bill['externalInvoiceDate']),
    start_date: bill.startDate ?? null,
    end_date: bill.endDate ?? null,
    frequency: bill.billingFrequency ?? null,
    status: bill.status ?? null,
    locked: bill.locked === true ? 1 : 0,
    job_id: bill.billJobId ?? null,
  };
}

/** Stores a new Bill and answers the JSON text of its header. */
export function insertBill(store: Pick<Store, 'bills'>, bill: Bill): string {
  const values = billValues(bill);
  store.bills.insert({ id: bill.id, ...values });
  return values.document;
}

/** Replaces a Bill and answers the JSON text of its header. */
export function replaceBill(store: Pick<Store, 'bills'>, bill: Bill): string {
  const values = billValues(bill);
  store.bills.update(bill.id, values);
  return values.document;
}

/** The whole Bill of a row, numbers exact. */
export function readBill(row: Row): Bill {
  return parseExact(billText(row, { total: true, lines: true })) as Bill;
}

export function readLines(row: Row): LineItem[] {
  return row['lines'] === null ? [] : (parseExact(String(row['lines'])) as LineItem[]);
}

/** The columns that `billText` needs. */
export const billColumns = (parts: { total: boolean; lines: boolean }): string =>
  ['document', ...(parts.total ? ['total'] : []), ...(parts.lines ? ['lines'] : [])].join(', ');

/** The JSON text of a Bill, put together without parsing; parts that the data set does not have stay out. */
export function billText(row: Row, parts: { total: boolean; lines: boolean }): string {
  const total = parts.total && typeof row['total'] === 'string' ? `,"billTotal":${row['total']}` : '';
  const lines = parts.lines && typeof row['lines'] === 'string' ? `,"lineItems":${row['lines']}` : '';
  return `${String(row['document']).slice(0, -1)}${total}${lines}}`;
}

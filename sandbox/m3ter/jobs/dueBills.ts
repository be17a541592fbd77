import type { Account, Bill } from '../../data/model.ts';
import { addDays, dateOf, monthStart, periodAfter, periodEndingWith } from '../../data/periods.ts';
import type { Period } from '../../data/periods.ts';
import { createRandom, uuidOf } from '../../data/random.ts';
import { parseExact } from '../../shared/exactJson.ts';
import { notFound } from '../apiError.ts';
import { SERVICE_USER } from '../audit.ts';
import { readBill } from '../billRows.ts';
import { newBill } from '../newBill.ts';
import type { Store } from '../store.ts';
import { where } from '../table.ts';
import type { JobRequest } from './jobRecord.ts';

/** The billing period of a Bill. */
export interface Terms {
  period: Period;
  frequency: string;
  interval: number;
}

/**
 * What a job bills an Account for: the period that the request names, else the one that the Account is in, by the
 * terms of its latest Bill ("to run a BillJob for all billing frequencies, simply omit billingFrequency", OpenAPI,
 * Create BillJob).
 */
export function dueTerms(store: Store, account: Account, request: JobRequest, now: Date): Terms {
  const { lastDateInBillingPeriod: last, billingFrequency: asked } = request;
  if (last !== undefined || asked !== undefined || request.billFrequencyInterval !== undefined) {
    const frequency = asked ?? 'MONTHLY';
    const interval = request.billFrequencyInterval ?? 1;
    return {
      frequency,
      interval,
      period: periodEndingWith(last ?? addDays(currentMonth(now).end, -1), frequency, interval),
    };
  }
  const latest = latestRegularBill(store, account.id);
  if (!latest?.startDate || !latest.endDate) return { frequency: 'MONTHLY', interval: 1, period: currentMonth(now) };
  const { billingFrequency: frequency = 'MONTHLY', billFrequencyInterval: interval = 1 } = latest;
  let period: Period = { start: latest.startDate, end: latest.endDate };
  while (period.end <= dateOf(now)) period = periodAfter(period, frequency, interval);
  return { frequency, interval, period };
}

/** The month that `now` falls in. */
export function currentMonth(now: Date): Period {
  const start = monthStart(dateOf(now));
  return { start, end: monthStart(start, 1) };
}

/** A Bill for an Account that continues its latest one; it is not stored yet. */
export function makeBill(
  store: Store,
  account: Account,
  terms: JobRequest & Terms & { jobId: string },
  now: Date,
): Bill {
  const turn = store.nextTurn();
  const latest = latestBill(store, account.id);
  const invoiceNumber = store.nextInvoiceNumber();
  return newBill(
    {
      ...terms,
      id: uuidOf('bill', account.id, terms.period.start, turn, now.toISOString()),
      account,
      now,
      userId: SERVICE_USER,
      ...(latest ? { latest } : {}),
      ...(invoiceNumber === undefined ? {} : { invoiceNumber }),
    },
    createRandom(`${account.id}:${turn}`),
  );
}

/** The Bill that a job would make for an Account; nothing is stored, nor counted. */
export function preview(store: Store, account: Account, request: JobRequest, now: Date): Bill {
  const terms = dueTerms(store, account, request, now);
  const latest = latestBill(store, account.id);
  const id = uuidOf('preview', account.id, terms.period.start, now.toISOString());
  return newBill(
    { ...request, ...terms, id, account, now, userId: SERVICE_USER, jobId: id, ...(latest ? { latest } : {}) },
    createRandom(id),
  );
}

/** The id of the Account's Bill for a period, if it has one. */
export function existingBill(store: Store, accountId: string, { period, frequency }: Terms): string | undefined {
  const filters = [
    ...where('account_id = ?', accountId),
    ...where('start_date = ?', period.start),
    ...where('end_date = ?', period.end),
    ...where('frequency = ?', frequency),
  ];
  const [row] = store.bills.select(filters, 'ORDER BY seq DESC LIMIT 1', 'id');
  return row && String(row['id']);
}

/** @throws {ApiError} 404 when there is none */
export function accountOf(store: Store, id: string): Account {
  const row = store.accounts.get(id);
  if (!row) throw notFound('Account', id);
  return parseExact(String(row['document'])) as Account;
}

export function latestBill(store: Store, accountId: string): Bill | undefined {
  const [row] = store.bills.select(where('account_id = ?', accountId), 'ORDER BY bill_date DESC, seq DESC LIMIT 1');
  return row && readBill(row);
}

/** The latest Bill that belongs to a series, as an ad hoc one does not. */
function latestRegularBill(store: Store, accountId: string): Bill | undefined {
  const filters = [...where('account_id = ?', accountId), { sql: "frequency <> 'AD_HOC'", params: [] }];
  const [row] = store.bills.select(filters, 'ORDER BY bill_date DESC, seq DESC LIMIT 1', 'document, total, lines');
  return row && readBill(row);
}

import type { Account, Bill } from '../data/model.ts';
import { addDays, dateOf, monthStart, periodEndingWith } from '../data/periods.ts';
import type { Period } from '../data/periods.ts';
import { createRandom, uuidOf } from '../data/random.ts';
import { parseExact, stringifyExact } from '../shared/exactJson.ts';
import { notFound } from './apiError.ts';
import { SERVICE_USER } from './billing.ts';
import type { Billing } from './billing.ts';
import { readBill } from './billRows.ts';
import { recordEvent } from './eventLog.ts';
import { newBill } from './newBill.ts';
import type { Store } from './store.ts';
import { where } from './table.ts';

/** What a bill job is asked for; without dates it bills the running month. */
export interface JobRequest {
  lastDateInBillingPeriod?: string;
  billingFrequency?: string;
  billFrequencyInterval?: number;
  billDate?: string;
  dueDate?: string;
  externalInvoiceDate?: string;
  accountIds?: string[];
}

export interface Job {
  id: string;
  billIds: string[];
  [field: string]: unknown;
}

export interface BillJobs {
  /** Makes a Bill for each Account that has none for the period, and recalculates the unlocked ones there are. */
  create(request: JobRequest): Job;
  recalculate(billIds: string[]): Job;
  /** A job record for work that the caller does itself. */
  record(type: 'CREATE' | 'RECALCULATE', id: string, bills: Bill[], request?: JobRequest): Job;
  newId(): string;
}

/** Local m3ter finishes a job before it answers: its jobs are COMPLETE from the start. */
export function createBillJobs(store: Store, billing: Billing, now: () => Date): BillJobs {
  const newId = () => uuidOf('job', store.nextTurn(), now().toISOString());
  const record: BillJobs['record'] = (type, id, bills, request = {}) => {
    const at = now();
    const job: Job = {
      id,
      version: 1,
      type,
      status: 'COMPLETE',
      ...request,
      accountIds: [...new Set(bills.flatMap(({ accountId }) => (accountId === undefined ? [] : [accountId])))],
      billIds: bills.map((bill) => bill.id),
      total: bills.length,
      pending: 0,
      timezone: 'UTC',
      dtCreated: at.toISOString(),
      dtLastModified: at.toISOString(),
      createdBy: SERVICE_USER,
      lastModifiedBy: SERVICE_USER,
    };
    const document = stringifyExact(job);
    store.jobs.insert({ id, document, status: 'COMPLETE' });
    recordEvent(store, 'billing.billjob.created', { newDto: document }, id, undefined, at);
    return job;
  };
  const create = (request: JobRequest): Job => {
    const id = newId();
    const terms = termsOf(request, now());
    const accounts = request.accountIds ? request.accountIds.map((key) => accountOf(store, key)) : allAccounts(store);
    const bills = accounts.flatMap((account) => {
      const existing = existingBill(store, account.id, terms.period, terms.frequency);
      if (existing) return billing.recalculate([existing], id);
      return [billing.create(makeBill(store, account, { ...request, ...terms, jobId: id }, now()))];
    });
    return record('CREATE', id, bills, request);
  };
  return {
    newId,
    record,
    create: (request) => store.transaction(() => create(request)),
    recalculate: (billIds) =>
      store.transaction(() => {
        const id = newId();
        return record('RECALCULATE', id, billing.recalculate(billIds, id));
      }),
  };
}

interface Terms {
  period: Period;
  frequency: string;
  interval: number;
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

export function latestBill(store: Store, accountId: string): Bill | undefined {
  const [row] = store.bills.select(where('account_id = ?', accountId), 'ORDER BY bill_date DESC, seq DESC LIMIT 1');
  return row && readBill(row);
}

/** The month that `now` falls in. */
export function currentMonth(now: Date): Period {
  const start = monthStart(dateOf(now));
  return { start, end: monthStart(start, 1) };
}

function termsOf(request: JobRequest, now: Date): Terms {
  const frequency = request.billingFrequency ?? 'MONTHLY';
  const interval = request.billFrequencyInterval ?? 1;
  const last = request.lastDateInBillingPeriod ?? addDays(currentMonth(now).end, -1);
  return { frequency, interval, period: periodEndingWith(last, frequency, interval) };
}

function accountOf(store: Store, id: string): Account {
  const row = store.accounts.get(id);
  if (!row) throw notFound('Account', id);
  return parseExact(String(row['document'])) as Account;
}

const allAccounts = (store: Store): Account[] =>
  store.accounts.select([], 'ORDER BY seq').map((row) => parseExact(String(row['document'])) as Account);

function existingBill(store: Store, accountId: string, period: Period, frequency: string): string | undefined {
  const filters = [
    ...where('account_id = ?', accountId),
    ...where('start_date = ?', period.start),
    ...where('end_date = ?', period.end),
    ...where('frequency = ?', frequency),
  ];
  const [row] = store.bills.select(filters, 'ORDER BY seq DESC LIMIT 1', 'id');
  return row && String(row['id']);
}

import type { FastifyInstance } from 'fastify';
import { stringifyExact } from '../../shared/exactJson.ts';
import { addDays } from '../../data/periods.ts';
import { ApiError, notFound } from '../apiError.ts';
import type { Api } from '../app.ts';
import { billColumns, billText, readBill } from '../billRows.ts';
import { accountOf, preview } from '../jobs/dueBills.ts';
import type { JobRequest } from '../jobs/jobRecord.ts';
import { date, flag, listOf, listQuery, pageSizeOf, pageText, text } from '../query.ts';
import type { Paging } from '../query.ts';
import { search, searchSchema } from '../search.ts';
import type { SearchQuery } from '../search.ts';
import { jobBody } from './billJobs.ts';
import { isIn, where } from '../table.ts';
import type { Filter, Page } from '../table.ts';

interface BillQuery extends Paging {
  accountId?: string;
  ids?: string;
  status?: 'PENDING' | 'APPROVED';
  locked?: boolean;
  billDate?: string;
  billDateStart?: string;
  billDateEnd?: string;
  externalInvoiceDateStart?: string;
  externalInvoiceDateEnd?: string;
  billingFrequency?: string;
  billJobId?: string;
  excludeLineItems?: boolean;
  includeBillTotal?: boolean;
}

const STATUS = { type: 'string', enum: ['PENDING', 'APPROVED'] };
const FREQUENCY = { type: 'string', enum: ['DAILY', 'WEEKLY', 'MONTHLY', 'ANNUALLY', 'AD_HOC', 'MIXED'] };
const WHOLE = { total: true, lines: true };

const billQuery = {
  ...listQuery({
    accountId: text,
    ids: text,
    status: STATUS,
    locked: flag,
    billDate: date,
    billDateStart: date,
    billDateEnd: date,
    externalInvoiceDateStart: date,
    externalInvoiceDateEnd: date,
    billingFrequency: FREQUENCY,
    billJobId: text,
    excludeLineItems: flag,
    includeBillTotal: flag,
    additional: text,
  }),
  // m3ter takes a billing frequency only together with a bill date.
  dependencies: { billingFrequency: ['billDate'] },
};

const filtersOf = (query: BillQuery): Filter[] => [
  ...where('account_id = ?', query.accountId),
  ...isIn('id', listOf(query.ids)),
  ...where('status = ?', query.status),
  // true includes locked Bills, false leaves them out (OpenAPI, List Bills).
  ...(query.locked === false ? where('locked = ?', 0) : []),
  ...where('bill_date = ?', query.billDate),
  ...where('bill_date >= ?', query.billDateStart),
  ...where('bill_date < ?', query.billDateEnd),
  ...where('invoice_date >= ?', query.externalInvoiceDateStart),
  ...where('invoice_date < ?', query.externalInvoiceDateEnd),
  ...where('frequency = ?', query.billingFrequency),
  ...where('job_id = ?', query.billJobId),
];

type Id = { Params: { id: string } };

/** Bills: list, get, search, latest, by account, by period, preview, approve, status, lock, delete. */
export function billRoutes(app: FastifyInstance, api: Api): void {
  readRoutes(app, api);
  const { billing, store } = api;
  app.post<{ Body: { billIds: string[] } }>('/bills/approve', { schema: { body: approveBody } }, ({ body }) => {
    const count = billing.approve(body.billIds);
    return stringifyExact({ message: `${count} of ${body.billIds.length} Bills approved.` });
  });
  app.post<ByPeriod>('/bills/billingperiod/:last/:frequency/approve', ({ params }) => {
    const bills = store.bills.select(periodFilters(params), 'ORDER BY seq', 'document').map(readBill);
    const count = billing.approve(bills.filter((bill) => !billing.isLocked(bill)).map(({ id }) => id));
    return stringifyExact({ message: `${count} of ${bills.length} Bills approved.` });
  });
  app.post<{ Body: JobRequest }>('/bills/preview', { schema: { body: jobBody } }, ({ body }) => {
    const [accountId, another] = body.accountIds ?? [];
    if (accountId === undefined || another !== undefined)
      throw new ApiError(400, 'A preview takes exactly one Account.');
    return stringifyExact(preview(store, accountOf(store, accountId), body, api.now()));
  });
  app.put<Id & { Body: { status: 'PENDING' | 'APPROVED' } }>(
    '/bills/:id/status',
    { schema: { body: { type: 'object', required: ['status'], properties: { status: STATUS } } } },
    ({ params, body }) => stringifyExact(billing.setStatus(params.id, body.status)),
  );
  app.put<Id>('/bills/:id/lock', ({ params }) => stringifyExact(billing.lock(params.id)));
  app.delete<Id>('/bills/:id', ({ params }) => stringifyExact(billing.remove(params.id)));
}

const approveBody = {
  type: 'object',
  required: ['billIds'],
  properties: { billIds: { type: 'array', minItems: 1, items: text } },
};

interface ByPeriod {
  Params: { last: string; frequency: string };
  Querystring: Paging;
}

/**
 * @throws {ApiError} 400 for a frequency that is none, or a day that is no date
 */
function periodFilters({ last, frequency }: ByPeriod['Params']): Filter[] {
  const known = PERIODS.find((each) => each === frequency.toLowerCase());
  if (!known) throw new ApiError(400, `billingFrequency must be one of ${PERIODS.join(', ')}.`);
  if (!/^\d{4}-\d{2}-\d{2}$/.test(last)) throw new ApiError(400, 'lastDateInBillingPeriod must be a date, YYYY-MM-DD.');
  return [...where('end_date = ?', addDays(last, 1)), ...where('frequency = ?', known.toUpperCase())];
}

const PERIODS = ['daily', 'weekly', 'monthly', 'annually'];

/** What a search for Bills may name (OpenAPI, Search Bills). */
const SEARCHED = [
  ...['accountId', 'locked', 'billDate', 'startDate', 'endDate', 'dueDate', 'billingFrequency', 'id', 'ids'],
  ...['createdBy', 'dtCreated', 'lastModifiedBy'],
];

const billsText = ({ rows, nextToken }: Page, parts: { total: boolean; lines: boolean }): string =>
  pageText(
    rows.map((row) => billText(row, parts)),
    nextToken,
  );

function readRoutes(app: FastifyInstance, { store }: Api): void {
  const list = (query: BillQuery): string => {
    const parts = { total: query.includeBillTotal === true, lines: query.excludeLineItems !== true };
    return billsText(store.bills.page(filtersOf(query), pageSizeOf(query), query.nextToken, billColumns(parts)), parts);
  };
  app.get<{ Querystring: BillQuery }>('/bills', { schema: { querystring: billQuery } }, ({ query }) => list(query));
  app.get<{ Querystring: Paging; Params: { accountId: string } }>(
    '/bills/accountid/:accountId',
    { schema: { querystring: listQuery({ additional: text }) } },
    ({ query, params }) => list({ ...query, accountId: params.accountId }),
  );
  app.get<ByPeriod>(
    '/bills/billingperiod/:last/:frequency',
    { schema: { querystring: listQuery({ additional: text }) } },
    ({ query, params }) => {
      const page = store.bills.page(periodFilters(params), pageSizeOf(query), query.nextToken, billColumns(WHOLE));
      return billsText(page, WHOLE);
    },
  );
  app.get<{ Querystring: SearchQuery }>('/bills/search', { schema: { querystring: searchSchema } }, ({ query }) => {
    return billsText(search(store.bills, SEARCHED, query, billColumns(WHOLE)), WHOLE);
  });
  app.get<{ Params: { accountId: string } }>('/bills/latest/:accountId', ({ params }) => {
    const filters = where('account_id = ?', params.accountId);
    const [row] = store.bills.select(filters, 'ORDER BY bill_date DESC, seq DESC LIMIT 1');
    if (!row) throw notFound('A Bill of the Account', params.accountId);
    return billText(row, WHOLE);
  });
  app.get<Id>('/bills/:id', ({ params }) => {
    const row = store.bills.get(params.id);
    if (!row) throw notFound('Bill', params.id);
    return billText(row, WHOLE);
  });
}

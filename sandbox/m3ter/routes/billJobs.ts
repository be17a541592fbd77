import type { FastifyInstance } from 'fastify';
import { stringifyExact } from '../../shared/exactJson.ts';
import { notFound } from '../apiError.ts';
import type { Api } from '../app.ts';
import { ACTIVE } from '../jobs/jobRecord.ts';
import type { JobRequest } from '../jobs/jobRecord.ts';
import { date, emptyBodyAsObject, listQuery, pageSizeOf, documentsText, text } from '../query.ts';
import type { Paging } from '../query.ts';
import { where } from '../table.ts';

const STATUSES = ['PENDING', 'INITIALIZING', 'RUNNING', 'COMPLETE', 'CANCELLED'];
const ids = { type: 'array', minItems: 1, maxItems: 100, items: text };

/** The JSON Schema of what a job, or a preview, is asked for. */
export const jobBody = {
  type: 'object',
  properties: {
    lastDateInBillingPeriod: date,
    billingFrequency: { type: 'string', enum: ['DAILY', 'WEEKLY', 'MONTHLY', 'ANNUALLY', 'AD_HOC'] },
    billFrequencyInterval: { type: 'integer', minimum: 1 },
    billDate: date,
    dueDate: date,
    externalInvoiceDate: date,
    accountIds: ids,
    ...{ version: { type: 'integer' }, targetCurrency: { type: 'string', minLength: 3, maxLength: 3 }, timezone: text },
    ...{ currencyConversions: { type: 'array' }, yearEpoch: date, monthEpoch: date, weekEpoch: date, dayEpoch: date },
  },
  additionalProperties: false,
};
const recalculateBody = {
  type: 'object',
  required: ['billIds'],
  properties: { billIds: ids, version: { type: 'integer' } },
};

/** Bill jobs: list, get, create, recalculate, cancel. */
export function billJobRoutes(app: FastifyInstance, { store, jobs }: Api): void {
  app.get<{ Querystring: Paging & { status?: string; active?: boolean } }>(
    '/billjobs',
    { schema: { querystring: listQuery({ status: { type: 'string', enum: STATUSES }, active: { type: 'boolean' } }) } },
    ({ query }) => {
      // true leaves out what is over, false gives all (OpenAPI, List BillJobs).
      const filters = [...where('status = ?', query.status), ...(query.active === true ? [ACTIVE] : [])];
      return documentsText(store.jobs.page(filters, pageSizeOf(query), query.nextToken, 'document'));
    },
  );
  app.get<{ Params: { id: string } }>('/billjobs/:id', ({ params }) => {
    const row = store.jobs.get(params.id);
    if (!row) throw notFound('Bill Job', params.id);
    return String(row['document']);
  });
  app.post<{ Body: JobRequest }>(
    '/billjobs',
    {
      preValidation: emptyBodyAsObject,
      schema: { body: jobBody },
    },
    ({ body }) => stringifyExact(jobs.create(body)),
  );
  app.post<{ Body: { billIds: string[] } }>(
    '/billjobs/recalculate',
    { schema: { body: recalculateBody } },
    ({ body }) => stringifyExact(jobs.recalculate(body.billIds)),
  );
  app.post<{ Params: { id: string } }>('/billjobs/:id/cancel', ({ params }) => stringifyExact(jobs.cancel(params.id)));
}

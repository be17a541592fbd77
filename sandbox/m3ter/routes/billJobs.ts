import type { FastifyInstance } from 'fastify';
import { stringifyExact } from '../../shared/exactJson.ts';
import { notFound } from '../apiError.ts';
import type { Api } from '../app.ts';
import type { JobRequest } from '../billJobs.ts';
import { date, emptyBodyAsObject, listQuery, pageSizeOf, pageText, text } from '../query.ts';
import type { Paging } from '../query.ts';
import { where } from '../table.ts';

const STATUSES = ['PENDING', 'INITIALIZING', 'RUNNING', 'COMPLETE', 'CANCELLED'];
const ids = { type: 'array', minItems: 1, maxItems: 100, items: text };

const createBody = {
  type: 'object',
  properties: {
    lastDateInBillingPeriod: date,
    billingFrequency: { type: 'string', enum: ['DAILY', 'WEEKLY', 'MONTHLY', 'ANNUALLY', 'AD_HOC'] },
    billFrequencyInterval: { type: 'integer', minimum: 1 },
    billDate: date,
    dueDate: date,
    externalInvoiceDate: date,
    accountIds: ids,
  },
  additionalProperties: false,
};
const recalculateBody = {
  type: 'object',
  required: ['billIds'],
  properties: { billIds: ids, version: { type: 'integer' } },
};

/** Bill jobs: list, get, create, recalculate. */
export function billJobRoutes(app: FastifyInstance, { store, jobs }: Api): void {
  app.get<{ Querystring: Paging & { status?: string; active?: boolean } }>(
    '/billjobs',
    { schema: { querystring: listQuery({ status: { type: 'string', enum: STATUSES }, active: { type: 'boolean' } }) } },
    ({ query }) => {
      const active =
        query.active === undefined ? [] : where("(status IN ('COMPLETE', 'CANCELLED')) <> ?", Number(query.active));
      const filters = [...where('status = ?', query.status), ...active];
      const page = store.jobs.page(filters, pageSizeOf(query), query.nextToken, 'document');
      return pageText(
        page.rows.map((row) => String(row['document'])),
        page.nextToken,
      );
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
      schema: { body: createBody },
    },
    ({ body }) => stringifyExact(jobs.create(body)),
  );
  app.post<{ Body: { billIds: string[] } }>(
    '/billjobs/recalculate',
    { schema: { body: recalculateBody } },
    ({ body }) => stringifyExact(jobs.recalculate(body.billIds)),
  );
}

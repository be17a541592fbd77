import { createHmac } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { stringifyExact } from '../../shared/exactJson.ts';
import { ApiError, notFound } from '../apiError.ts';
import type { Api } from '../app.ts';
import { documentText } from '../documentText.ts';
import { ACTIVE_STATEMENTS, makeNotedStatement, makeStatement, readJob } from '../jobs/statementJobs.ts';
import type { StatementJob, StatementRequest } from '../jobs/statementJobs.ts';
import { flag, listQuery, pageSizeOf, pageText, text } from '../query.ts';
import type { Paging } from '../query.ts';
import { where } from '../table.ts';

type Format = 'json' | 'csv';
type Id = { Params: { id: string } };
interface ListQuery extends Paging {
  active?: boolean;
  status?: string;
  billId?: string;
}

/** How long the address of a statement is good for. */
const LIFETIME_MS = 3_600_000;
const STATUSES = ['PENDING', 'RUNNING', 'COMPLETE', 'CANCELLED', 'FAILED'];

const request = {
  version: { type: 'integer' },
  includeCsvFormat: flag,
  filters: { type: 'object', properties: { meterIds: { type: 'array', items: text } } },
};
const oneBody = {
  type: 'object',
  required: ['billId'],
  properties: { ...request, billId: { type: 'string', minLength: 1 } },
  additionalProperties: false,
};
const batchBody = {
  type: 'object',
  required: ['billIds'],
  properties: { ...request, billIds: { type: 'array', minItems: 1, maxItems: 10, items: text } },
  additionalProperties: false,
};

/**
 * Statement jobs, and the addresses of statements, which are good for an hour and need no token. A statement here is the
 * Bill itself, in CSV its Line Items: what m3ter writes into one is not published.
 *
 * Source: m3ter's OpenAPI document, StatementJob and Bill.
 */
export function statementRoutes(app: FastifyInstance, api: Api): void {
  jobRoutes(app, api);
  const addressOf = (of: FastifyRequest<Id>, format: Format): string => {
    const { id } = of.params;
    makeNotedStatement(api.store, api.billing.get(id));
    const row = api.store.statements.get(id);
    const isThere = row !== undefined && (format === 'json' || row['csv'] !== null);
    if (!isThere) throw notFound(`A ${format.toUpperCase()} statement of the Bill`, id);
    return stringifyExact({ downloadUrl: signedUrl(api, of, id, format) });
  };
  app.get<Id>('/bills/:id/statement/json', (of) => addressOf(of, 'json'));
  app.get<Id>('/bills/:id/statement/csv', (of) => addressOf(of, 'csv'));
  app.post<Id>('/bills/:id/statement/csv', (of) => {
    api.store.transaction(() => makeStatement(api.store, api.billing, of.params.id, true));
    return addressOf(of, 'csv');
  });
}

function jobRoutes(app: FastifyInstance, api: Api): void {
  const { store, statementJobs } = api;
  const shown = (of: FastifyRequest, job: StatementJob): string => documentText(answerOf(api, of, job));
  const schema = listQuery({ active: flag, status: { type: 'string', enum: STATUSES }, billId: text });
  app.get<{ Querystring: ListQuery }>('/statementjobs', { schema: { querystring: schema } }, (of) => {
    const { active, status, billId } = of.query;
    if ([active, status, billId].filter((value) => value !== undefined).length > 1) {
      throw new ApiError(400, 'Use only one of active, status and billId.');
    }
    const filters = [
      ...where('status = ?', status),
      ...where('bill_id = ?', billId),
      ...(active === true ? [ACTIVE_STATEMENTS] : []),
    ];
    const page = store.statementJobs.page(filters, pageSizeOf(of.query), of.query.nextToken, 'document');
    return pageText(
      page.rows.map((row) => shown(of, readJob(row['document']))),
      page.nextToken,
    );
  });
  app.post<{ Body: StatementRequest }>('/statementjobs', { schema: { body: oneBody } }, (of) =>
    shown(of, statementJobs.create(withoutVersion(of.body))),
  );
  app.post<{ Body: { billIds: string[] } }>('/statementjobs/batch', { schema: { body: batchBody } }, (of) => {
    const { billIds, ...rest } = of.body;
    const jobs = store.transaction(() =>
      billIds.map((billId) => statementJobs.create(withoutVersion({ ...rest, billId }))),
    );
    return `[${jobs.map((job) => shown(of, job)).join(',')}]`;
  });
  app.get<Id>('/statementjobs/:id', (of) => shown(of, statementJobs.get(of.params.id)));
  app.post<Id>('/statementjobs/:id/cancel', (of) => shown(of, statementJobs.cancel(of.params.id)));
}

function withoutVersion({ version: _, ...body }: StatementRequest & { version?: number }): StatementRequest {
  return body;
}

/** A job with the addresses of what it made, once it is complete. */
function answerOf(api: Api, of: FastifyRequest, { due: _, ...job }: StatementJob): object {
  const { orgId } = of.params as { orgId: string };
  const statement = job.statementJobStatus === 'COMPLETE' ? api.store.statements.get(job.billId) : undefined;
  if (!statement) return { ...job, orgId };
  const isStale = api.store.bills.get(job.billId) ? api.billing.get(job.billId)['statementStale'] === true : true;
  const status = isStale ? 'STALE' : 'LATEST';
  const csv = job.includeCsvFormat === true;
  return {
    ...{ ...job, orgId },
    ...{ presignedJsonStatementUrl: signedUrl(api, of, job.billId, 'json'), jsonStatementStatus: status },
    ...(csv ? { presignedCsvStatementUrl: signedUrl(api, of, job.billId, 'csv'), csvStatementStatus: status } : {}),
  };
}

function signedUrl(api: Api, of: FastifyRequest, billId: string, format: Format): string {
  const expires = api.now().getTime() + LIFETIME_MS;
  const signature = signatureOf(api, billId, format, expires);
  return `${of.protocol}://${of.host}/statements/${billId}.${format}?expires=${expires}&signature=${signature}`;
}

const signatureOf = ({ store }: Api, billId: string, format: string, expires: number): string =>
  createHmac('sha256', store.credentials.apiSecret).update(`${billId}.${format}.${expires}`).digest('hex');

/** What the addresses of statements lead to. */
export function downloadRoutes(app: FastifyInstance, api: Api): void {
  app.get<{ Params: { billId: string; format: string }; Querystring: { expires?: string; signature?: string } }>(
    '/statements/:billId.:format',
    ({ params: { billId, format }, query: { expires, signature } }, reply) => {
      const isSigned = signature === signatureOf(api, billId, format, Number(expires));
      if (!isSigned || Number(expires) < api.now().getTime()) {
        throw new ApiError(403, 'This address is not one that m3ter gave out, or its time is over. Ask for a new one.');
      }
      const row = api.store.statements.get(billId);
      if (!row) throw notFound('A statement of the Bill', billId);
      if (format === 'json') return String(row['document']);
      return reply.type('text/csv; charset=utf-8').send(String(row['csv']));
    },
  );
}

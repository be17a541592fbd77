import { OrgError } from '../orgError.ts';
import { makeRecordId, normalizeRecordId } from '../recordIds.ts';
import { notFound, objectBody } from '../rest/message.ts';
import type { ApiCall, ApiResponse } from '../rest/message.ts';
import type { Routes } from '../rest/router.ts';
import type { Background } from './background.ts';
import { csvFormat } from './csv.ts';
import { instant, jobPage, wantedState, wrongState } from './jobInfo.ts';
import { QueryJob } from './queryJob.ts';

/** Apart from the ids of ingest jobs. */
const FIRST_NUMBER = 1_000_000;
const KEY_PREFIX = '750';
/** Rows of a page of results unless maxRecords says otherwise. */
const MOST_ROWS = 50_000;

/**
 * Bulk API 2.0 query: a job that runs beside the requests, whose rows are then read as CSV page by page.
 * https://developer.salesforce.com/docs/platform/api-asynch/guide/queries.html
 */
export function queryJobRoutes(background: Background): Routes {
  const jobs = new Map<string, QueryJob>();
  const job = (call: ApiCall): QueryJob => jobOf(jobs, call);
  return {
    'POST jobs/query': (call) => create(jobs, call, background),
    'GET jobs/query': (call) => {
      const list = [...jobs.values()].filter(({ order }) => order.user === call.request.user);
      return { status: 200, body: jobPage(call, 'query', list.toReversed().map(shortInfo)) };
    },
    'GET jobs/query/:id': (call) => ({ status: 200, body: fullInfo(job(call)) }),
    'PATCH jobs/query/:id': (call) => abort(job(call), call),
    'DELETE jobs/query/:id': (call) => {
      jobs.delete(job(call).id);
      return { status: 204 };
    },
    'GET jobs/query/:id/results': (call) => results(job(call), call),
  };
}

function create(jobs: Map<string, QueryJob>, { org, request }: ApiCall, background: Background): ApiResponse {
  const body = objectBody(request.body);
  const { operation, query: soql } = body;
  if (operation !== 'query' && operation !== 'queryAll') {
    throw new OrgError('INVALIDJOB', `InvalidJob : ${String(operation)} is no operation. Use query or queryAll.`);
  }
  if (typeof soql !== 'string') throw new OrgError('INVALIDJOB', 'InvalidJob : The job needs a query.');
  const order = {
    soql,
    all: operation === 'queryAll',
    format: csvFormat(body),
    user: request.user,
    apiVersion: request.version,
  };
  const job = new QueryJob(makeRecordId(KEY_PREFIX, FIRST_NUMBER + jobs.size), order, org);
  jobs.set(job.id, job);
  background.run(job.work(org));
  return { status: 200, body: shortInfo(job) };
}

function jobOf(jobs: Map<string, QueryJob>, { params, request }: ApiCall): QueryJob {
  const job = jobs.get(normalizeRecordId(params['id'] ?? '') ?? '');
  if (job?.order.user === request.user) return job;
  throw notFound();
}

function abort(job: QueryJob, { org, request }: ApiCall): ApiResponse {
  wantedState(objectBody(request.body), ['Aborted']);
  if (job.state === 'JobComplete') throw wrongState('Aborting a finished Job not allowed');
  job.moveTo('Aborted', org.now());
  return { status: 200, body: shortInfo(job) };
}

/** A page of rows; `Sforce-Locator` names the next one, or is the word null. */
function results(job: QueryJob, { request }: ApiCall): ApiResponse {
  if (job.state !== 'JobComplete') throw wrongState(`Job in state ${job.state} has no results yet`);
  const locator = request.query.get('locator');
  const start = locator === null ? 0 : Number(Buffer.from(locator, 'base64url').toString());
  const most = Number(request.query.get('maxRecords') ?? MOST_ROWS);
  if (!Number.isSafeInteger(start) || !Number.isSafeInteger(most) || most < 1) {
    throw new OrgError('INVALID_QUERY_LOCATOR', `invalid query locator: ${locator}. Read the results from the start.`);
  }
  const { csv, count, next } = job.page(start, most);
  return {
    status: 200,
    text: { type: 'text/csv', content: csv },
    headers: {
      'Sforce-Locator': next === undefined ? 'null' : Buffer.from(String(next)).toString('base64url'),
      'Sforce-NumberOfRecords': String(count),
    },
  };
}

function shortInfo({ id, order, objectName, state, createdAt, changedAt }: QueryJob): object {
  return {
    id,
    operation: order.all ? 'queryAll' : 'query',
    object: objectName,
    createdById: order.user.id,
    createdDate: instant(createdAt),
    systemModstamp: instant(changedAt),
    state,
    concurrencyMode: 'Parallel',
    contentType: 'CSV',
    apiVersion: Number(order.apiVersion),
    jobType: 'V2Query',
    ...order.format,
  };
}

function fullInfo(job: QueryJob): object {
  return {
    ...shortInfo(job),
    numberRecordsProcessed: job.numberProcessed,
    retries: 0,
    totalProcessingTime: job.changedAt.getTime() - job.createdAt.getTime(),
    isPkChunkingSupported: true,
  };
}

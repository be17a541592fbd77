import type { ObjectModel, OrgUser } from '../model.ts';
import { OrgError } from '../orgError.ts';
import { makeRecordId, normalizeRecordId } from '../recordIds.ts';
import { notFound, objectBody } from '../rest/message.ts';
import type { ApiCall, ApiResponse } from '../rest/message.ts';
import type { Routes } from '../rest/router.ts';
import type { Background } from './background.ts';
import { csvFormat } from './csv.ts';
import { IngestJob } from './ingestJob.ts';
import type { IngestOperation, IngestOrder } from './ingestJob.ts';
import { instant, jobPage, wantedState, wrongState } from './jobInfo.ts';

const KEY_PREFIX = '750';
const OPERATIONS: readonly string[] = ['insert', 'update', 'upsert', 'delete'] satisfies IngestOperation[];

/**
 * Bulk API 2.0 ingest: a job is created, gets its data once, is closed, and works beside the requests until its results
 * can be read. Jobs live as long as the org runs; Salesforce keeps them seven days.
 * https://developer.salesforce.com/docs/platform/api-asynch/guide/bulk-api-2-0-ingest.html
 */
export function ingestRoutes(background: Background): Routes {
  const jobs = new Map<string, IngestJob>();
  const job = (call: ApiCall): IngestJob => jobOf(jobs, call);
  return {
    'POST jobs/ingest': (call) => create(jobs, call),
    'GET jobs/ingest': (call) => {
      const list = [...jobs.values()].filter(({ order }) => order.user === call.request.user);
      return { status: 200, body: jobPage(call, 'ingest', list.toReversed().map(shortInfo)) };
    },
    'PUT jobs/ingest/:id/batches': (call) => upload(job(call), call),
    'PATCH jobs/ingest/:id': (call) => change(job(call), call, background),
    'GET jobs/ingest/:id': (call) => ({ status: 200, body: fullInfo(job(call)) }),
    'DELETE jobs/ingest/:id': (call) => remove(jobs, job(call)),
    'GET jobs/ingest/:id/successfulResults': (call) => csv(job(call).successfulResults()),
    'GET jobs/ingest/:id/failedResults': (call) => csv(job(call).failedResults()),
    'GET jobs/ingest/:id/unprocessedrecords': (call) => csv(job(call).unprocessedRecords()),
  };
}

function create(jobs: Map<string, IngestJob>, { org, request }: ApiCall): ApiResponse {
  const body = objectBody(request.body);
  const object = org.model.objects.get(String(body['object']).toLowerCase());
  if (!object || !org.access.object(request.user, object.name).read) {
    throw new OrgError('INVALIDENTITY', `InvalidEntity : Unable to find object: ${String(body['object'])}`);
  }
  const operation = readOperation(body['operation']);
  const order: IngestOrder = {
    object,
    operation,
    ...(operation === 'upsert' ? { externalIdField: externalIdField(object, body['externalIdFieldName']) } : {}),
    format: csvFormat(body),
    user: request.user,
    apiVersion: request.version,
  };
  const job = new IngestJob(makeRecordId(KEY_PREFIX, jobs.size + 1), order, org.now());
  jobs.set(job.id, job);
  const contentUrl = `services/data/v${request.version}/jobs/ingest/${job.id}/batches`;
  return { status: 200, body: { ...shortInfo(job), contentUrl } };
}

function readOperation(value: unknown): IngestOperation {
  if (typeof value === 'string' && OPERATIONS.includes(value)) return value as IngestOperation;
  if (value === 'hardDelete') {
    const message = 'hardDelete operation requires special user profile permission, please contact your administrator';
    throw new OrgError('FEATURENOTENABLED', `FeatureNotEnabled : ${message}`);
  }
  throw new OrgError(
    'INVALIDJOB',
    `InvalidJob : ${String(value)} is no operation. Use one of ${OPERATIONS.join(', ')}.`,
  );
}

function externalIdField(object: ObjectModel, name: unknown): string {
  const field = typeof name === 'string' ? object.fields.get(name.toLowerCase()) : undefined;
  if (field && (field.externalId || field.type === 'id')) return field.name;
  const message =
    typeof name === 'string'
      ? `Field name provided, ${name} does not match an External ID, Salesforce Id, or indexed field for ${object.name}`
      : 'External ID was blank for upsert';
  throw new OrgError('INVALIDJOB', `InvalidJob : ${message}`);
}

function jobOf(jobs: Map<string, IngestJob>, { params, request }: ApiCall): IngestJob {
  const job = jobs.get(normalizeRecordId(params['id'] ?? '') ?? '');
  if (job && mayUse(request.user, job)) return job;
  throw notFound();
}

/** Others' jobs are for those who manage data integrations, which no user of the local org does. */
const mayUse = (user: OrgUser, { order }: IngestJob): boolean => order.user === user;

function upload(job: IngestJob, { request }: ApiCall): ApiResponse {
  const type = request.headers['content-type'] ?? '';
  if (!/^text\/csv\b/i.test(type)) {
    throw new OrgError('UNSUPPORTED_MEDIA_TYPE', `Data of a job is text/csv, not ${type || 'of no type'}.`, {
      status: 415,
    });
  }
  if (job.state !== 'Open') throw wrongState('Job is not open, data can be uploaded to open jobs only');
  if (job.hasData) {
    throw new OrgError(
      'CLIENTINPUTERROR',
      `ClientInputError : Found multiple contents for job: <${job.id}>. Abort or delete it, then make a new job and send its data once.`,
    );
  }
  job.upload(typeof request.body === 'string' ? request.body : '');
  return { status: 201 };
}

function change(job: IngestJob, { org, request }: ApiCall, background: Background): ApiResponse {
  const state = wantedState(objectBody(request.body), ['UploadComplete', 'Aborted']);
  if (state === 'Aborted') {
    if (job.state === 'JobComplete' || job.state === 'Failed') throw wrongState('Aborting a finished Job not allowed');
    job.moveTo('Aborted', org.now());
  } else {
    if (job.state !== 'Open') throw wrongState('Closing already closed Job not allowed');
    job.moveTo('UploadComplete', org.now());
    background.run(job.work(org));
  }
  return { status: 200, body: shortInfo(job) };
}

function remove(jobs: Map<string, IngestJob>, job: IngestJob): ApiResponse {
  if (job.state === 'Open' || job.state === 'InProgress') {
    throw wrongState(`Job in state ${job.state} cannot be deleted. Abort it first.`);
  }
  jobs.delete(job.id);
  return { status: 204 };
}

function csv(content: string): ApiResponse {
  return { status: 200, text: { type: 'text/csv', content } };
}

function shortInfo({ id, order, state, createdAt, changedAt }: IngestJob): object {
  return {
    id,
    operation: order.operation,
    object: order.object.name,
    createdById: order.user.id,
    createdDate: instant(createdAt),
    systemModstamp: instant(changedAt),
    state,
    ...(order.externalIdField ? { externalIdFieldName: order.externalIdField } : {}),
    concurrencyMode: 'Parallel',
    contentType: 'CSV',
    apiVersion: Number(order.apiVersion),
    jobType: 'V2Ingest',
    ...order.format,
  };
}

function fullInfo(job: IngestJob): object {
  const time = Math.round(job.processingMilliseconds);
  return {
    ...shortInfo(job),
    numberRecordsProcessed: job.numberProcessed,
    numberRecordsFailed: job.numberFailed,
    ...(job.errorMessage ? { errorMessage: job.errorMessage } : {}),
    retries: 0,
    totalProcessingTime: time,
    apiActiveProcessingTime: time,
    apexProcessingTime: 0,
  };
}

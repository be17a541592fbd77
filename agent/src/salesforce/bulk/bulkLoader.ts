import { sentence } from '../../errors.ts';
import type { SalesforceRecord } from '../../rules/records.ts';
import type { Runtime } from '../../runtime.ts';
import type { SalesforceConnection } from '../connection.ts';
import { SalesforceError, type ErrorClass } from '../errors.ts';
import { readCsv, toCsv } from './csv.ts';

/** What bulk loads need of a connection. */
export type BulkCalls = Pick<SalesforceConnection, 'request' | 'upload' | 'download'>;

/** A row that Salesforce did not take. */
export interface RefusedRow {
  /** Its external id. */
  readonly key: string;
  /** Such as `REQUIRED_FIELD_MISSING:...:Name --`; empty for a row that the job never came to. */
  readonly error: string;
}

export interface LoadResult {
  readonly refused: readonly RefusedRow[];
  /** Record ids by external id, where they were asked for. */
  readonly ids: ReadonlyMap<string, string>;
}

interface JobInfo {
  readonly id?: unknown;
  readonly state?: unknown;
  readonly numberRecordsFailed?: unknown;
  readonly errorMessage?: unknown;
}

/** Salesforce works on a job for seconds to minutes: the longer it takes, the rarer the agent asks. */
const POLL = { firstMs: 500, growth: 1.5, mostMs: 10_000 };
/** Classes of errors that say nothing about the job. */
const PASSING = new Set<ErrorClass>(['transient', 'auth', 'limit']);
const OVER = new Set(['JobComplete', 'Failed', 'Aborted']);
/** Salesforce takes 150 MB of data in base64, which makes a third more of it (Bulk API 2.0 Developer Guide, "Limits"). */
const MOST_BYTES = 100_000_000;

/** Upserts many records by Bulk API 2.0 ingest jobs, one after the other (Bulk API 2.0 Developer Guide, "Ingest"). */
export class BulkLoader {
  private readonly connection: BulkCalls;
  private readonly runtime: Pick<Runtime, 'sleep'>;
  private readonly onJob: (jobId: string) => Promise<void>;
  private readonly mostBytes: number;

  /** @param onJob called before a job gets its data, so that it can be ended when the agent is killed meanwhile */
  constructor(
    connection: BulkCalls,
    runtime: Pick<Runtime, 'sleep'>,
    onJob: (jobId: string) => Promise<void>,
    mostBytes = MOST_BYTES,
  ) {
    this.connection = connection;
    this.runtime = runtime;
    this.onJob = onJob;
    this.mostBytes = mostBytes;
  }

  /**
   * Upserts records by an external id, by as many jobs as their data takes, and waits for the end. A row that was refused
   * does not stop the others.
   *
   * @param options.withIds also reads the record ids
   * @throws {SalesforceSetupError} when the org does not let the agent use the Bulk API
   * @throws {SalesforceError} `BULK_JOB_FAILED` when the job as a whole failed, and what `request` throws
   */
  async upsert(
    object: string,
    externalId: string,
    records: readonly SalesforceRecord[],
    { withIds = false } = {},
  ): Promise<LoadResult> {
    const refused: RefusedRow[] = [];
    const ids = new Map<string, string>();
    for (const csv of toCsv(records, this.mostBytes)) {
      const { path, isClean } = await this.load(object, externalId, csv);
      if (!isClean) refused.push(...(await this.refusedRows(path, externalId)));
      if (withIds) for (const [key, id] of await this.ids(path, externalId)) ids.set(key, id);
    }
    return { refused, ids };
  }

  private async load(object: string, externalId: string, csv: string): Promise<{ path: string; isClean: boolean }> {
    const created = (await this.connection.request('POST', '/jobs/ingest', {
      object,
      operation: 'upsert',
      externalIdFieldName: externalId,
      contentType: 'CSV',
      lineEnding: 'LF',
    })) as JobInfo;
    const id = String(created.id);
    const path = `/jobs/ingest/${id}`;
    await this.onJob(id);
    await this.connection.upload(`${path}/batches`, csv);
    await this.connection.request('PATCH', path, { state: 'UploadComplete' });
    const { state, errorMessage, numberRecordsFailed } = await this.end(path);
    const reason = typeof errorMessage === 'string' ? errorMessage : undefined;
    if (state === 'Aborted' || (state === 'Failed' && reason !== undefined)) {
      const why = sentence(reason ?? 'somebody aborted it');
      const next = 'Give the same command again: the backfill goes on where it stopped.';
      throw new SalesforceError(
        'BULK_JOB_FAILED',
        `The bulk job ${id} for ${object} failed: ${why} ${next}`,
        'transient',
      );
    }
    return { path, isClean: state === 'JobComplete' && Number(numberRecordsFailed) === 0 };
  }

  /**
   * Ends a job that an agent before began and nobody waits for any more. One that is over already, or gone, stays as it is.
   *
   * @throws {SalesforceError} when the org could not be asked now
   */
  async abort(jobId: string): Promise<void> {
    try {
      await this.connection.request('PATCH', `/jobs/ingest/${jobId}`, { state: 'Aborted' });
    } catch (error) {
      const isSettled = error instanceof SalesforceError && !PASSING.has(error.errorClass);
      if (!isSettled) throw error;
    }
  }

  private async end(path: string): Promise<JobInfo> {
    for (let wait = POLL.firstMs; ; wait = Math.min(POLL.mostMs, wait * POLL.growth)) {
      await this.runtime.sleep(wait);
      const job = (await this.connection.request('GET', path)) as JobInfo;
      if (OVER.has(String(job.state))) return job;
    }
  }

  private async refusedRows(path: string, externalId: string): Promise<RefusedRow[]> {
    const failed = readCsv(await this.connection.download(`${path}/failedResults`));
    const left = readCsv(await this.connection.download(`${path}/unprocessedrecords`));
    return [...failed, ...left].map((row) => ({ key: row[externalId] ?? '', error: row['sf__Error'] ?? '' }));
  }

  private async ids(path: string, externalId: string): Promise<Map<string, string>> {
    const rows = readCsv(await this.connection.download(`${path}/successfulResults`));
    return new Map(rows.map((row) => [row[externalId] ?? '', row['sf__Id'] ?? '']));
  }
}

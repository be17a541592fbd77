import type { JobResult as BossResult, JobWithMetadata, PgBoss, WorkOptions } from 'pg-boss';
import { errorMessage } from '../../errors.ts';
import type { Logger, Runtime } from '../../runtime.ts';
import { toText, type Db } from '../database/db.ts';
import type { JobResult, PushAttempt, PushData, PushOptions, ScanAttempt, ScanRequest } from '../types.ts';
import { backoffSeconds } from './backoff.ts';
import { forgetDead, setDelays, spare, type Delay } from './jobSql.ts';
import { PUSH, SCAN, SCAN_RETRIES } from './names.ts';
import { ScanLater } from './scanLater.ts';
import type { QueueSettings } from './settings.ts';

/** Orgs that are scanned side by side. */
const SCAN_LANES = 2;

export type PushHandler = (jobs: readonly PushAttempt[]) => Promise<ReadonlyMap<string, JobResult>>;

/** Hands jobs to handlers and settles them. */
export class Workers {
  private readonly database: Db;
  private readonly settings: QueueSettings;
  private readonly logger: Logger;
  private readonly random: () => number;
  private readonly active = new Set<string>();

  constructor(database: Db, settings: QueueSettings, { logger, random }: Pick<Runtime, 'logger' | 'random'>) {
    this.database = database;
    this.settings = settings;
    this.logger = logger;
    this.random = random;
  }

  async workPush(boss: PgBoss, { batchSize, concurrency }: PushOptions, handler: PushHandler): Promise<void> {
    const options = {
      ...this.polling(),
      includeMetadata: true,
      perJobResults: true,
      batchSize,
      burstWhenBatchFull: batchSize > 1,
      localConcurrency: concurrency,
      groupConcurrency: 1,
    } as const;
    await boss.work<PushData, BossResult[], typeof options>(PUSH, options, (jobs) =>
      this.tracked(jobs, async () => {
        const results = await this.push(jobs, handler);
        await setDelays(this.database, this.delays(jobs, results));
        await forgetDead(this.database, doneKeys(jobs, results));
        return jobs.map(({ id }) => disposition(id, results.get(id)));
      }),
    );
  }

  async workScans(boss: PgBoss, handler: (attempt: ScanAttempt) => Promise<void>): Promise<void> {
    const options = {
      ...this.polling(),
      includeMetadata: true,
      localConcurrency: SCAN_LANES,
      groupConcurrency: 1,
    } as const;
    await boss.work<ScanRequest, void, typeof options>(SCAN, options, (jobs) =>
      this.tracked(jobs, async () => {
        for (const job of jobs) await this.scan(job, handler);
      }),
    );
  }

  /** Jobs that are cut off in the middle are tried again even if this was their last attempt. */
  async spareActive(): Promise<void> {
    await spare(this.database, [...this.active]);
  }

  private polling(): WorkOptions {
    const { pollingSeconds } = this.settings;
    return { pollingIntervalSeconds: pollingSeconds, notifyPollingIntervalSeconds: pollingSeconds };
  }

  private async tracked<T>(jobs: ReadonlyArray<{ id: string }>, work: () => Promise<T>): Promise<T> {
    for (const { id } of jobs) this.active.add(id);
    try {
      return await work();
    } finally {
      for (const { id } of jobs) this.active.delete(id);
    }
  }

  private async push(jobs: ReadonlyArray<JobWithMetadata<PushData>>, handler: PushHandler) {
    try {
      return await handler(jobs.map((job) => this.attemptOf(job)));
    } catch (error) {
      this.logger.error({ err: error, jobs: jobs.length }, 'Sending Bills broke off; they are tried again.');
      const again = { kind: 'retry', error: errorMessage(error) } as const;
      return new Map<string, JobResult>(jobs.map(({ id }) => [id, again]));
    }
  }

  private async scan(job: JobWithMetadata<ScanRequest>, handler: (attempt: ScanAttempt) => Promise<void>) {
    try {
      await handler(this.attemptOf(job, SCAN_RETRIES));
    } catch (error) {
      const { orgId, reason } = job.data;
      if (error instanceof ScanLater) {
        const { id, retryCount } = job;
        const seconds = Math.ceil(error.afterMs / 1000);
        await setDelays(this.database, [{ id, retryCount, seconds, isUncounted: true }]);
        throw error;
      }
      this.logger.warn({ err: error, orgId, reason }, 'A scan broke off.');
      // Only the text: what else an error carries does not belong in the queue.
      throw new Error(toText(errorMessage(error)));
    }
  }

  /** When each job that did not get done is tried again. */
  private delays(jobs: ReadonlyArray<JobWithMetadata<PushData>>, results: ReadonlyMap<string, JobResult>): Delay[] {
    return jobs.flatMap((job) => {
      const { id, retryCount } = job;
      const result = results.get(id);
      if (result?.kind === 'done' || result?.kind === 'dead') return [];
      const wait =
        result?.afterMs === undefined
          ? backoffSeconds(this.attemptOf(job).attempt, this.settings, this.random())
          : result.afterMs / 1000;
      return { id, retryCount, seconds: Math.ceil(wait), isUncounted: result?.kind === 'later' };
    });
  }

  /** Attempts that did not count raised the job's limit instead. */
  private attemptOf<T>(
    { id, data, retryCount, retryLimit, signal }: JobWithMetadata<T>,
    limit = this.settings.retryLimit,
  ) {
    const left = retryLimit - retryCount;
    return { id, data, attempt: Math.max(1, limit - left + 1), isLast: left <= 0, signal };
  }
}

function doneKeys(
  jobs: ReadonlyArray<JobWithMetadata<PushData>>,
  results: ReadonlyMap<string, JobResult>,
): Array<string | null> {
  return jobs.filter(({ id }) => results.get(id)?.kind === 'done').map(({ singletonKey }) => singletonKey);
}

function disposition(id: string, result: JobResult | undefined): BossResult {
  if (result?.kind === 'done') return { id, status: 'completed' };
  const error = result && 'error' in result ? toText(result.error) : 'The worker gave no result.';
  return { id, status: result?.kind === 'dead' ? 'deadletter' : 'failed', output: { error } };
}

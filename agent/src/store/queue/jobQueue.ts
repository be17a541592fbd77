import { createHash } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Runtime } from '../../runtime.ts';
import type { Db } from '../database/db.ts';
import type { Batches } from '../repositories/batches.ts';
import type { DeadJob, PushData, PushOptions, Queue, QueueDepth, ScanAttempt, ScanRequest } from '../types.ts';
import type { Boss } from './boss.ts';
import { deadJobs, isIdle, pushDepth, putActiveBack, takeDead } from './jobSql.ts';
import { PUSH, SCAN } from './names.ts';
import { pushKey } from './pushJobs.ts';
import type { PushHandler, Workers } from './workers.ts';

export interface JobQueueParts {
  readonly database: Db;
  readonly boss: Boss;
  readonly workers: Workers;
  readonly batches: Batches;
  readonly runtime: Pick<Runtime, 'now' | 'newId' | 'logger'>;
}

/** The queue, on pg-boss. */
export class JobQueue implements Queue {
  private readonly parts: JobQueueParts;
  private isWorking = false;

  constructor(parts: JobQueueParts) {
    this.parts = parts;
  }

  async start(): Promise<void> {
    await this.parts.boss.ready();
  }

  async requestScan(request: ScanRequest): Promise<boolean> {
    const boss = await this.parts.boss.ready();
    const options = { singletonKey: scanKey(request), group: { id: request.orgId } };
    return (await boss.send(SCAN, request, options)) !== null;
  }

  async workScans(handler: (attempt: ScanAttempt) => Promise<void>): Promise<void> {
    const boss = await this.begin();
    await this.parts.workers.workScans(boss, handler);
  }

  async workPush(options: PushOptions, handler: PushHandler): Promise<void> {
    const boss = await this.begin();
    await this.parts.workers.workPush(boss, options, handler);
  }

  async idle(): Promise<boolean> {
    await this.start();
    return isIdle(this.parts.database);
  }

  async depth(): Promise<QueueDepth> {
    await this.start();
    return pushDepth(this.parts.database);
  }

  async dead(limit: number): Promise<DeadJob[]> {
    await this.start();
    return deadJobs(this.parts.database, limit);
  }

  async redrive(orgId?: string): Promise<number> {
    await this.start();
    const { database, batches, runtime } = this.parts;
    return database.transaction(async (sql) => {
      const dead = await takeDead(sql, orgId);
      const groups = Map.groupBy(dead, (job) => pushKey(job, ''));
      for (const jobs of groups.values()) {
        const [first] = jobs as [PushData, ...PushData[]];
        const batch = {
          runKey: runtime.newId(),
          orgId: first.orgId,
          integrationId: first.integrationId,
          trigger: 'MANUAL' as const,
          startedAt: runtime.now(),
          replayedFrom: null,
          isScanned: true,
        };
        await batches.enqueueWithin(
          sql,
          batch,
          jobs.map(({ billId }) => billId),
        );
      }
      return new Set(dead.map((job) => pushKey(job, job.billId))).size;
    });
  }

  async recoverActive(): Promise<void> {
    await this.start();
    const { database, runtime } = this.parts;
    // A worker of this process may hold active jobs already.
    if (database.kind !== 'pglite' || this.isWorking) return;
    const jobs = await putActiveBack(database);
    if (jobs > 0) runtime.logger.info({ jobs }, 'Took up jobs that the last process left behind.');
  }

  async stop(graceMs: number): Promise<void> {
    const boss = await this.parts.boss.stopping();
    if (!boss) return;
    const ended = Promise.all([boss.offWork(PUSH), boss.offWork(SCAN)]);
    const timer = new AbortController();
    await Promise.race([ended, delay(graceMs, undefined, { signal: timer.signal }).catch(() => undefined)]);
    timer.abort();
    await this.parts.workers.spareActive();
    await boss.stop({ graceful: false, close: true });
  }

  private async begin() {
    const boss = await this.parts.boss.ready();
    this.isWorking = true;
    return boss;
  }
}

/** Requests with the same key do the same. */
function scanKey({ orgId, integrationIds, trigger, runKeys = {} }: ScanRequest): string {
  const ids = integrationIds === null ? null : [...integrationIds].sort();
  const what = JSON.stringify([ids, trigger, Object.entries(runKeys).sort()]);
  return `${orgId}:${createHash('sha256').update(what).digest('hex').slice(0, 32)}`;
}

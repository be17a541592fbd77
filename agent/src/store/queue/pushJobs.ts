import { randomUUID } from 'node:crypto';
import type { Sql } from '../database/db.ts';
import { bossWithin } from '../database/postgresDb.ts';
import type { IntegrationRef, PushData } from '../types.ts';
import type { Boss } from './boss.ts';
import { PUSH } from './names.ts';
import type { QueueSettings } from './settings.ts';

/** Jobs of one statement. */
const CHUNK = 1000;

export interface QueuedJob {
  readonly billId: string;
  readonly id: string;
}

/** What makes two jobs the same work. */
export function pushKey({ orgId, integrationId }: IntegrationRef, billId: string): string {
  return `${orgId}:${integrationId}:${billId}`;
}

/** Puts push jobs into the queue within a transaction. */
export class PushJobs {
  private readonly boss: Boss;
  private readonly settings: QueueSettings;

  constructor(boss: Boss, settings: QueueSettings) {
    this.boss = boss;
    this.settings = settings;
  }

  /** Await it before the transaction. */
  async ready(): Promise<void> {
    await this.boss.ready();
  }

  /**
   * Queues a job for each Bill that has none waiting. A Bill that waits to be tried again is tried at once, and as often as
   * a new one.
   *
   * @returns the jobs that are this batch's now
   */
  async insert(sql: Sql, { orgId, integrationId, runKey }: Omit<PushData, 'billId'>, billIds: readonly string[]) {
    const boss = await this.boss.ready();
    const ref = { orgId, integrationId };
    // In one order, so that processes that queue the same Bills wait for each other instead of for ever.
    const ids = [...new Set(billIds)].sort();
    const queued: QueuedJob[] = [];
    for (let start = 0; start < ids.length; start += CHUNK) {
      const chunk = ids.slice(start, start + CHUNK).map((billId) => ({ billId, key: pushKey(ref, billId) }));
      const woken = await this.wake(
        sql,
        chunk.map(({ key }) => key),
        runKey,
      );
      const isWaiting = new Set(woken.map(({ key }) => key));
      const jobs = chunk.filter(({ key }) => !isWaiting.has(key)).map((job) => ({ ...job, id: randomUUID() }));
      const inserted = await boss.insert(
        PUSH,
        jobs.map(({ id, billId, key }) => ({
          id,
          singletonKey: key,
          group: { id: key },
          data: { ...ref, billId, runKey } satisfies PushData,
        })),
        { db: bossWithin(sql), returnId: true },
      );
      const isNew = new Set(inserted);
      queued.push(...woken.filter(({ isTakenOver }) => isTakenOver), ...jobs.filter(({ id }) => isNew.has(id)));
    }
    return queued.map(({ id, billId }): QueuedJob => ({ id, billId }));
  }

  /**
   * Lets the jobs with these keys that wait to be tried again run at once. One that its batch does not wait for any more,
   * because the worker died after it had told the outcome, goes on for this batch.
   */
  private wake(sql: Sql, keys: readonly string[], runKey: string): Promise<WokenJob[]> {
    return sql.query<WokenJob>(
      `UPDATE pgboss.job AS j SET start_after = LEAST(j.start_after, now()), retry_limit = j.retry_count + 1 + $2::int,
              data = CASE WHEN w.awaited THEN j.data ELSE j.data || jsonb_build_object('runKey', $3::text) END
         FROM (SELECT id, EXISTS (SELECT FROM agent.batch_bills b
                       WHERE b.run_key = data->>'runKey' AND b.bill_id = data->>'billId' AND NOT b.is_final) AS awaited
                 FROM pgboss.job WHERE name = '${PUSH}' AND state = 'retry' AND singleton_key = ANY($1) FOR UPDATE) AS w
        WHERE j.name = '${PUSH}' AND j.id = w.id
       RETURNING j.id, j.singleton_key AS key, j.data->>'billId' AS "billId", NOT w.awaited AS "isTakenOver"`,
      [keys, this.settings.retryLimit, runKey],
    );
  }
}

interface WokenJob extends QueuedJob {
  readonly key: string;
  readonly isTakenOver: boolean;
}

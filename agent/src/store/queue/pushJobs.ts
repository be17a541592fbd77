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
   * @returns the jobs that are new
   */
  async insert(sql: Sql, { orgId, integrationId, runKey }: Omit<PushData, 'billId'>, billIds: readonly string[]) {
    const boss = await this.boss.ready();
    const ref = { orgId, integrationId };
    // In one order, so that processes that queue the same Bills wait for each other instead of for ever.
    const ids = [...new Set(billIds)].sort();
    const queued: QueuedJob[] = [];
    for (let start = 0; start < ids.length; start += CHUNK) {
      const chunk = ids.slice(start, start + CHUNK);
      const waiting = await this.wake(
        sql,
        chunk.map((billId) => pushKey(ref, billId)),
      );
      const jobs = chunk
        .map((billId) => ({ id: randomUUID(), billId, singletonKey: pushKey(ref, billId) }))
        .filter(({ singletonKey }) => !waiting.has(singletonKey));
      const inserted = await boss.insert(
        PUSH,
        jobs.map(({ id, billId, singletonKey }) => ({
          id,
          singletonKey,
          group: { id: singletonKey },
          data: { ...ref, billId, runKey } satisfies PushData,
        })),
        { db: bossWithin(sql), returnId: true },
      );
      const isNew = new Set(inserted);
      queued.push(...jobs.filter(({ id }) => isNew.has(id)));
    }
    return queued;
  }

  /** Lets the jobs with these keys that wait to be tried again run at once. Returns their keys. */
  private async wake(sql: Sql, keys: readonly string[]): Promise<Set<string>> {
    const rows = await sql.query<{ key: string }>(
      `UPDATE pgboss.job SET start_after = LEAST(start_after, now()), retry_limit = retry_count + 1 + $2::int
        WHERE name = '${PUSH}' AND state = 'retry' AND singleton_key = ANY($1) RETURNING singleton_key AS key`,
      [keys, this.settings.retryLimit],
    );
    return new Set(rows.map(({ key }) => key));
  }
}

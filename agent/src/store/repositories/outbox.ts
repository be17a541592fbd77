import { toJson, toText, type Sql } from '../database/db.ts';
import type { NewNotification, NotificationStore, StoredNotification } from '../types.ts';

/** More that wait would only repeat each other. */
const KEPT = 1000;
/** Longer than sending a handful takes; then another worker may try. */
const TAKEN_MS = 15 * 60_000;
const TAKEN_AT_ONCE = 10;

export class Outbox implements NotificationStore {
  private readonly sql: Sql;

  constructor(sql: Sql) {
    this.sql = sql;
  }

  async add({ key, payload, createdAt }: NewNotification): Promise<void> {
    await this.sql.query(
      `INSERT INTO agent.notifications (key, payload, created_at, next_at) VALUES ($1, $2, $3, $3)
       ON CONFLICT (key) DO NOTHING`,
      [key, toJson(payload), createdAt],
    );
    await this.sql.query(
      `DELETE FROM agent.notifications
        WHERE id <= (SELECT id FROM agent.notifications ORDER BY id DESC OFFSET $1 LIMIT 1)`,
      [KEPT],
    );
  }

  async due(now: Date): Promise<StoredNotification[]> {
    return this.sql.query<StoredNotification>(
      `WITH taken AS (
         UPDATE agent.notifications SET next_at = $2
          WHERE id IN (SELECT id FROM agent.notifications WHERE next_at <= $1
                        ORDER BY agent.notifications.id LIMIT $3 FOR UPDATE SKIP LOCKED)
         RETURNING *)
       SELECT id::text AS id, key, payload, created_at AS "createdAt", attempts, error, next_at AS "nextAt"
         FROM taken ORDER BY taken.id`,
      [now, new Date(now.getTime() + TAKEN_MS), TAKEN_AT_ONCE],
    );
  }

  async markSent(id: string): Promise<void> {
    await this.sql.query('DELETE FROM agent.notifications WHERE id = $1', [id]);
  }

  async markFailed(id: string, error: string, nextAt: Date): Promise<void> {
    await this.sql.query(
      'UPDATE agent.notifications SET attempts = attempts + 1, error = $2, next_at = $3 WHERE id = $1',
      [id, toText(error), nextAt],
    );
  }
}

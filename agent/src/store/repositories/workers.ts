import type { Sql } from '../database/db.ts';
import type { WorkerStore } from '../types.ts';

/** A worker that said nothing for so long is gone. */
const GONE_AFTER_SECONDS = 30;

export class Workers implements WorkerStore {
  private readonly sql: Sql;

  constructor(sql: Sql) {
    this.sql = sql;
  }

  async beat(id: string): Promise<number> {
    await this.sql.query(
      'INSERT INTO agent.workers VALUES ($1, now()) ON CONFLICT (id) DO UPDATE SET seen_at = excluded.seen_at',
      [id],
    );
    const [row] = await this.sql.query<{ count: number }>(
      `WITH gone AS (DELETE FROM agent.workers WHERE seen_at < now() - make_interval(secs => $1))
       SELECT count(*)::int AS count FROM agent.workers WHERE seen_at >= now() - make_interval(secs => $1)`,
      [GONE_AFTER_SECONDS],
    );
    return Math.max(1, row?.count ?? 1);
  }

  async leave(id: string): Promise<void> {
    await this.sql.query('DELETE FROM agent.workers WHERE id = $1', [id]);
  }
}

import { toJson, type Db, type Sql } from '../database/db.ts';
import { saveDigests } from './eventDigests.ts';
import type { ErrorStreak, ErrorStreakStore, IntegrationRef } from '../types.ts';

export class ErrorStreaks implements ErrorStreakStore {
  private readonly sql: Db;

  constructor(sql: Db) {
    this.sql = sql;
  }

  async get({ orgId, integrationId }: IntegrationRef): Promise<ErrorStreak> {
    const [row] = await this.sql.query<ErrorStreak>(
      'SELECT count, evidence FROM agent.error_streaks WHERE org_id = $1 AND integration_id = $2',
      [orgId, integrationId],
    );
    return row ?? { count: 0, evidence: [] };
  }

  async set(ref: IntegrationRef, streak: ErrorStreak): Promise<void> {
    await write(this.sql, ref, streak);
  }

  replace(ref: IntegrationRef, before: ErrorStreak, after: ErrorStreak, digests: ReadonlyMap<string, string>) {
    return this.sql.transaction(async (sql) => {
      // Made where there is none, so that there is a row to hold until the end of the transaction.
      const [row] = await sql.query<{ count: number }>(
        `INSERT INTO agent.error_streaks VALUES ($1, $2, 0, '[]')
         ON CONFLICT (org_id, integration_id) DO UPDATE SET count = error_streaks.count RETURNING count`,
        [ref.orgId, ref.integrationId],
      );
      if (row?.count !== before.count) return false;
      await write(sql, ref, after);
      await saveDigests(sql, ref.orgId, digests);
      return true;
    });
  }
}

async function write(sql: Sql, { orgId, integrationId }: IntegrationRef, { count, evidence }: ErrorStreak) {
  await sql.query(
    `INSERT INTO agent.error_streaks VALUES ($1, $2, $3, $4)
     ON CONFLICT (org_id, integration_id) DO UPDATE SET count = excluded.count, evidence = excluded.evidence`,
    [orgId, integrationId, count, toJson(evidence)],
  );
}

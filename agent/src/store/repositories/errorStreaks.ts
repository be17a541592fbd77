import { toJson, type Sql } from '../database/db.ts';
import type { ErrorStreak, ErrorStreakStore, IntegrationRef } from '../types.ts';

export class ErrorStreaks implements ErrorStreakStore {
  private readonly sql: Sql;

  constructor(sql: Sql) {
    this.sql = sql;
  }

  async get({ orgId, integrationId }: IntegrationRef): Promise<ErrorStreak> {
    const [row] = await this.sql.query<ErrorStreak>(
      'SELECT count, evidence FROM agent.error_streaks WHERE org_id = $1 AND integration_id = $2',
      [orgId, integrationId],
    );
    return row ?? { count: 0, evidence: [] };
  }

  async set({ orgId, integrationId }: IntegrationRef, { count, evidence }: ErrorStreak): Promise<void> {
    await this.sql.query(
      `INSERT INTO agent.error_streaks VALUES ($1, $2, $3, $4)
       ON CONFLICT (org_id, integration_id) DO UPDATE SET count = excluded.count, evidence = excluded.evidence`,
      [orgId, integrationId, count, toJson(evidence)],
    );
  }
}

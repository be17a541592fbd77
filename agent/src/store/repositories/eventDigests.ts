import { toJson, type Sql } from '../database/db.ts';
import type { EventDigestStore } from '../types.ts';

export class EventDigests implements EventDigestStore {
  private readonly sql: Sql;

  constructor(sql: Sql) {
    this.sql = sql;
  }

  async digests(orgId: string, keys: readonly string[]): Promise<Map<string, string>> {
    const rows = await this.sql.query<{ key: string; digest: string }>(
      'SELECT event_key AS key, digest FROM agent.written_events WHERE org_id = $1 AND event_key = ANY($2)',
      [orgId, keys],
    );
    return new Map(rows.map(({ key, digest }) => [key, digest]));
  }

  async forgetBefore(before: Date): Promise<void> {
    await this.sql.query('DELETE FROM agent.written_events WHERE written_at < $1', [before]);
  }
}

/** Remembers what was written of Events, by their keys. */
export async function saveDigests(sql: Sql, orgId: string, digests: ReadonlyMap<string, string>): Promise<void> {
  if (digests.size === 0) return;
  const events = [...digests].map(([key, digest]) => ({ key, digest }));
  await sql.query(
    `INSERT INTO agent.written_events (org_id, event_key, digest)
     SELECT $1, key, digest FROM jsonb_to_recordset($2) AS e (key text, digest text) ORDER BY key
     ON CONFLICT (org_id, event_key) DO UPDATE SET digest = excluded.digest, written_at = now()`,
    [orgId, toJson(events)],
  );
}

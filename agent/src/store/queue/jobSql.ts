import { toJson, type Sql } from '../database/db.ts';
import type { DeadJob, PushData, QueueDepth } from '../types.ts';
import { DEAD, PUSH, SCAN } from './names.ts';

/** Nothing runs, and nothing waits whose time has come. */
export async function isIdle(sql: Sql): Promise<boolean> {
  const rows = await sql.query(
    `SELECT FROM pgboss.job WHERE name = ANY($1)
        AND (state IN ('created', 'active') OR (state = 'retry' AND start_after <= now())) LIMIT 1`,
    [[PUSH, SCAN]],
  );
  return rows.length === 0;
}

export async function pushDepth(sql: Sql): Promise<QueueDepth> {
  const [depth] = await sql.query<QueueDepth>(
    `SELECT count(*) FILTER (WHERE name = '${PUSH}' AND state = 'created')::int AS queued,
            count(*) FILTER (WHERE name = '${PUSH}' AND state = 'active')::int AS active,
            count(*) FILTER (WHERE name = '${PUSH}' AND state = 'retry')::int AS retrying,
            count(DISTINCT singleton_key) FILTER (WHERE name = '${DEAD}' AND state = 'created')::int AS dead
       FROM pgboss.job WHERE name IN ('${PUSH}', '${DEAD}') AND state IN ('created', 'retry', 'active')`,
  );
  return depth ?? { queued: 0, active: 0, retrying: 0, dead: 0 };
}

/** Newest first. */
export function deadJobs(sql: Sql, limit: number): Promise<DeadJob[]> {
  return sql.query<DeadJob>(
    `SELECT id, data, created_on AS "diedAt",
            COALESCE(source_output->>'error', source_output->'value'->>'message', source_output->>'message', 'unknown')
              AS error
       FROM pgboss.job WHERE name = '${DEAD}' AND state = 'created' ORDER BY created_on DESC, id LIMIT $1`,
    [limit],
  );
}

/** Takes dead jobs out of the queue of the dead: those of an org, or all. */
export async function takeDead(sql: Sql, orgId: string | undefined): Promise<PushData[]> {
  const rows = await sql.query<{ data: PushData }>(
    `DELETE FROM pgboss.job WHERE name = '${DEAD}' AND state = 'created' AND ($1::text IS NULL OR data->>'orgId' = $1)
     RETURNING data`,
    [orgId ?? null],
  );
  return rows.map(({ data }) => data);
}

/** Lets all active jobs run again at once. The attempt that was cut off does not count. */
export async function putActiveBack(sql: Sql): Promise<number> {
  const rows = await sql.query(
    `UPDATE pgboss.job SET state = 'retry', start_after = now(), retry_limit = retry_limit + 1, heartbeat_on = NULL
      WHERE name = ANY($1) AND state = 'active' RETURNING id`,
    [[PUSH, SCAN]],
  );
  return rows.length;
}

/** When an attempt that failed is followed by the next one. */
export interface Delay {
  readonly id: string;
  readonly retryCount: number;
  readonly seconds: number;
  /** The attempt does not count: the job gets one more. */
  readonly isUncounted: boolean;
}

/** Tells pg-boss, before it takes in that active jobs failed, when to run them again. */
export async function setDelays(sql: Sql, delays: readonly Delay[]): Promise<void> {
  if (delays.length === 0) return;
  await sql.query(
    `UPDATE pgboss.job AS j SET retry_backoff = false, retry_delay = d.seconds,
            retry_limit = j.retry_limit + d."isUncounted"::int
       FROM jsonb_to_recordset($1) AS d (id uuid, "retryCount" integer, seconds integer, "isUncounted" boolean)
      WHERE j.name = ANY($2) AND j.id = d.id AND j.state = 'active' AND j.retry_count = d."retryCount"`,
    [toJson(delays), [PUSH, SCAN]],
  );
}

/** A Bill that was sent is not dead, whatever became of an earlier job. */
export async function forgetDead(sql: Sql, keys: ReadonlyArray<string | null>): Promise<void> {
  if (keys.length === 0) return;
  await sql.query(`DELETE FROM pgboss.job WHERE name = '${DEAD}' AND state = 'created' AND singleton_key = ANY($1)`, [
    keys,
  ]);
}

/** Gives active jobs one attempt more. */
export async function spare(sql: Sql, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await sql.query(
    `UPDATE pgboss.job SET retry_limit = retry_limit + 1 WHERE name = ANY($1) AND id = ANY($2) AND state = 'active'`,
    [[PUSH, SCAN], ids],
  );
}

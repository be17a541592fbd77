import { toJson, type Db, type Sql } from '../database/db.ts';
import type { PushJobs } from '../queue/pushJobs.ts';
import { LIVE_PUSH_JOB } from '../queue/names.ts';
import type {
  Batch,
  BatchCounts,
  BatchStore,
  BillOutcome,
  ClosedBatch,
  CountedBatch,
  IntegrationRef,
  RunClaim,
} from '../types.ts';

/** Batches that `recent` can look back on. */
const KEPT_BATCHES = 1000;

const COLUMNS = `b.run_key AS "runKey", b.org_id AS "orgId", b.integration_id AS "integrationId", b.trigger,
  b.started_at AS "startedAt", b.replayed_from AS "replayedFrom", b.is_scanned AS "isScanned", b.counts,
  b.closed_at AS "closedAt"`;

/** Of a batch `b`: no Bill without a final outcome has a job that is alive. */
const NOTHING_PENDING = `NOT EXISTS (
  SELECT FROM agent.batch_bills bb JOIN pgboss.job j ON j.id = bb.job_id AND ${LIVE_PUSH_JOB}
   WHERE bb.run_key = b.run_key AND NOT bb.is_final)`;

type Row = Batch & Pick<ClosedBatch, 'counts' | 'closedAt'>;

export class Batches implements BatchStore {
  private readonly database: Db;
  private readonly jobs: PushJobs;
  private readonly takeOverSeconds: number;

  /** @param takeOverSeconds after which the work of a process that gives no sign of life is another's */
  constructor(database: Db, jobs: PushJobs, takeOverSeconds: number) {
    this.database = database;
    this.jobs = jobs;
    this.takeOverSeconds = takeOverSeconds;
  }

  open(batch: Batch): Promise<boolean> {
    return insertBatch(this.database, batch);
  }

  async enqueue(batch: Batch, billIds: readonly string[]): Promise<number> {
    await this.jobs.ready();
    return this.database.transaction((sql) => this.enqueueWithin(sql, batch, billIds));
  }

  /** As `enqueue`, in a transaction of the caller's. `PushJobs.ready` must have been awaited before. */
  async enqueueWithin(sql: Sql, batch: Batch, billIds: readonly string[]): Promise<number> {
    await insertBatch(sql, batch);
    const queued = await this.jobs.insert(sql, batch, billIds);
    await sql.query(
      `INSERT INTO agent.batch_bills (run_key, bill_id, job_id)
       SELECT $1, q."billId", q.id FROM jsonb_to_recordset($2) AS q ("billId" text, id uuid) ORDER BY q."billId"
       ON CONFLICT (run_key, bill_id) DO UPDATE SET job_id = excluded.job_id, outcome = NULL, code = NULL,
         is_final = false, line_items = 0`,
      [batch.runKey, toJson(queued)],
    );
    return queued.length;
  }

  async scanned(runKey: string, counts: BatchCounts): Promise<void> {
    await this.database.transaction(async (sql) => {
      const [row] = await sql.query<Row>(`SELECT ${COLUMNS} FROM agent.batches b WHERE run_key = $1 FOR UPDATE`, [
        runKey,
      ]);
      if (!row) return;
      await sql.query('UPDATE agent.batches SET is_scanned = true, counts = $2 WHERE run_key = $1', [
        runKey,
        toJson(sum(row.counts, counts)),
      ]);
    });
  }

  async record(runKey: string, outcomes: readonly BillOutcome[]): Promise<void> {
    if (outcomes.length === 0) return;
    await this.database.query(
      `UPDATE agent.batch_bills AS b SET outcome = o.outcome, code = o.code, is_final = o."isFinal",
              line_items = COALESCE(o."lineItems", 0)
         FROM jsonb_to_recordset($2) AS o ("billId" text, outcome text, code text, "isFinal" boolean,
              "lineItems" integer)
        WHERE b.run_key = $1 AND b.bill_id = o."billId" AND NOT b.is_final`,
      [runKey, toJson(outcomes)],
    );
  }

  async claimRun(runKey: string, claimant: string): Promise<RunClaim> {
    const claimed = await this.database.query(
      `UPDATE agent.batches SET run_claimed_by = $2, run_claimed_at = now()
        WHERE run_key = $1 AND NOT run_begun
          AND (run_claimed_by IS NULL OR run_claimed_by = $2 OR run_claimed_at < now() - $3::int * interval '1 second')
       RETURNING run_key`,
      [runKey, claimant, this.takeOverSeconds],
    );
    if (claimed.length > 0) return 'own';
    const [batch] = await this.database.query<{ isBegun: boolean }>(
      'SELECT run_begun AS "isBegun" FROM agent.batches WHERE run_key = $1',
      [runKey],
    );
    return batch?.isBegun === false ? 'others' : 'begun';
  }

  async settleRun(runKey: string, claimant: string, isBegun: boolean): Promise<void> {
    await this.database.query(
      `UPDATE agent.batches SET run_claimed_by = NULL, run_claimed_at = NULL, run_begun = run_begun OR $3
        WHERE run_key = $1 AND run_claimed_by = $2`,
      [runKey, claimant, isBegun],
    );
  }

  async finishable(): Promise<CountedBatch[]> {
    await this.jobs.ready();
    const rows = await this.database.query<Row>(
      `SELECT ${COLUMNS} FROM agent.batches b
        WHERE b.closed_at IS NULL AND b.is_scanned AND ${NOTHING_PENDING} ORDER BY b.id`,
    );
    return counted(this.database, rows);
  }

  close(runKey: string): Promise<boolean> {
    return this.closeWhere(runKey, 'true');
  }

  closeFinished(runKey: string): Promise<boolean> {
    return this.closeWhere(runKey, `b.is_scanned AND ${NOTHING_PENDING}`);
  }

  /** The row is locked first: what is queued meanwhile is seen, or opens the batch again. */
  private async closeWhere(runKey: string, condition: string): Promise<boolean> {
    await this.jobs.ready();
    return this.database.transaction(async (sql) => {
      await sql.query('SELECT FROM agent.batches WHERE run_key = $1 FOR UPDATE', [runKey]);
      const rows = await sql.query<Row>(
        `SELECT ${COLUMNS} FROM agent.batches b WHERE run_key = $1 AND closed_at IS NULL AND ${condition}`,
        [runKey],
      );
      for (const { counts } of await counted(sql, rows)) {
        // Whoever opens it again has to write the Run again: it says how it ended.
        await sql.query(
          `UPDATE agent.batches SET closed_at = now(), counts = $2, run_begun = false, run_claimed_by = NULL
            WHERE run_key = $1`,
          [runKey, toJson(counts)],
        );
        await sql.query('DELETE FROM agent.batch_bills WHERE run_key = $1', [runKey]);
      }
      await sql.query(
        `DELETE FROM agent.batches WHERE closed_at IS NOT NULL
            AND id <= (SELECT id FROM agent.batches ORDER BY id DESC OFFSET $1 LIMIT 1)`,
        [KEPT_BATCHES],
      );
      return rows.length > 0;
    });
  }

  async unfinished(orgId?: string): Promise<CountedBatch[]> {
    await this.jobs.ready();
    const rows = await this.database.query<Row>(
      `SELECT ${COLUMNS} FROM agent.batches b
        WHERE b.closed_at IS NULL AND ($1::text IS NULL OR b.org_id = $1) ORDER BY b.id`,
      [orgId ?? null],
    );
    return counted(this.database, rows);
  }

  async isWaitingFor({ orgId, integrationId }: IntegrationRef, billIds: readonly string[]): Promise<boolean> {
    await this.jobs.ready();
    const rows = await this.database.query(
      `SELECT FROM agent.batches b, unnest($3::text[]) AS bill (id),
              LATERAL (SELECT bb.job_id FROM agent.batch_bills bb
                        WHERE bb.run_key = b.run_key AND bb.bill_id = bill.id AND NOT bb.is_final LIMIT 1) AS bb,
              LATERAL (SELECT FROM pgboss.job j WHERE j.id = bb.job_id AND ${LIVE_PUSH_JOB} LIMIT 1) AS j
        WHERE b.closed_at IS NULL AND b.org_id = $1 AND b.integration_id = $2 LIMIT 1`,
      [orgId, integrationId, billIds],
    );
    return rows.length > 0;
  }

  async recent(limit: number): Promise<ClosedBatch[]> {
    await this.jobs.ready();
    const rows = await this.database.query<Row>(`SELECT ${COLUMNS} FROM agent.batches b ORDER BY b.id DESC LIMIT $1`, [
      limit,
    ]);
    return counted(this.database, rows);
  }
}

/** True when the batch is new. One that was closed meanwhile is opened again and goes on counting. */
async function insertBatch(sql: Sql, batch: Batch): Promise<boolean> {
  const { runKey, orgId, integrationId, trigger, startedAt, replayedFrom, isScanned } = batch;
  const [row] = await sql.query<{ isNew: boolean }>(
    `INSERT INTO agent.batches (run_key, org_id, integration_id, trigger, started_at, replayed_from, is_scanned)
     VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (run_key) DO UPDATE SET closed_at = NULL
     RETURNING xmax = 0 AS "isNew"`,
    [runKey, orgId, integrationId, trigger, startedAt, replayedFrom, isScanned],
  );
  return row?.isNew === true;
}

/** Adds up what the Bills of these batches came to. */
async function counted(sql: Sql, rows: readonly Row[]): Promise<ClosedBatch[]> {
  if (rows.length === 0) return [];
  const totals = await sql.query<{ runKey: string; name: string | null; bills: number; lineItems: number }>(
    `SELECT run_key AS "runKey", name, count(*)::int AS bills, sum(line_items)::int AS "lineItems" FROM (
       SELECT bb.run_key, bb.line_items, CASE
                WHEN bb.is_final THEN bb.outcome || COALESCE('.' || bb.code, '')
                WHEN j.id IS NULL THEN 'failed.' || COALESCE(bb.code, 'ABANDONED') END AS name
         FROM agent.batch_bills bb
         -- One look at an index for each Bill that is pending: without statistics, which PGlite has not, a plain join
         -- reads all jobs for each of them.
         LEFT JOIN LATERAL (SELECT j.id FROM pgboss.job j WHERE j.id = bb.job_id AND ${LIVE_PUSH_JOB} LIMIT 1) j
           ON NOT bb.is_final
        WHERE bb.run_key = ANY($1)) AS outcomes
      GROUP BY run_key, name`,
    [rows.map(({ runKey }) => runKey)],
  );
  return rows.map((row) => {
    const own = totals.filter(({ runKey }) => runKey === row.runKey);
    const settled = own.filter(({ name }) => name !== null);
    const counts = settled.map(({ name, bills, lineItems }) => ({
      [String(name)]: bills,
      ...(lineItems > 0 && { lineItems }),
    }));
    const pending = own.find(({ name }) => name === null)?.bills ?? 0;
    return { ...row, counts: counts.reduce<BatchCounts>(sum, row.counts), pending };
  });
}

function sum(a: BatchCounts, b: BatchCounts): BatchCounts {
  return Object.fromEntries(
    [...new Set([...Object.keys(a), ...Object.keys(b)])].map((name) => [name, (a[name] ?? 0) + (b[name] ?? 0)]),
  );
}

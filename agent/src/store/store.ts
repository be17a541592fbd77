import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { SetupError } from '../errors.ts';
import type { RunTrigger } from '../rules/records.ts';
import { lockStore, type StoreLock } from './lock.ts';
import { migrate } from './migrations.ts';

/** What the org holds of a Bill, as far as the agent knows. */
export interface StoredBill {
  readonly billId: string;
  readonly recordId: string;
  readonly sourceVersion: number;
  readonly hash: string | null;
  /** Record ids by Line Item key. */
  readonly lines: Readonly<Record<string, string>>;
  /** False: a call that changed the lines may have been committed without an answer. */
  readonly linesKnown: boolean;
}

export type BillStatus = 'sent' | 'skipped' | 'waiting' | 'failed';

/** What an integration last decided about a Bill. */
export interface BillState {
  readonly billId: string;
  readonly status: BillStatus;
  readonly changeToken: string;
  readonly rulesHash: string;
  /** Sent to an Account; a Bill without one is looked at again in every sweep. */
  readonly isMatched: boolean;
  /** Of `skipped` and `failed`: why. */
  readonly code: string | null;
  readonly decidedAt: Date;
}

export interface OpenRun {
  readonly runKey: string;
  readonly integrationId: string;
  readonly trigger: RunTrigger;
}

export interface SweepRecord {
  readonly startedAt: Date;
  readonly finishedAt: Date;
  /** `complete`, or why it ended early. */
  readonly outcome: string;
  readonly report: unknown;
}

const SCHEME = 'pglite://';

/** Sweeps that `status` can look back on. */
const KEPT_SWEEPS = 1000;

/**
 * The folder of a store URL.
 *
 * @throws {SetupError} when the URL is not pglite://FOLDER
 */
export function storeFolder(url: string): string {
  const folder = url.startsWith(SCHEME) ? url.slice(SCHEME.length) : '';
  if (folder !== '') return path.resolve(folder);
  throw new SetupError(`STORE_URL ${url.split('://')[0]}://... is not a store. Give pglite://FOLDER.`);
}

/** The agent's memory. All of it can be rebuilt from m3ter and Salesforce; losing it costs calls, not correctness. */
export class Store {
  private readonly database: PGlite;
  private readonly lock: StoreLock;

  private constructor(database: PGlite, lock: StoreLock) {
    this.database = database;
    this.lock = lock;
  }

  /**
   * Opens the store, made anew where there is none.
   *
   * @throws {StoreLockedError} when another process has it open
   */
  static async open(url: string): Promise<Store> {
    const folder = storeFolder(url);
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const lock = lockStore(folder);
    try {
      const database = await PGlite.create(path.join(folder, 'pglite'));
      await migrate(database);
      return new Store(database, lock);
    } catch (error) {
      lock.release();
      throw error;
    }
  }

  async close(): Promise<void> {
    await this.database.close();
    this.lock.release();
  }

  /**
   * Binds the store to one pair of organizations at its first use.
   *
   * @throws {SetupError} when it belongs to another pair: its versions and record ids would be wrong
   */
  async bindTo(m3terOrgId: string, salesforceOrgId: string): Promise<void> {
    const pair = `${m3terOrgId} to ${salesforceOrgId}`;
    await this.database.query(`INSERT INTO facts VALUES ('organizations', $1) ON CONFLICT DO NOTHING`, [pair]);
    const { rows } = await this.database.query<{ value: string }>(
      `SELECT value FROM facts WHERE name = 'organizations'`,
    );
    const bound = rows[0]?.value;
    if (bound === pair) return;
    throw new SetupError(
      `The store remembers the sync from m3ter organization ${bound}, not ${pair}. Name another folder in STORE_URL.`,
    );
  }

  /** Whether the org's Bills were compared with m3ter's since this store was made: the org may hold ones it forgot. */
  async hasComparedBills(): Promise<boolean> {
    const { rows } = await this.database.query(`SELECT 1 FROM facts WHERE name = 'comparedBills'`);
    return rows.length > 0;
  }

  async noteComparedBills(): Promise<void> {
    await this.database.query(`INSERT INTO facts VALUES ('comparedBills', 'true') ON CONFLICT DO NOTHING`);
  }

  /** How many Bills these integrations have decided about. */
  async knownCount(integrationIds: readonly string[]): Promise<number> {
    const { rows } = await this.database.query<{ count: number }>(
      `SELECT count(*)::int AS count FROM bill_states WHERE integration_id = ANY($1)`,
      [integrationIds],
    );
    return rows[0]?.count ?? 0;
  }

  async billStates(integrationId: string, billIds: readonly string[]): Promise<Map<string, BillState>> {
    const { rows } = await this.database.query<BillState>(
      `SELECT bill_id AS "billId", status, change_token AS "changeToken", rules_hash AS "rulesHash",
              is_matched AS "isMatched", code, decided_at AS "decidedAt"
         FROM bill_states WHERE integration_id = $1 AND bill_id = ANY($2)`,
      [integrationId, billIds],
    );
    return new Map(rows.map((row) => [row.billId, row]));
  }

  async saveBillStates(integrationId: string, states: readonly BillState[]): Promise<void> {
    if (states.length === 0) return;
    await this.database.query(
      `INSERT INTO bill_states
       SELECT $1, s."billId", s.status, s."changeToken", s."rulesHash", s."isMatched", s.code, s."decidedAt"
         FROM jsonb_to_recordset($2) AS s ("billId" text, status text, "changeToken" text, "rulesHash" text,
              "isMatched" boolean, code text, "decidedAt" timestamptz)
       ON CONFLICT (integration_id, bill_id) DO UPDATE SET status = excluded.status,
         change_token = excluded.change_token, rules_hash = excluded.rules_hash,
         is_matched = excluded.is_matched, code = excluded.code, decided_at = excluded.decided_at`,
      [integrationId, JSON.stringify(states)],
    );
  }

  async storedBills(billIds: readonly string[]): Promise<Map<string, StoredBill>> {
    const { rows } = await this.database.query<StoredBill>(
      `SELECT bill_id AS "billId", record_id AS "recordId", source_version AS "sourceVersion", hash, lines,
              lines_known AS "linesKnown"
         FROM org_bills WHERE bill_id = ANY($1) AND NOT deleted`,
      [billIds],
    );
    return new Map(rows.map((row) => [row.billId, { ...row, sourceVersion: Number(row.sourceVersion) }]));
  }

  async saveStoredBills(bills: readonly StoredBill[]): Promise<void> {
    if (bills.length === 0) return;
    await this.database.query(
      `INSERT INTO org_bills
       SELECT b."billId", b."recordId", b."sourceVersion", b.hash, b.lines, b."linesKnown", false
         FROM jsonb_to_recordset($1) AS b ("billId" text, "recordId" text, "sourceVersion" bigint, hash text,
              lines jsonb, "linesKnown" boolean)
       ON CONFLICT (bill_id) DO UPDATE SET record_id = excluded.record_id, source_version = excluded.source_version,
         hash = excluded.hash, lines = excluded.lines, lines_known = excluded.lines_known, deleted = false`,
      [JSON.stringify(bills)],
    );
  }

  /** Before a call changes lines: until its answer is saved, what the org holds is not known. */
  async distrustLines(billIds: readonly string[]): Promise<void> {
    await this.database.query('UPDATE org_bills SET lines_known = false WHERE bill_id = ANY($1)', [billIds]);
  }

  /** Ids and record ids of all Bills that were sent and, as far as known, still are in m3ter. */
  async presentBills(): Promise<Map<string, string>> {
    const { rows } = await this.database.query<{ id: string; record: string }>(
      'SELECT bill_id AS id, record_id AS record FROM org_bills WHERE NOT deleted',
    );
    return new Map(rows.map(({ id, record }) => [id, record]));
  }

  async markDeleted(billIds: readonly string[]): Promise<void> {
    await this.database.query('UPDATE org_bills SET deleted = true WHERE bill_id = ANY($1)', [billIds]);
    await this.database.query('DELETE FROM bill_states WHERE bill_id = ANY($1)', [billIds]);
  }

  /** Of these Events, by key, the digest of what was last written. */
  async eventDigests(keys: readonly string[]): Promise<Map<string, string>> {
    const { rows } = await this.database.query<{ key: string; digest: string }>(
      'SELECT event_key AS key, digest FROM written_events WHERE event_key = ANY($1)',
      [keys],
    );
    return new Map(rows.map(({ key, digest }) => [key, digest]));
  }

  async saveEventDigests(digests: ReadonlyMap<string, string>): Promise<void> {
    const events = [...digests].map(([key, digest]) => ({ key, digest }));
    await this.database.query(
      `INSERT INTO written_events SELECT key, digest FROM jsonb_to_recordset($1) AS e (key text, digest text)
       ON CONFLICT (event_key) DO UPDATE SET digest = excluded.digest`,
      [JSON.stringify(events)],
    );
  }

  async openRuns(integrationId: string): Promise<OpenRun[]> {
    const { rows } = await this.database.query<OpenRun>(
      'SELECT run_key AS "runKey", integration_id AS "integrationId", trigger FROM open_runs WHERE integration_id = $1',
      [integrationId],
    );
    return rows;
  }

  async saveOpenRun({ runKey, integrationId, trigger }: OpenRun): Promise<void> {
    await this.database.query('INSERT INTO open_runs VALUES ($1, $2, $3)', [runKey, integrationId, trigger]);
  }

  async closeRuns(runKeys: readonly string[]): Promise<void> {
    await this.database.query('DELETE FROM open_runs WHERE run_key = ANY($1)', [runKeys]);
  }

  async saveSweep({ startedAt, finishedAt, outcome, report }: SweepRecord): Promise<void> {
    await this.database.query('INSERT INTO sweeps (started_at, finished_at, outcome, report) VALUES ($1, $2, $3, $4)', [
      startedAt,
      finishedAt,
      outcome,
      JSON.stringify(report ?? null),
    ]);
    await this.database.query('DELETE FROM sweeps WHERE id <= (SELECT max(id) FROM sweeps) - $1', [KEPT_SWEEPS]);
  }

  /** The latest sweeps, newest first. */
  async sweeps(most: number): Promise<SweepRecord[]> {
    const { rows } = await this.database.query<SweepRecord>(
      `SELECT started_at AS "startedAt", finished_at AS "finishedAt", outcome, report
         FROM sweeps ORDER BY id DESC LIMIT $1`,
      [most],
    );
    return rows;
  }

  /** How many Bills have each status, over all integrations. */
  async statusCounts(): Promise<Record<string, number>> {
    const { rows } = await this.database.query<{ status: string; count: number }>(
      'SELECT status, count(*)::int AS count FROM bill_states GROUP BY status ORDER BY status',
    );
    return Object.fromEntries(rows.map(({ status, count }) => [status, count]));
  }
}

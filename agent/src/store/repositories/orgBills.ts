import { toJson, type Db } from '../database/db.ts';
import type { OrgBillStore, StoredBill } from '../types.ts';

export class OrgBills implements OrgBillStore {
  private readonly database: Db;

  constructor(database: Db) {
    this.database = database;
  }

  async stored(orgId: string, billIds: readonly string[]): Promise<Map<string, StoredBill>> {
    const rows = await this.database.query<StoredBill>(
      `SELECT bill_id AS "billId", record_id AS "recordId", source_version AS "sourceVersion", hash, lines,
              lines_known AS "linesKnown", digest
         FROM agent.org_bills WHERE org_id = $1 AND bill_id = ANY($2) AND NOT deleted`,
      [orgId, billIds],
    );
    // A bigint comes as text from a server.
    return new Map(rows.map((row) => [row.billId, { ...row, sourceVersion: Number(row.sourceVersion) }]));
  }

  async save(orgId: string, bills: readonly StoredBill[]): Promise<void> {
    if (bills.length === 0) return;
    await this.database.query(
      `INSERT INTO agent.org_bills
       SELECT $1, b."billId", b."recordId", b."sourceVersion", b.hash, b.lines, b."linesKnown", false, b.digest
         FROM jsonb_to_recordset($2) AS b ("billId" text, "recordId" text, "sourceVersion" bigint, hash text,
              lines jsonb, "linesKnown" boolean, digest jsonb)
        ORDER BY b."billId"
       ON CONFLICT (org_id, bill_id) DO UPDATE SET record_id = excluded.record_id,
         source_version = excluded.source_version, hash = excluded.hash, lines = excluded.lines,
         lines_known = excluded.lines_known, digest = excluded.digest, deleted = false
       WHERE org_bills.deleted OR org_bills.source_version <= excluded.source_version`,
      [orgId, toJson(bills)],
    );
  }

  async distrustLines(orgId: string, billIds: readonly string[]): Promise<void> {
    await this.database.query(
      'UPDATE agent.org_bills SET lines_known = false WHERE org_id = $1 AND bill_id = ANY($2)',
      [orgId, billIds],
    );
  }

  async distrust(orgId: string, billIds: readonly string[]): Promise<void> {
    await this.database.query(
      "UPDATE agent.org_bills SET hash = '', lines_known = false WHERE org_id = $1 AND bill_id = ANY($2)",
      [orgId, billIds],
    );
  }

  present(orgId: string): Promise<Map<string, string>> {
    return this.ofAll(orgId, 'record_id');
  }

  hashes(orgId: string): Promise<Map<string, string>> {
    return this.ofAll(orgId, 'hash');
  }

  private async ofAll(orgId: string, column: 'record_id' | 'hash'): Promise<Map<string, string>> {
    // Two values for all: reading as many rows takes several times as long.
    const [row] = await this.database.query<{ ids: string[] | null; found: string[] | null }>(
      `SELECT json_agg(bill_id) AS ids, json_agg(${column}) AS found FROM agent.org_bills
        WHERE org_id = $1 AND NOT deleted`,
      [orgId],
    );
    const { ids, found } = row ?? {};
    return new Map(ids?.map((id, index) => [id, found?.[index] ?? '']));
  }

  async markDeleted(orgId: string, billIds: readonly string[]): Promise<void> {
    await this.database.transaction(async (sql) => {
      const values = [orgId, billIds];
      await sql.query('UPDATE agent.org_bills SET deleted = true WHERE org_id = $1 AND bill_id = ANY($2)', values);
      await sql.query('DELETE FROM agent.bill_states WHERE org_id = $1 AND bill_id = ANY($2)', values);
    });
  }
}

import { toJson, type Sql } from '../database/db.ts';
import type { BillState, BillStateStore, IntegrationRef } from '../types.ts';

const COLUMNS = `bill_id AS "billId", m3ter_account_id AS "m3terAccountId", status, change_token AS "changeToken",
  rules_hash AS "rulesHash", is_matched AS "isMatched", code, decided_at AS "decidedAt"`;

export class BillStates implements BillStateStore {
  private readonly sql: Sql;

  constructor(sql: Sql) {
    this.sql = sql;
  }

  async of({ orgId, integrationId }: IntegrationRef, billIds: readonly string[]): Promise<Map<string, BillState>> {
    const rows = await this.sql.query<BillState>(
      `SELECT ${COLUMNS} FROM agent.bill_states WHERE org_id = $1 AND integration_id = $2 AND bill_id = ANY($3)`,
      [orgId, integrationId, billIds],
    );
    return new Map(rows.map((row) => [row.billId, row]));
  }

  async settled(
    { orgId, integrationId }: IntegrationRef,
    rulesHash: string,
    billIds: readonly string[],
  ): Promise<Map<string, string>> {
    // Two values for all: most of the work of a sweep would be to read rows.
    const [row] = await this.sql.query<{ ids: string[] | null; tokens: string[] | null }>(
      `SELECT json_agg(bill_id) AS ids, json_agg(change_token) AS tokens FROM agent.bill_states
        WHERE org_id = $1 AND integration_id = $2 AND bill_id = ANY($3)
          AND status = 'sent' AND is_matched AND rules_hash = $4`,
      [orgId, integrationId, billIds, rulesHash],
    );
    const { ids, tokens } = row ?? {};
    return new Map(ids?.map((id, index) => [id, tokens?.[index] ?? '']));
  }

  async save({ orgId, integrationId }: IntegrationRef, states: readonly BillState[]): Promise<void> {
    if (states.length === 0) return;
    await this.sql.query(
      `WITH outdated AS (
         DELETE FROM agent.bill_states AS other USING jsonb_to_recordset($3) AS s ("billId" text, status text)
          WHERE other.org_id = $1 AND other.bill_id = s."billId" AND other.integration_id <> $2
            AND s.status = 'sent' AND other.status = 'sent')
       INSERT INTO agent.bill_states
       SELECT $1, s."billId", $2, s."m3terAccountId", s.status, s."changeToken", s."rulesHash", s."isMatched", s.code,
              s."decidedAt"
         FROM jsonb_to_recordset($3) AS s ("billId" text, "m3terAccountId" text, status text, "changeToken" text,
              "rulesHash" text, "isMatched" boolean, code text, "decidedAt" timestamptz)
        ORDER BY s."billId"
       ON CONFLICT (org_id, bill_id, integration_id) DO UPDATE SET m3ter_account_id = excluded.m3ter_account_id,
         status = excluded.status, change_token = excluded.change_token, rules_hash = excluded.rules_hash,
         is_matched = excluded.is_matched, code = excluded.code, decided_at = excluded.decided_at`,
      [orgId, integrationId, toJson(states)],
    );
  }

  async forgetOthers(
    { orgId, integrationId }: IntegrationRef,
    rulesHash: string,
    billIds: readonly string[],
  ): Promise<void> {
    // In the order of their keys, so that of two that do this none waits for the other while that waits for it.
    await this.sql.query(
      `WITH others AS (
         SELECT bill_id, integration_id FROM agent.bill_states
          WHERE org_id = $1 AND bill_id = ANY($3)
            AND CASE WHEN integration_id = $2 THEN rules_hash <> $4 ELSE status = 'sent' END
          ORDER BY bill_id, integration_id FOR UPDATE)
       DELETE FROM agent.bill_states AS state USING others
        WHERE state.org_id = $1 AND state.bill_id = others.bill_id AND state.integration_id = others.integration_id`,
      [orgId, integrationId, billIds, rulesHash],
    );
  }

  async waiting({ orgId, integrationId }: IntegrationRef): Promise<BillState[]> {
    return this.sql.query<BillState>(
      `SELECT ${COLUMNS} FROM agent.bill_states
        WHERE org_id = $1 AND integration_id = $2 AND (status = 'waiting' OR (status = 'sent' AND NOT is_matched))
        ORDER BY bill_id`,
      [orgId, integrationId],
    );
  }

  async counts(orgId?: string): Promise<Record<string, number>> {
    const rows = await this.sql.query<{ status: string; count: number }>(
      `SELECT status, count(*)::int AS count FROM agent.bill_states
        WHERE $1::text IS NULL OR org_id = $1 GROUP BY status ORDER BY status`,
      [orgId ?? null],
    );
    return Object.fromEntries(rows.map(({ status, count }) => [status, count]));
  }
}

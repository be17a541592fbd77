import type { PGlite } from '@electric-sql/pglite';

/** Each is run once, in this order, and never changed afterwards. */
const MIGRATIONS: readonly { readonly name: string; readonly sql: string }[] = [
  {
    name: '0001-first',
    sql: `
      CREATE TABLE facts (name text PRIMARY KEY, value text NOT NULL);
      -- What the org holds of a Bill, whichever integration sent it.
      CREATE TABLE org_bills (
        bill_id text PRIMARY KEY,
        record_id text NOT NULL,
        source_version bigint NOT NULL,
        hash text,
        lines jsonb NOT NULL,
        -- False while a call is under way: its answer may be lost, and then the org must be asked.
        lines_known boolean NOT NULL,
        deleted boolean NOT NULL DEFAULT false
      );
      -- What an integration last decided about a Bill.
      CREATE TABLE bill_states (
        integration_id text NOT NULL,
        bill_id text NOT NULL,
        status text NOT NULL,
        change_token text NOT NULL,
        rules_hash text NOT NULL,
        is_matched boolean NOT NULL,
        code text,
        decided_at timestamptz NOT NULL,
        PRIMARY KEY (integration_id, bill_id)
      );
      CREATE TABLE written_events (event_key text PRIMARY KEY, digest text NOT NULL);
      CREATE TABLE open_runs (run_key text PRIMARY KEY, integration_id text NOT NULL, trigger text NOT NULL);
      CREATE TABLE sweeps (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        started_at timestamptz NOT NULL,
        finished_at timestamptz NOT NULL,
        outcome text NOT NULL,
        report jsonb
      );`,
  },
];

/** Brings a database to the newest shape. */
export async function migrate(database: PGlite): Promise<void> {
  await database.exec('CREATE TABLE IF NOT EXISTS migrations (name text PRIMARY KEY, applied_at timestamptz NOT NULL)');
  const { rows } = await database.query<{ name: string }>('SELECT name FROM migrations');
  const applied = new Set(rows.map(({ name }) => name));
  for (const { name, sql } of MIGRATIONS.filter((migration) => !applied.has(migration.name))) {
    await database.transaction(async (transaction) => {
      await transaction.exec(sql);
      await transaction.query('INSERT INTO migrations VALUES ($1, now())', [name]);
    });
  }
}

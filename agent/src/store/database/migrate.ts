import { StoreSetupError } from '../storeErrors.ts';
import type { Db, Sql } from './db.ts';
import { MIGRATIONS } from './schema.ts';

/** Of the lock that lets one process at a time change the shape of a database. */
const LOCK = 7_330_413_021;

/**
 * Brings a database to the newest shape. Processes that do it at the same time wait for each other.
 *
 * @param url of the store, for messages
 * @throws {StoreSetupError} when a newer version of the agent wrote it
 */
export async function migrate(database: Db, url: string, migrations = MIGRATIONS): Promise<void> {
  await database.transaction(async (sql) => {
    await sql.query('SELECT pg_advisory_xact_lock($1)', [LOCK]);
    if (database.kind === 'pglite') await dropFirstVersion(sql);
    await sql.script('CREATE SCHEMA IF NOT EXISTS agent');
    await sql.script(
      'CREATE TABLE IF NOT EXISTS agent.migrations (name text PRIMARY KEY, applied_at timestamptz NOT NULL DEFAULT now())',
    );
    const rows = await sql.query<{ name: string }>('SELECT name FROM agent.migrations ORDER BY name');
    const applied = rows.map(({ name }) => name);
    refuseNewer(url, applied, migrations);
    for (const migration of migrations.filter(({ name }) => !applied.includes(name))) {
      await sql.script(migration.sql);
      await sql.query('INSERT INTO agent.migrations (name) VALUES ($1)', [migration.name]);
    }
  });
}

function refuseNewer(url: string, applied: readonly string[], migrations: typeof MIGRATIONS): void {
  const unknown = applied.filter((name) => !migrations.some((migration) => migration.name === name));
  if (unknown.length === 0) return;
  throw new StoreSetupError(
    `The store ${url} was written by a newer version of m3ter-bills (it has ${unknown.join(', ')}). ` +
      'Run that version again, or name an empty store in STORE_URL.',
  );
}

/**
 * Drops the tables of version 0.1, which knew one org and kept nothing that cannot be read anew. Carrying them over would
 * save the first scan some calls, but that scan reads every Bill anyway and writes only those whose hash differs.
 * Version 0.1 knew PGlite alone, so that on a server such tables are somebody else's.
 */
async function dropFirstVersion(sql: Sql): Promise<void> {
  const tables = ['facts', 'org_bills', 'bill_states', 'written_events', 'open_runs', 'sweeps', 'migrations'];
  const [found] = await sql.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM pg_tables WHERE schemaname = 'public' AND tablename = ANY($1)`,
    [tables],
  );
  if (found?.count !== tables.length) return;
  await sql.script(`DROP TABLE ${tables.map((table) => `public.${table}`).join(', ')}`);
}

import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { freshDatabase } from '../../testing/postgres.ts';
import { freshStoreUrl, openTestStore } from '../../testing/stores.ts';
import { testRuntime } from '../../testing/testRuntime.ts';
import { StoreSetupError } from '../storeErrors.ts';
import { storeLocation } from '../url.ts';
import type { Db } from './db.ts';
import { migrate } from './migrate.ts';
import { PgliteDb } from './pgliteDb.ts';
import { PostgresDb } from './postgresDb.ts';
import { MIGRATIONS } from './schema.ts';

const opened: Db[] = [];

async function openServer(url: string): Promise<Db> {
  const location = storeLocation(url);
  assert.ok(location.kind === 'postgres');
  const database = await PostgresDb.open(location, testRuntime().logger);
  opened.push(database);
  return database;
}

const applied = (database: Db) =>
  database.query<{ name: string }>('SELECT name FROM agent.migrations ORDER BY applied_at, name');

describe('the shape of a store', () => {
  after(() => Promise.all(opened.map((database) => database.close())));

  it('is made once, also when several processes do it at the same time', async () => {
    const url = await freshDatabase();
    const databases = await Promise.all([1, 2, 3, 4].map(() => openServer(url)));
    await Promise.all(databases.map((database) => migrate(database, 'the store')));
    const [first] = databases as [Db];
    await migrate(first, 'the store');
    assert.deepEqual(
      await applied(first),
      MIGRATIONS.map(({ name }) => ({ name })),
    );
  });

  it('is brought up to date, or left as it was when that fails', async () => {
    const database = await openServer(await freshDatabase());
    await migrate(database, 'the store');
    const more = { name: '9998-more', sql: 'CREATE TABLE agent.more (n int); CREATE TABLE agent.even_more (n int)' };
    const broken = { name: '9999-broken', sql: 'CREATE TABLE agent.broken (n int); SELECT 1/0' };
    await assert.rejects(migrate(database, 'the store', [...MIGRATIONS, more, broken]), /store failed/);
    assert.deepEqual(
      await applied(database),
      MIGRATIONS.map(({ name }) => ({ name })),
    );
    await migrate(database, 'the store', [...MIGRATIONS, more]);
    assert.deepEqual(await database.query('SELECT n FROM agent.even_more'), []);
  });

  it('is refused when a newer version made it', async () => {
    const url = await freshDatabase();
    const database = await openServer(url);
    await migrate(database, 'the store', [...MIGRATIONS, { name: '9999-newer', sql: 'SELECT 1' }]);
    await assert.rejects(openTestStore(url), (error: Error) => {
      assert.ok(error instanceof StoreSetupError);
      assert.match(error.message, /postgres:\/\/postgres@127.*newer version.*9999-newer.*STORE_URL/);
      return true;
    });
  });
});

/** The tables of version 0.1, as far as a newer version looks at them. */
const FIRST_VERSION = ['facts', 'org_bills', 'bill_states', 'written_events', 'open_runs', 'sweeps', 'migrations']
  .map((table) => `CREATE TABLE public.${table} (name text)`)
  .join(';');

const publicTables = (database: Db) =>
  database.query(`SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename`);

describe('the store of version 0.1', () => {
  it('is built anew in its folder', async () => {
    const url = await freshStoreUrl('pglite');
    const location = storeLocation(url);
    assert.ok(location.kind === 'pglite');
    const old = await PgliteDb.open(location.folder);
    await old.script(`${FIRST_VERSION}; CREATE TABLE public.others (n int)`);
    await old.close();
    const store = await openTestStore(url);
    assert.equal(await store.facts.get('any'), undefined);
    await store.close();
    const database = await PgliteDb.open(location.folder);
    assert.deepEqual(await publicTables(database), [{ tablename: 'others' }]);
    await database.close();
  });

  it('is not mistaken for tables of somebody else on a server', async () => {
    const database = await openServer(await freshDatabase());
    await database.script(FIRST_VERSION);
    await migrate(database, 'the store');
    assert.equal((await publicTables(database)).length, 7);
    await database.close();
    opened.splice(opened.indexOf(database), 1);
  });
});

import pg from 'pg';
import type { Db as BossDb } from 'pg-boss';
import type { Logger } from '../../runtime.ts';
import { reasonOf, sqlStateOf, StoreError, StoreSetupError } from '../storeErrors.ts';
import type { StoreLocation } from '../url.ts';
import type { Db, Sql } from './db.ts';

/** Calls that take longer have lost their server. */
const QUERY_TIMEOUT_MS = 120_000;
const CONNECT_TIMEOUT_MS = 10_000;
const CONNECTIONS = 8;

/** Serialization failure and deadlock: nothing was changed, and the same work succeeds when it is run again. */
const AGAIN = ['40001', '40P01'];
const ATTEMPTS = 4;

/** A PostgreSQL server. */
export class PostgresDb implements Db {
  readonly kind = 'postgres';
  private readonly pool: pg.Pool;

  private constructor(pool: pg.Pool) {
    this.pool = pool;
  }

  /** @throws {StoreSetupError} when the server cannot be reached or does not let the agent in */
  static async open(location: StoreLocation & { kind: 'postgres' }, logger: Logger): Promise<PostgresDb> {
    const pool = makePool(location);
    // Without this a server that restarts would end the process.
    pool.on('error', (error) => {
      logger.warn({ code: 'STORE_UNREACHABLE' }, `The store closed a connection: ${error.message}`);
    });
    try {
      await pool.query('SELECT 1');
      return new PostgresDb(pool);
    } catch (error) {
      await pool.end();
      throw unopened(location, error);
    }
  }

  query<Row>(text: string, values: readonly unknown[] = []): Promise<Row[]> {
    return rowsOf<Row>(this.pool, text, values);
  }

  async script(text: string): Promise<void> {
    await rowsOf(this.pool, text);
  }

  async transaction<T>(work: (sql: Sql) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.once(work);
      } catch (error) {
        const isOver = !(error instanceof StoreError) || !AGAIN.includes(error.sqlState ?? '');
        if (isOver || attempt === ATTEMPTS) throw error;
      }
    }
  }

  /** The server's autovacuum does it. */
  tidy(): Promise<void> {
    return Promise.resolve();
  }

  close(): Promise<void> {
    return this.pool.end();
  }

  private async once<T>(work: (sql: Sql) => Promise<T>): Promise<T> {
    const client = await naming(() => this.pool.connect());
    const ignore = (): void => undefined;
    // A connection that breaks while nothing runs on it; the next statement tells.
    client.on('error', ignore);
    let broken: Error | undefined;
    try {
      await rowsOf(client, 'BEGIN');
      const result = await work(within(client));
      await rowsOf(client, 'COMMIT');
      return result;
    } catch (error) {
      await client.query('ROLLBACK').catch((cause: Error) => {
        broken = cause;
      });
      throw error;
    } finally {
      client.off('error', ignore);
      client.release(broken);
    }
  }
}

function within(client: pg.PoolClient): Sql {
  return {
    query: (text, values = []) => rowsOf(client, text, values),
    script: async (text) => {
      await rowsOf(client, text);
    },
  };
}

async function rowsOf<Row>(
  connection: pg.Pool | pg.PoolClient,
  text: string,
  values: readonly unknown[] = [],
): Promise<Row[]> {
  const { rows } = await naming(() =>
    values.length > 0 ? connection.query(text, [...values]) : connection.query(text),
  );
  return rows as Row[];
}

/** The driver's errors can hold values of rows. */
async function naming<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw new StoreError(error);
  }
}

function makePool(location: StoreLocation & { kind: 'postgres' }): pg.Pool {
  try {
    return new pg.Pool({
      connectionString: location.connectionString,
      max: CONNECTIONS,
      application_name: 'm3ter-bills',
      connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
      query_timeout: QUERY_TIMEOUT_MS,
      idle_in_transaction_session_timeout: QUERY_TIMEOUT_MS,
      keepAlive: true,
    });
  } catch (error) {
    throw unopened(location, error);
  }
}

function unopened({ url }: StoreLocation, error: unknown): StoreSetupError {
  const state = sqlStateOf(error);
  const nextStep =
    state === '28P01' || state === '28000'
      ? 'Correct user and password in STORE_URL.'
      : state === '3D000'
        ? 'Create the database, or name another in STORE_URL.'
        : 'Check STORE_URL, and that this PostgreSQL server runs and can be reached from here.';
  // The cause is left out: a driver's error can hold the connection string.
  return new StoreSetupError(`The store ${url} cannot be opened: ${reasonOf(error)}. ${nextStep}`);
}

/** A transaction's connection for pg-boss. */
export function bossWithin(sql: Sql): BossDb {
  return { executeSql: async (text, values = []) => ({ rows: await sql.query(text, values) }) };
}

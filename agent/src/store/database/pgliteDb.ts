import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { PGlite, type Transaction } from '@electric-sql/pglite';
import type { Db as BossDb } from 'pg-boss';
import { errorMessage } from '../../errors.ts';
import { lockStore, StoreLockedError, type StoreLock } from '../lock.ts';
import { StoreError, StoreSetupError } from '../storeErrors.ts';
import type { Db, Sql } from './db.ts';
import { Serial } from './serial.ts';

/**
 * PostgreSQL inside the process. It has one connection: everything, also what the queue asks for, goes through one line,
 * so that a statement that fails is rolled back before the next one begins.
 */
export class PgliteDb implements Db {
  readonly kind = 'pglite';
  private readonly database: PGlite;
  private readonly lock: StoreLock;
  private readonly serial = new Serial();

  private constructor(database: PGlite, lock: StoreLock) {
    this.database = database;
    this.lock = lock;
  }

  /**
   * Opens the database in a folder, made anew where there is none.
   *
   * @throws {StoreLockedError} when another process has it open
   * @throws {StoreSetupError} when the files cannot be read or written
   */
  static async open(folder: string): Promise<PgliteDb> {
    let lock: StoreLock | undefined;
    try {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      lock = lockStore(folder);
      return new PgliteDb(await PGlite.create(path.join(folder, 'pglite')), lock);
    } catch (error) {
      lock?.release();
      throw error instanceof StoreLockedError ? error : unreadable(folder, error);
    }
  }

  query<Row>(text: string, values: readonly unknown[] = []): Promise<Row[]> {
    return this.serial.run(() => rowsOf<Row>(this.database, text, values));
  }

  async script(text: string): Promise<void> {
    await this.serial.run(() => naming(() => this.run(text, [])));
  }

  transaction<T>(work: (sql: Sql) => Promise<T>): Promise<T> {
    return this.serial.run(() => naming(() => this.database.transaction((transaction) => work(within(transaction)))));
  }

  /** PGlite has no autovacuum: without this its files grow with every job. */
  tidy(): Promise<void> {
    return this.script('VACUUM (ANALYZE)');
  }

  /** The same connection for pg-boss. */
  forBoss(): BossDb {
    return {
      executeSql: (text, values = []) => this.serial.run(() => this.run(text, values)),
      listen: (channel, onNotification, onReconnect) => this.listen(channel, onNotification, onReconnect),
    };
  }

  async close(): Promise<void> {
    await this.serial.run(() => this.database.close());
    this.lock.release();
  }

  /** Without values the text may be several statements; a transaction that they left open is rolled back. */
  private async run(text: string, values: readonly unknown[]): Promise<{ rows: unknown[] }> {
    try {
      if (values.length > 0) return await this.database.query(text, [...values]);
      const results = await this.database.exec(text);
      return { rows: results.flatMap(({ rows }) => rows) };
    } catch (error) {
      await this.database.exec('ROLLBACK').catch(() => undefined);
      throw error;
    }
  }

  private async listen(
    channel: string,
    onNotification: (payload: string) => void,
    onReconnect: () => void,
  ): Promise<{ close(): Promise<void> }> {
    const unlisten = await this.serial.run(() => this.database.listen(channel, onNotification));
    onReconnect();
    return { close: () => this.serial.run(() => unlisten()) };
  }
}

function within(transaction: Transaction): Sql {
  return {
    query: (text, values = []) => rowsOf(transaction, text, values),
    script: (text) =>
      naming(async () => {
        await transaction.exec(text);
      }),
  };
}

function rowsOf<Row>(
  connection: Pick<PGlite | Transaction, 'query'>,
  text: string,
  values: readonly unknown[],
): Promise<Row[]> {
  return naming(async () => (await connection.query<Row>(text, [...values])).rows);
}

/** PGlite's errors carry the statement and its values. */
async function naming<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const isPglites = error instanceof Error && ('query' in error || error.message.startsWith('PGlite is'));
    throw isPglites ? new StoreError(error) : error;
  }
}

function unreadable(folder: string, error: unknown): StoreSetupError {
  return new StoreSetupError(
    `The store ${folder} cannot be opened: ${errorMessage(error)}. Check that the agent's user may read and write this ` +
      'folder. If its files are damaged, move the folder away: all but its credentials is read anew.',
  );
}

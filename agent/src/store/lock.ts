import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { SetupError } from '../errors.ts';

/** Another process has the store open. */
export class StoreLockedError extends SetupError {
  override readonly name = 'StoreLockedError';
}

export interface StoreLock {
  release(): void;
}

/**
 * Keeps other processes away from a store's folder: two on one PGlite lose data without a word (electric-sql/pglite issues 892 and 1106).
 * The operating system gives the lock back when the process ends in whatever way.
 *
 * @throws {StoreLockedError} when another process holds it
 * @throws {Error} of SQLite or the file system when the folder cannot be written to
 */
export function lockStore(folder: string): StoreLock {
  const owner = path.join(folder, 'agent.pid');
  const database = new DatabaseSync(path.join(folder, 'agent.lock'));
  try {
    database.exec('PRAGMA busy_timeout = 0; BEGIN EXCLUSIVE');
    writeFileSync(owner, String(process.pid));
  } catch (error) {
    database.close();
    if (!isBusy(error)) throw error;
    throw new StoreLockedError(
      `The store ${folder} is in use by another m3ter-bills process${processIn(owner)}. ` +
        'Stop that process, or give this one a store of its own with STORE_URL.',
      { cause: error },
    );
  }
  return {
    release: () => {
      rmSync(owner, { force: true });
      database.close();
    },
  };
}

/** SQLite's result code 5, SQLITE_BUSY, says that another connection holds the lock; its last byte is the primary code. */
function isBusy(error: unknown): boolean {
  return Number((error as { errcode?: unknown }).errcode) % 256 === 5;
}

function processIn(owner: string): string {
  try {
    return ` (process ${readFileSync(owner, 'utf8')})`;
  } catch {
    return '';
  }
}

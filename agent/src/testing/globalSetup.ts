/**
 * What one process makes for all test files of a run: a PostgreSQL server and an empty store. The files' processes find both
 * in their environment; a file that runs alone makes its own. For `globalSetupPath` of node:test.
 */
import { rmSync } from 'node:fs';
import { SHARED_SERVER, startServer } from './postgres.ts';
import { makeEmptyStore, SHARED_STORE } from './stores.ts';

export async function globalSetup(): Promise<void> {
  const [server, store] = await Promise.all([startServer(), makeEmptyStore()]);
  process.env[SHARED_SERVER] = server;
  process.env[SHARED_STORE] = store;
}

/** The server ends with this process. */
export function globalTeardown(): void {
  rmSync(process.env[SHARED_STORE] ?? '', { recursive: true, force: true });
}

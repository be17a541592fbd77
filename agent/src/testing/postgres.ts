import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import pg from 'pg';

const KEEPER = fileURLToPath(new URL('postgresKeeper.ts', import.meta.url));

/** Where a server that several processes share is found. */
export const SHARED_SERVER = 'TEST_POSTGRES_URL';

let started: Promise<string> | undefined;
let databases = 0;

/**
 * A new, empty database on a real PostgreSQL server. Where no server is shared, the first call in a process starts one,
 * which takes about two seconds.
 *
 * @returns its URL, with the password
 */
export async function freshDatabase(): Promise<string> {
  const server = process.env[SHARED_SERVER] ?? (await (started ??= startServer()));
  databases += 1;
  const name = `test_${process.pid}_${databases}`;
  const client = new pg.Client({ connectionString: `${server}/postgres` });
  await client.connect();
  try {
    await client.query(`CREATE DATABASE ${name}`);
  } finally {
    await client.end();
  }
  return `${server}/${name}`;
}

/**
 * Starts a server, which keeps neither this process alive nor itself once this process is gone, however that ends. Works for
 * root too.
 *
 * @returns its URL, with the password and without a database
 */
export async function startServer(): Promise<string> {
  const keeper = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', KEEPER], {
    stdio: ['pipe', 'pipe', 'ignore'],
    detached: true,
  });
  const lines = createInterface({ input: keeper.stdout });
  const [line] = (await once(lines, 'line')) as [string];
  lines.close();
  const { url, error } = JSON.parse(line) as { url?: string; error?: string };
  if (url === undefined) throw new Error(`The PostgreSQL server for tests did not start: ${error}`);
  keeper.unref();
  for (const stream of [keeper.stdin, keeper.stdout]) (stream as unknown as Socket).unref();
  return url;
}

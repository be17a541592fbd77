import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import pg from 'pg';

const KEEPER = fileURLToPath(new URL('postgresKeeper.ts', import.meta.url));

let started: Promise<string> | undefined;
let databases = 0;

/**
 * A new, empty database on a real PostgreSQL server. The server is started by the first call in a process, takes about two
 * seconds then, and ends with the process, however that ends. Works for root too.
 *
 * @returns its URL, with the password
 */
export async function freshDatabase(): Promise<string> {
  started ??= startServer();
  const server = await started;
  databases += 1;
  const name = `test_${databases}`;
  const client = new pg.Client({ connectionString: `${server}/postgres` });
  await client.connect();
  try {
    await client.query(`CREATE DATABASE ${name}`);
  } finally {
    await client.end();
  }
  return `${server}/${name}`;
}

/** The server keeps neither this process alive nor itself once this process is gone. */
async function startServer(): Promise<string> {
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

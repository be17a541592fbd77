import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { createInterface } from 'node:readline';
import { describe, it } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { SHARED_SERVER } from './postgres.ts';

const SCRIPT = `import { freshDatabase } from '${new URL('postgres.ts', import.meta.url).href}';
  console.log(await freshDatabase());`;

/** Runs a process that makes a database, and tells its URL. */
async function startTest(more: string) {
  const child = spawn(process.execPath, ['--input-type=module', '-e', `${SCRIPT}; ${more}`], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, [SHARED_SERVER]: undefined },
  });
  const [url] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  return { child, url };
}

async function answers(url: string): Promise<boolean> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

describe('the PostgreSQL server for tests', () => {
  it('serves each process on its own, and is gone after one that was killed', async () => {
    const tests = await Promise.all([
      startTest('setInterval(() => {}, 1000)'),
      startTest('setInterval(() => {}, 1000)'),
    ]);
    for (const { url } of tests) assert.equal(await answers(url), true);
    for (const { child } of tests) child.kill('SIGKILL');
    for (const { url } of tests) while (await answers(url)) await delay(50);
  });

  it('does not keep a process alive', async () => {
    const { child, url } = await startTest('');
    const [code] = (await once(child, 'exit')) as [number];
    assert.equal(code, 0);
    while (await answers(url)) await delay(50);
  });
});

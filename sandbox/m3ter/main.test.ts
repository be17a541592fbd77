import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { describe, it } from 'node:test';
import type { TestContext } from 'node:test';

const MAIN = path.join(import.meta.dirname, 'main.ts');

function run(t: TestContext, ...args: string[]) {
  const child = spawn(process.execPath, [MAIN, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  t.after(() => child.kill('SIGKILL'));
  let errors = '';
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  return { child, ended: once(child, 'close') as Promise<[number | null]>, errors: () => errors };
}

describe('local m3ter alone', () => {
  it('first prints what a client needs, serves, and stops on SIGTERM', async (t) => {
    const { child, ended } = run(t, '--port', '0');
    const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
    const access = JSON.parse(line) as Record<string, string>;
    assert.deepEqual(Object.keys(access), ['baseUrl', 'orgId', 'apiKey', 'apiSecret']);
    assert.equal((await fetch(`${access['baseUrl']}/organizations/${access['orgId']}/bills`)).status, 401);
    child.kill('SIGTERM');
    assert.equal((await ended)[0], 0);
  });

  it('explains a wrong port and a data set that is not there', async (t) => {
    const wrong = run(t, '--port', 'http');
    assert.equal((await wrong.ended)[0], 2);
    assert.match(wrong.errors(), /--port http is not a port/);
    const missing = run(t, '--port', '0', '--data', 'no-such-folder');
    assert.equal((await missing.ended)[0], 1);
    assert.match(missing.errors(), /accounts\.ndjson: cannot be read/);
  });
});

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { createInterface } from 'node:readline';
import { describe, it } from 'node:test';
import { inRepository } from './testServer.ts';

const MAIN = inRepository('sandbox/org/main.ts');

function start(...args: string[]) {
  const child = spawn(process.execPath, [MAIN, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  let errors = '';
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  return { child, errors: () => errors };
}

describe('local:org', () => {
  it('prints one JSON object on its first line and answers until it is told to stop', async () => {
    const { child } = start('--port', '0');
    const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
    const org = JSON.parse(line) as Record<string, string>;
    const response = await fetch(`${org['instanceUrl']}/services/data/v67.0/sobjects/Bill__c/describe`, {
      headers: { authorization: `Bearer ${org['accessToken']}` },
    });
    assert.equal(response.status, 200);
    assert.ok(org['username'] && org['clientId'] && org['clientSecret']);
    child.kill('SIGTERM');
    assert.deepEqual(await once(child, 'exit'), [0, null]);
  });

  it('says which port is busy and what to do', async () => {
    const blocker = createServer().listen(0, '127.0.0.1');
    await once(blocker, 'listening');
    const { port } = blocker.address() as AddressInfo;
    const { child, errors } = start('--port', String(port));
    const [code] = (await once(child, 'close')) as [number];
    blocker.close();
    assert.equal(code, 1);
    assert.equal(errors(), `Port ${port} on 127.0.0.1 is in use. Stop what uses it, or choose another with --port.\n`);
  });

  it('explains itself when it is called wrongly', async () => {
    for (const args of [[], ['--port', 'x'], ['--nope']]) {
      const { child, errors } = start(...args);
      const [code] = (await once(child, 'close')) as [number];
      assert.equal(code, 2);
      assert.match(errors(), /Usage: npm run local:org -- --port P/);
    }
  });
});

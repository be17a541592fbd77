import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { writeEndpoint } from '../operations/endpoint.ts';
import { runCommandLine } from './run.ts';
import { testContext } from './testContext.ts';

const setting = { name: 'reconcileHour', variable: 'RECONCILE_HOUR', value: '5', source: 'environment' };
const RESULTS: Readonly<Record<string, object>> = {
  '/operations/redrive': { redriven: 3, queue: { queued: 3, active: 0, retrying: 0, dead: 0 } },
  '/operations/configCheck': { isRunning: true, isGood: true, settings: [setting], problems: [], warnings: [] },
};

/** A running agent, as far as commands see it. */
let agent: Server;
let folder: string;
const asked: string[] = [];

before(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'm3ter-bills-beside-'));
  agent = createServer((request, response) => {
    if (request.url === '/health/live') return response.end('{}');
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      asked.push(`${request.url} ${request.headers.authorization} ${body}`);
      const result = RESULTS[request.url ?? ''];
      const answer = result
        ? { result }
        : { error: { code: 'NOT_FOUND', message: 'There is no Run X.', next: 'm3ter-bills runs', kind: 'usage' } };
      response.end(`{"progress":{"what":"Bills","done":1}}\n${JSON.stringify(answer)}\n`);
    });
    return undefined;
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => agent.once('listening', resolve));
  const { port } = agent.address() as AddressInfo;
  writeEndpoint(folder, { url: `http://127.0.0.1:${port}`, token: 'hush', processId: 1 });
});
after(() => {
  agent.closeAllConnections();
  agent.close();
  rmSync(folder, { recursive: true });
});

describe('a command beside a running agent', () => {
  it('is done by the agent', async () => {
    const context = testContext({ env: { STORE_URL: `pglite://${folder}` } });
    assert.equal(await runCommandLine(['redrive'], context), 0);
    assert.deepEqual(context.printed, ['3 Bills queued again.']);
    assert.deepEqual(asked.splice(0), ['/operations/redrive Bearer hush {}']);
  });

  it('prints the answer as one JSON document', async () => {
    const context = testContext({ env: { STORE_URL: `pglite://${folder}` } });
    assert.equal(await runCommandLine(['redrive', '--json'], context), 0);
    assert.deepEqual(JSON.parse(context.printed.join('')), {
      redriven: 3,
      queue: { queued: 3, active: 0, retrying: 0, dead: 0 },
    });
  });

  it('is done by the agent though settings of the shell are wrong that the agent does not share', async () => {
    const env = { STORE_URL: `pglite://${folder}`, M3TER_BASE_URL: 'nowhere', RETENTION_DAYS: 'for ever' };
    assert.equal(await runCommandLine(['redrive'], testContext({ env })), 0);
    asked.splice(0);
  });

  it('shows the settings of the agent, and those of the shell where they are asked for', async () => {
    const env = { STORE_URL: `pglite://${folder}`, M3TER_ORG_ID: 'org' };
    const shown = async (...words: string[]) => {
      const context = testContext({ env });
      assert.equal(await runCommandLine(['config', 'check', ...words], context), 0);
      return context.printed.join('\n');
    };
    assert.match(await shown(), /^Of the running agent\..*--here[^]*RECONCILE_HOUR +5 +environment/);
    assert.match(await shown('--here'), /^Of this command\.[^]*RECONCILE_HOUR +3 +default/);
  });

  it('shows the settings of the shell where they do not even tell the store', async () => {
    const context = testContext({ env: { STORE_URL: 'redis://x' } });
    assert.equal(await runCommandLine(['config', 'check', '--json'], context), 2);
    const { isRunning, problems } = JSON.parse(context.printed.join('')) as { isRunning: boolean; problems: string[] };
    assert.equal(isRunning, false);
    assert.match(problems.join(), /STORE_URL redis/);
  });

  it('ends as the agent says', async () => {
    const context = testContext({ env: { STORE_URL: `pglite://${folder}` } });
    assert.equal(await runCommandLine(['replay', 'X', '--json'], context), 2);
    assert.equal((JSON.parse(context.printed.join('')) as { error: { code: string } }).error.code, 'NOT_FOUND');
    assert.match(context.written.join(''), /There is no Run X\.\nNext: m3ter-bills runs/);
  });
});

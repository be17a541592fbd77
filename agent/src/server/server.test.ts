import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, afterEach, describe, it } from 'node:test';
import { createMetrics } from '../metrics/metrics.ts';
import { readEndpoint } from '../operations/endpoint.ts';
import type { Operations } from '../operations/operations.ts';
import { remoteOperations } from '../operations/remote.ts';
import type { AgentHealth } from '../sync/types.ts';
import { testRuntime } from '../testing/testRuntime.ts';
import { startServer, type ServerParts, type ServerSettings } from './server.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'server-'));
after(() => rmSync(folder, { recursive: true, force: true }));
const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

const HEALTH: AgentHealth = {
  startedAt: null,
  orgs: [],
  queue: { queued: 0, active: 0, retrying: 0, dead: 0 },
  hints: 0,
  m3ter: { lastEventsPoll: null, detail: null, apiCalls: 0 },
};

async function start(changes: Partial<ServerSettings> = {}, parts: Partial<ServerParts> = {}) {
  const runtime = testRuntime();
  const hints: string[][] = [];
  const facts = { get: () => Promise.resolve(undefined) };
  const server = await startServer({
    settings: { httpHost: '127.0.0.1', httpPort: 0, webhook: undefined, ...changes },
    hint: (billIds) => (hints.push([...billIds]), 'accepted'),
    health: { health: () => HEALTH, store: { facts }, controlPollMs: 1000, eventsPollMs: 1000, now: runtime.now },
    lastOutcome: () => undefined,
    operations: { credentials: () => Promise.resolve({ credentials: [] }) } as Partial<Operations> as Operations,
    integrations: {
      m3terOrgId: 'm3ter-org',
      clients: { apiClient: () => Promise.resolve(undefined), list: () => Promise.resolve([]) },
      orgs: () => [],
      forward: () => assert.fail(),
      refresh: () => assert.fail(),
      mappingAppeared: () => assert.fail(),
    },
    metrics: createMetrics({ withProcess: false }),
    logger: runtime.logger,
    now: runtime.now,
    endpointFolder: undefined,
    ...parts,
  });
  closers.push(() => server.close(0));
  return { server, hints, runtime };
}

describe('the server', () => {
  it('serves webhook, health, metrics, the Integrations API and operations on one port', async () => {
    const pathSecret = 'a-path-secret-of-the-test';
    const { server, hints } = await start({ webhook: { pathSecret, signature: undefined } });
    const status = async (route: string, init?: RequestInit) => {
      const response = await fetch(server.url + route, init);
      await response.text();
      return response.status;
    };
    const headers = { 'content-type': 'application/json' };
    const body = '{"billId":"bill-1"}';
    assert.equal(await status(`/webhooks/m3ter/${pathSecret}`, { method: 'POST', headers, body }), 202);
    assert.deepEqual(hints, [['bill-1']]);
    assert.equal(await status('/health/live'), 200);
    assert.equal(await status('/health/ready'), 503);
    assert.equal(await status('/metrics'), 200);
    assert.equal(await status('/organizations/m3ter-org/integrationconfigs'), 401);
    assert.equal(await status('/operations/status', { method: 'POST' }), 403);
  });

  it('receives no webhook when none is set up', async () => {
    const { server } = await start();
    const response = await fetch(`${server.url}/webhooks/m3ter/`, { method: 'POST', body: '{}' });
    assert.equal(response.status, 404);
  });

  it('tells commands of this machine where it is, by a file that only its owner reads, and takes it away', async () => {
    const { server } = await start({}, { endpointFolder: folder });
    const endpoint = readEndpoint(folder);
    assert.ok(endpoint);
    assert.equal(endpoint.url, server.url);
    assert.equal(statSync(path.join(folder, 'agent.endpoint.json')).mode & 0o777, 0o600);
    assert.deepEqual(await remoteOperations(endpoint).credentials({}), { credentials: [] });
    await server.close();
    assert.equal(readEndpoint(folder), undefined);
  });

  it('has another token after each start', async () => {
    const tokens = new Set<string | undefined>();
    for (let count = 0; count < 2; count += 1) {
      const { server } = await start({}, { endpointFolder: folder });
      tokens.add(readEndpoint(folder)?.token);
      await server.close();
    }
    assert.equal(tokens.size, 2);
  });

  it('warns, by the name of the setting, when other machines can reach it', async () => {
    const { runtime, server } = await start({ httpHost: '0.0.0.0' });
    const [warning] = runtime.logged.filter(({ level }) => level === 'warn');
    assert.match(String(warning?.message), /HTTP_HOST is 0\.0\.0\.0/);
    assert.match(server.url, /^http:\/\/127\.0\.0\.1:\d+$/);
    const { runtime: quiet } = await start();
    assert.deepEqual(
      quiet.logged.filter(({ level }) => level === 'warn'),
      [],
    );
  });

  it('does not stay when it cannot say where it is', async () => {
    const lost = path.join(folder, 'gone');
    await assert.rejects(start({}, { endpointFolder: lost }), { code: 'ENOENT' });
  });

  it('says what to set when something else listens there', async () => {
    const { server } = await start();
    const httpPort = Number(new URL(server.url).port);
    await assert.rejects(start({ httpPort }), { name: 'SetupError', message: /Set HTTP_PORT to a free one/ });
  });

  it('answers what is under way before it closes', async () => {
    const asked = Promise.withResolvers<void>();
    const finish = Promise.withResolvers<void>();
    const facts = {
      get: async () => {
        asked.resolve();
        await finish.promise;
        return undefined;
      },
    };
    const { now } = testRuntime();
    const health = { health: () => HEALTH, store: { facts }, controlPollMs: 1000, eventsPollMs: 1000, now };
    const { server } = await start({}, { health });
    const answer = fetch(`${server.url}/health/ready`);
    await asked.promise;
    const closed = server.close();
    finish.resolve();
    assert.equal((await answer).status, 503);
    await closed;
    await assert.rejects(fetch(`${server.url}/health/live`));
  });
});

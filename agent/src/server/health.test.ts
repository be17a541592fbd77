import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { AgentHealth, OrgHealth } from '../sync/types.ts';
import { testRuntime } from '../testing/testRuntime.ts';
import { healthRoutes, type HealthCheck } from './health.ts';
import { createHttp } from './http.ts';

type Changes = {
  orgs?: Partial<OrgHealth>[];
  queue?: Partial<AgentHealth['queue']>;
  m3ter?: Partial<AgentHealth['m3ter']>;
};

function agent() {
  const runtime = testRuntime();
  const state: { changes: Changes; storeError: Error | undefined; lastOutcome: Date | undefined } = {
    changes: {},
    storeError: undefined,
    lastOutcome: undefined,
  };
  const health = (): AgentHealth => {
    const polled = { lastPoll: runtime.now(), pausedUntil: null, detail: null };
    const used = { apiCallsUsed: 0, apiCallLimit: 0, apiBudget: 0, apiCalls: 0 };
    const org = { credential: 'uk', orgId: '00D', isConnected: true, ...polled, ...used };
    const { orgs = [{}], queue, m3ter } = state.changes;
    return {
      startedAt: runtime.now(),
      hints: 0,
      orgs: orgs.map((changes) => ({ ...org, ...changes })),
      queue: { queued: 0, active: 0, retrying: 0, dead: 0, ...queue },
      m3ter: { lastEventsPoll: runtime.now(), detail: null, apiCalls: 0, ...m3ter },
    };
  };
  const get = () => (state.storeError ? Promise.reject(state.storeError) : Promise.resolve(undefined));
  const parts = { health, store: { facts: { get } }, controlPollMs: 30_000, eventsPollMs: 15_000, now: runtime.now };
  const app = createHttp(runtime.logger);
  void app.register(healthRoutes(parts, () => state.lastOutcome));
  const ready = async () => {
    const answer = await app.inject('/health/ready');
    const { status, checks } = answer.json<{ status: string; checks: HealthCheck[] }>();
    const causes = Object.fromEntries(checks.filter(({ isGood }) => !isGood).map(({ name, cause }) => [name, cause]));
    return { code: answer.statusCode, status, causes };
  };
  const wait = (minutes: number) => (runtime.time = new Date(runtime.time.getTime() + minutes * 60_000));
  return { app, state, ready, wait, runtime };
}

const GOOD = { code: 200, status: 'ready', causes: {} };

describe('health', () => {
  it('is live as long as the process answers', async () => {
    const { app, state } = agent();
    state.storeError = new Error('closed');
    assert.equal((await app.inject('/health/live')).statusCode, 200);
  });

  it('is ready when store, m3ter, an org and the queue are', async () => {
    const { ready } = agent();
    assert.deepEqual(await ready(), GOOD);
  });

  it('is not ready without its store, and asks for nothing else then', async () => {
    const { ready, state } = agent();
    state.storeError = new Error('The store is closed.');
    assert.deepEqual(await ready(), { code: 503, status: 'not ready', causes: { store: 'The store is closed.' } });
  });

  it('names the reason when m3ter cannot be asked or was not asked lately', async () => {
    const { ready, state, runtime } = agent();
    state.changes = { m3ter: { detail: 'm3ter refuses the access key.' } };
    assert.deepEqual((await ready()).causes, { m3ter: 'm3ter refuses the access key.' });
    state.changes = { m3ter: { lastEventsPoll: new Date(runtime.time.getTime() - 105_001) } };
    assert.deepEqual((await ready()).causes, { m3ter: 'm3ter was not asked for changes lately.' });
    state.changes = { m3ter: { lastEventsPoll: new Date(runtime.time.getTime() - 105_000) } };
    assert.deepEqual(await ready(), GOOD);
  });

  it('is ready with one org of several, not with none', async () => {
    const { ready, state } = agent();
    const broken = { isConnected: false, detail: 'The org refuses it.' };
    state.changes = { orgs: [broken, { credential: 'us' }] };
    assert.deepEqual(await ready(), GOOD);
    state.changes = { orgs: [broken, { credential: 'us', lastPoll: null }] };
    assert.deepEqual((await ready()).causes, { salesforce: 'uk: The org refuses it. us: not reached lately.' });
    state.changes = { orgs: [] };
    assert.match(String((await ready()).causes['salesforce']), /credential add/);
  });

  it('is not ready when Bills wait and none is handled for long', async () => {
    const { ready, state, wait, runtime } = agent();
    await ready();
    state.changes = { queue: { queued: 3 } };
    wait(14);
    assert.deepEqual(await ready(), GOOD);
    wait(2);
    assert.match(String((await ready()).causes['queue']), /3 Bills wait/);
    state.lastOutcome = runtime.now();
    assert.deepEqual(await ready(), GOOD);
  });

  it('does not take a queue for stuck that is empty, or waits for an allowance', async () => {
    const { ready, state, wait, runtime } = agent();
    wait(60);
    assert.deepEqual(await ready(), GOOD);
    wait(60);
    state.changes = { queue: { queued: 3 }, orgs: [{ pausedUntil: new Date(runtime.time.getTime() + 1) }] };
    assert.deepEqual(await ready(), GOOD);
  });
});

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { AgentHealth, OrgHealth } from '../sync/types.ts';
import { agentMetrics } from './agentMetrics.ts';
import { createMetrics } from './metrics.ts';

const NOW = new Date('2026-11-22T12:00:00Z');
const REF = { orgId: '00D000000000001AAA', integrationId: 'a01000000000001AAA' };

function org(changes: Partial<OrgHealth> = {}): OrgHealth {
  return {
    credential: 'prod-uk',
    orgId: REF.orgId,
    isConnected: true,
    detail: null,
    lastPoll: NOW,
    pausedUntil: null,
    apiCallsUsed: 2000,
    apiCallLimit: 10_000,
    apiBudget: 8000,
    apiCalls: 0,
    ...changes,
  };
}

function health(m3terCalls: number, ...orgs: readonly OrgHealth[]): AgentHealth {
  const queue = { queued: 5, active: 1, retrying: 0, dead: 2 };
  return { startedAt: NOW, orgs, queue, hints: 0, m3ter: { lastEventsPoll: NOW, detail: null, apiCalls: m3terCalls } };
}

describe('metrics of the engine', () => {
  it('count what becomes of Bills, and know when one was last in step', async () => {
    const metrics = createMetrics({ withProcess: false });
    let now = NOW;
    const { hooks, lastOutcome } = agentMetrics(metrics, () => now);
    assert.equal(lastOutcome(), undefined);
    hooks.onOutcome('sent', REF);
    now = new Date(NOW.getTime() + 60_000);
    hooks.onOutcome('failed', REF);
    hooks.onSent(1500, REF);
    hooks.onError('limit');
    hooks.onRun('EVENT', 2500);
    assert.deepEqual(lastOutcome(), now);
    const text = await metrics.text();
    assert.match(text, /bills_total\{outcome="sent"\} 1/);
    assert.match(text, new RegExp(`last_success_timestamp_seconds ${NOW.getTime() / 1000}\n`));
    assert.match(text, /change_to_salesforce_seconds_sum 1\.5/);
    assert.match(text, /errors_total\{class="limit"\} 1/);
    assert.match(text, /run_duration_seconds_sum\{trigger="EVENT"\} 2\.5/);
    assert.doesNotMatch(text, /a01000000000001/);
  });

  it('ask for queue, budget and calls at each scrape, and go on counting when a connection begins anew', async () => {
    const metrics = createMetrics({ withProcess: false });
    let answer = health(
      3,
      org({ apiCalls: 10 }),
      org({ credential: 'prod-us', orgId: null, apiCalls: 1, apiBudget: null }),
    );
    agentMetrics(metrics, () => NOW).watch(() => answer);
    const first = await metrics.text();
    assert.match(first, /queue_depth\{state="queued"\} 5/);
    assert.match(first, /queue_depth\{state="dead"\} 2/);
    assert.match(first, /api_budget_used_ratio\{org="00D000000000001AAA"\} 0\.25/);
    assert.match(first, /api_calls_total\{system="salesforce"\} 11/);
    assert.match(first, /api_calls_total\{system="m3ter"\} 3/);
    answer = health(5, org({ apiCalls: 4 }));
    const second = await metrics.text();
    assert.match(second, /api_calls_total\{system="salesforce"\} 15/);
    assert.match(second, /api_calls_total\{system="m3ter"\} 5/);
  });
});

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createMetrics } from './metrics.ts';

/** The value of one sample line, such as `bills_total{outcome="sent"}`. */
function sample(text: string, name: string): number | undefined {
  const line = text.split('\n').find((one) => one.startsWith(`m3ter_bills_${name} `));
  return line === undefined ? undefined : Number(line.split(' ').at(-1));
}

describe('metrics', () => {
  it('counts Bills, calls, errors, webhooks and the queue under the agreed names', async () => {
    const metrics = createMetrics({ withProcess: false });
    metrics.bill('sent', 3);
    metrics.bill('failed');
    metrics.apiCalls('salesforce', 2);
    metrics.error('UNABLE_TO_LOCK_ROW');
    metrics.webhook('accepted');
    metrics.queueDepth({ queued: 4, dead: 1 });
    metrics.succeeded(new Date('2026-11-22T12:00:00Z'));
    metrics.apiBudgetUsed('00D000000000001AAA', 0.25);
    const text = await metrics.text();
    assert.equal(sample(text, 'bills_total{outcome="sent"}'), 3);
    assert.equal(sample(text, 'bills_total{outcome="failed"}'), 1);
    assert.equal(sample(text, 'api_calls_total{system="salesforce"}'), 2);
    assert.equal(sample(text, 'errors_total{class="UNABLE_TO_LOCK_ROW"}'), 1);
    assert.equal(sample(text, 'webhooks_total{result="accepted"}'), 1);
    assert.equal(sample(text, 'queue_depth{state="queued"}'), 4);
    assert.equal(sample(text, 'last_success_timestamp_seconds'), 1795348800);
    assert.equal(sample(text, 'api_budget_used_ratio{org="00D000000000001AAA"}'), 0.25);
  });

  it('begins with 0, so that the first failure is a rise', async () => {
    const text = await createMetrics({ withProcess: false }).text();
    assert.equal(sample(text, 'bills_total{outcome="failed"}'), 0);
    assert.equal(sample(text, 'errors_total{class="authentication"}'), 0);
    assert.equal(sample(text, 'webhooks_total{result="refused"}'), 0);
    assert.equal(sample(text, 'api_calls_total{system="m3ter"}'), 0);
  });

  it('observes how long a change and a batch took', async () => {
    const metrics = createMetrics({ withProcess: false });
    metrics.changeReachedSalesforce(3);
    metrics.run('SCHEDULE', 45);
    const text = await metrics.text();
    assert.equal(sample(text, 'change_to_salesforce_seconds_bucket{le="2"}'), 0);
    assert.equal(sample(text, 'change_to_salesforce_seconds_bucket{le="5"}'), 1);
    assert.equal(sample(text, 'run_duration_seconds_bucket{le="60",trigger="SCHEDULE"}'), 1);
    assert.equal(sample(text, 'run_duration_seconds_sum{trigger="SCHEDULE"}'), 45);
  });

  it('asks for what is only known by asking, and a failure to answer leaves the rest standing', async () => {
    const metrics = createMetrics({ withProcess: false });
    metrics.bill('sent');
    metrics.beforeScrape(() => Promise.reject(new Error('the store is closed')));
    metrics.beforeScrape(() => metrics.queueDepth({ queued: 7 }));
    const text = await metrics.text();
    assert.equal(sample(text, 'queue_depth{state="queued"}'), 7);
    assert.equal(sample(text, 'bills_total{outcome="sent"}'), 1);
  });

  it('bounds the error codes: text that is no code, and too many codes, count as OTHER', async () => {
    const metrics = createMetrics({ withProcess: false });
    metrics.error('Atlas Orion <finance@example.com>');
    for (let number = 0; number < 300; number += 1) metrics.error(`CODE_${number}`);
    const text = await metrics.text();
    assert.equal(sample(text, 'errors_total{class="OTHER"}'), 101);
    assert.ok(!text.includes('example.com'));
  });

  it('tells about the process unless it is told not to', async () => {
    assert.match(await createMetrics().text(), /m3ter_bills_process_resident_memory_bytes/);
    assert.doesNotMatch(await createMetrics({ withProcess: false }).text(), /process_resident/);
  });
});

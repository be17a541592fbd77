import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { planOf } from './plan.ts';

const given = { bills: 0, toSend: 0, linesPerBill: 10, bulkFromRecords: 20_000, lanes: 4, m3terRequestsPerSecond: 10 };

describe('the plan of a backfill', () => {
  it('goes by composite calls as long as they are few', () => {
    const { way, calls, lineItems } = planOf({ ...given, bills: 1200, toSend: 1000 });
    assert.deepEqual(
      { way, calls, lineItems },
      { way: 'composite', calls: { salesforce: 17, m3ter: 10 }, lineItems: 10_000 },
    );
  });

  it('goes by bulk jobs from 20,000 records on', () => {
    const { way, calls } = planOf({ ...given, bills: 100_000, toSend: 100_000 });
    assert.deepEqual({ way, calls }, { way: 'bulk', calls: { salesforce: 20 * 26, m3ter: 1000 } });
  });

  it('goes by composite calls where bulk jobs are not allowed', () => {
    assert.equal(planOf({ ...given, toSend: 100_000, bulkFromRecords: Infinity }).way, 'composite');
  });

  it('is never faster than m3ter may be asked', () => {
    assert.ok(planOf({ ...given, toSend: 100_000, linesPerBill: 0 }).seconds >= 100);
  });

  it('of nothing is nothing', () => {
    const { calls, seconds } = planOf(given);
    assert.deepEqual({ calls, seconds }, { calls: { salesforce: 0, m3ter: 0 }, seconds: 0 });
  });
});

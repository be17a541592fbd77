import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createRateLimit } from './rateLimit.ts';

describe("m3ter's caps", () => {
  it('refuse what an Organization asks over its cap until the second is over', () => {
    let time = 5_000;
    const limit = createRateLimit({ perSecond: 2, perFiveMinutes: 100 }, () => time);
    const allowed = (orgId: string) => limit({ orgId, address: '127.0.0.1' });
    assert.deepEqual([allowed('a'), allowed('a'), allowed('a'), allowed('b')], [true, true, false, true]);
    time = 5_999;
    assert.equal(allowed('a'), false);
    time = 6_000;
    assert.equal(allowed('a'), true);
  });

  it('refuse what an address asks over its cap until the rolling five minutes hold less', () => {
    let time = 0;
    const limit = createRateLimit({ perSecond: 10, perFiveMinutes: 3 }, () => time);
    const allowed = (address: string) => limit({ orgId: 'a', address });
    assert.deepEqual([allowed('x'), allowed('x')], [true, true]);
    time = 100_000;
    assert.deepEqual([allowed('x'), allowed('x'), allowed('y')], [true, false, true]);
    time = 299_999;
    assert.equal(allowed('x'), false);
    time = 300_000;
    assert.deepEqual([allowed('x'), allowed('x'), allowed('x')], [true, true, false]);
  });
});

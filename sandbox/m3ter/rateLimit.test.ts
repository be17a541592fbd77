import assert from 'node:assert/strict';
import { it } from 'node:test';
import { createRateLimit } from './rateLimit.ts';

it('the cap of an Organization refuses what is over it until the second is over', () => {
  let time = 5_000;
  const allowed = createRateLimit(2, () => time);
  assert.deepEqual([allowed('a'), allowed('a'), allowed('a'), allowed('b')], [true, true, false, true]);
  time = 5_999;
  assert.equal(allowed('a'), false);
  time = 6_000;
  assert.equal(allowed('a'), true);
});

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { leftOf } from './wait.ts';

describe('what is left of a wait', () => {
  const wait = { since: 10_000, milliseconds: 500 };
  const leftAt = (time: number): number => leftOf(wait, new Date(time));

  it('is less with time, and nothing in the end', () => {
    assert.deepEqual([10_000, 10_200, 10_500, 99_999].map(leftAt), [500, 300, 0, 0]);
  });

  it('is nothing when the clock was set back to before its begin', () => {
    assert.equal(leftAt(9999), 0);
  });
});

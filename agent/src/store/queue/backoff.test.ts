import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { backoffSeconds } from './backoff.ts';
import { QUEUE_SETTINGS } from './settings.ts';

const after = (attempt: number, random = 0) => backoffSeconds(attempt, QUEUE_SETTINGS, random);

describe('the wait after a failed attempt', () => {
  it('doubles up to a quarter of an hour', () => {
    assert.deepEqual(
      [1, 2, 3, 9, 10, 5000].map((attempt) => after(attempt)),
      [2, 4, 8, 512, 900, 900],
    );
  });

  it('is shorter by up to half at random', () => {
    assert.equal(after(3, 0.5), 6);
    assert.equal(after(3, 1), 4);
  });

  it('lets all attempts together span about an hour', () => {
    const waits = Array.from({ length: QUEUE_SETTINGS.retryLimit }, (_, index) => after(index + 1, 0.5));
    const minutes = waits.reduce((sum, wait) => sum + wait, 0) / 60;
    assert.ok(minutes > 45 && minutes < 75, `${minutes} minutes`);
  });
});

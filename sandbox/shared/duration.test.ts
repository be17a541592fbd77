import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createRandom } from '../data/random.ts';
import { drawDuration, isDuration } from './duration.ts';
import type { Duration } from './duration.ts';

const DRAWS = 10_000;

function sorted(duration: Duration): number[] {
  const random = createRandom('durations');
  return Array.from({ length: DRAWS }, () => drawDuration(duration, () => random.next())).toSorted((a, b) => a - b);
}

const near = (actual: number | undefined, expected: number): void =>
  assert.ok(Math.abs(Number(actual) - expected) < expected / 10, `${actual} is near ${expected}`);

describe('durations', () => {
  it('are fixed, uniform between bounds, or log-normal with the median and the tail that are given', () => {
    assert.equal(drawDuration(40, Math.random), 40);
    const uniform = sorted({ uniform: [20, 60] });
    assert.ok(Number(uniform[0]) >= 20 && Number(uniform.at(-1)) <= 60);
    near(uniform[DRAWS / 2], 40);
    const lognormal = sorted({ lognormal: { median: 100, p99: 2000 } });
    near(lognormal[DRAWS / 2], 100);
    near(lognormal[DRAWS * 0.99], 2000);
  });

  it('are told from what is none', () => {
    const good = [0, 5, { uniform: [1, 1] }, { lognormal: { median: 1, p99: 9 } }];
    const bad = [
      -1,
      '5',
      null,
      undefined,
      {},
      { uniform: [2, 1] },
      { uniform: [1] },
      { lognormal: { median: 0, p99: 9 } },
      { lognormal: { median: 9, p99: 1 } },
    ];
    assert.deepEqual([good.map(isDuration), bad.map(isDuration)], [good.map(() => true), bad.map(() => false)]);
  });
});

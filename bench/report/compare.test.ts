import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { comparison } from './compare.ts';
import { atLeast, atMost, type BenchResult, type Row, type Target } from './result.ts';

const row = (peer: string, calls: number, billsPerSecond: number): Row => ({
  ...{ load: '1,000 Bills', latency: '50 ms', bills: 1000, lines: 10_000, seconds: 1000 / billsPerSecond },
  ...{ peer, calls, billsPerSecond, timesFloor: 2, floor: { calls: 11, seconds: 0.1 } },
});

function result(rows: readonly Row[], targets: readonly Target[] = []): BenchResult {
  const machine = { cores: 2, memoryGb: 24, node: 'v24', platform: 'linux' };
  return {
    ...{ measuredAt: '2026-11-29T00:00:00.000Z', machine, isQuick: false, seconds: 1 },
    ...{ rows, targets, correctness: [], errors: [] },
  };
}

const before = result([row('agent', 24, 200), row('graph', 23, 100)]);

describe('the comparison of two results', () => {
  it('takes speeds relative to the best peer of the same run, so that another machine changes nothing', () => {
    const { text, isWorse } = comparison(before, result([row('agent', 24, 400), row('graph', 23, 200)]));
    assert.deepEqual([text, isWorse], ['Nothing changed beyond noise.', false]);
  });

  it('tells a slower agent from noise', () => {
    const slower = comparison(before, result([row('agent', 24, 150), row('graph', 23, 100)]));
    assert.equal(slower.isWorse, true);
    assert.match(slower.text, /^worse\s+speed against the best peer, .*agent: 2 -> 1\.5$/m);
    assert.equal(comparison(before, result([row('agent', 24, 180), row('graph', 23, 100)])).isWorse, false);
  });

  it('tells every change of a count', () => {
    const { text, isWorse } = comparison(before, result([row('agent', 25, 200), row('graph', 22, 100)]));
    assert.equal(isWorse, true);
    assert.match(text, /^worse\s+calls, .*agent: 24 -> 25$/m);
    assert.match(text, /^better\s+calls, .*graph: 23 -> 22$/m);
  });

  it('names a target that held and fails now', () => {
    const held = result([], [atMost('Stale lines', 0, 0, 'lines'), atLeast('Throughput', 2, 2, 'x')]);
    const fails = result([], [atMost('Stale lines', 1, 0, 'lines'), atLeast('Throughput', 2, 2, 'x')]);
    assert.deepEqual(comparison(held, fails), { text: 'fails   Stale lines', isWorse: true });
    assert.equal(comparison(fails, held).isWorse, false);
  });
});

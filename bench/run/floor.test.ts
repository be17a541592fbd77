import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { floorOf } from './floor.ts';
import { FIXED, meanCallMs, NONE } from './latency.ts';
import { mixed, thousand } from './load.ts';

describe('the floor of a load', () => {
  it('is the fewest calls of 1,000 records, at the time of the model, four at the same time', () => {
    const { calls, milliseconds } = floorOf(thousand(1000).lineCounts, FIXED);
    assert.deepEqual([calls, milliseconds], [11, (11 * 50) / 4]);
    assert.deepEqual(floorOf([999], FIXED).calls, 1);
    assert.deepEqual(floorOf([1000], FIXED).calls, 2);
  });

  it('has the time of records where the model has one, and none without latency', () => {
    const perRecord = { name: 'records', says: '', fixedMs: 100, perRecordMs: 2 };
    assert.equal(floorOf([10, 10], perRecord).milliseconds, (100 + 22 * 2) / 4);
    assert.equal(floorOf([10], NONE).milliseconds, 0);
  });
});

describe('the mean time of a call', () => {
  it('is that of a log-normal distribution by its median and 99th percentile', () => {
    const model = { name: '', says: '', fixedMs: { median: 120, p99: 1200 }, perRecordMs: 0 };
    assert.ok(Math.abs(meanCallMs(model) - 195.9) < 0.1, String(meanCallMs(model)));
    assert.equal(meanCallMs(FIXED), 50);
  });
});

describe('the load of Bills of 1 to 500 lines', () => {
  it('has as many Bills of few lines as of many, about 80 in the mean, the same every time', () => {
    const { lineCounts } = mixed(1000);
    const within = (from: number, to: number): number =>
      lineCounts.filter((count) => count >= from && count <= to).length;
    assert.equal(Math.min(...lineCounts), 1);
    assert.ok(Math.max(...lineCounts) > 490 && Math.max(...lineCounts) <= 500);
    assert.ok(Math.abs(within(1, 22) - within(23, 500)) < 20);
    const mean = lineCounts.reduce((sum, count) => sum + count, 0) / lineCounts.length;
    assert.ok(mean > 75 && mean < 85, String(mean));
    assert.deepEqual(mixed(1000), mixed(1000));
  });
});

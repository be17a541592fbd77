import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Bill } from '../../m3ter/resources.ts';
import { BATCH_LIMITS, toBatches } from './batches.ts';

const bills = (from: number, to: number, lines = 0): Bill[] =>
  Array.from({ length: to - from }, (_, n) => ({
    id: `bill-${from + n}`,
    lineItems: Array.from({ length: lines }, () => ({})),
  }));

async function batchesOf(pages: Bill[][], seen = new Set<string>(), most?: () => number): Promise<number[]> {
  const sizes: number[] = [];
  const source = (async function* () {
    for (const page of pages) yield await Promise.resolve(page);
  })();
  for await (const batch of toBatches(source, seen, most)) sizes.push(batch.length);
  return sizes;
}

describe('batches of Bills', () => {
  it('join pages, so that one look-up serves many Bills', async () => {
    const pages = [bills(0, 100), bills(100, 200), bills(200, 300), bills(300, 350)];
    assert.deepEqual(await batchesOf(pages), [300, 50]);
  });

  it('are as large as they are asked for, each for itself', async () => {
    const pages = [bills(0, 100), bills(100, 200), bills(200, 500)];
    const sizes = [100, 300, 50];
    assert.deepEqual(await batchesOf(pages, new Set(), () => sizes.shift() ?? 500), [100, 300, 50, 50]);
  });

  it('stay small when Bills have many lines', async () => {
    const pages = [bills(0, 4, BATCH_LIMITS.lineItems / 2)];
    assert.deepEqual(await batchesOf(pages), [2, 2]);
  });

  it('hold a Bill once that came on two pages', async () => {
    const seen = new Set<string>();
    assert.deepEqual(await batchesOf([bills(0, 3), bills(2, 5)], seen), [5]);
    assert.equal(seen.size, 5);
  });

  it('are none without Bills', async () => assert.deepEqual(await batchesOf([]), []));
});

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { BatchCounts, ClosedBatch, CountedBatch } from '../../store/types.ts';
import { takeClosedElsewhere } from './closedElsewhere.ts';
import { Watch } from './watches.ts';

function batches(open: string[], closed: Record<string, BatchCounts>) {
  const rows = Object.entries(closed).map(([runKey, counts]) => ({ runKey, counts }));
  return {
    unfinished: () => Promise.resolve(open.map((runKey) => ({ runKey })) as CountedBatch[]),
    recent: () => Promise.resolve(rows as ClosedBatch[]),
  };
}

describe('batches that another process closed', () => {
  it('are closed for who waits for them, with their counts, and others are not', async () => {
    const watch = new Watch(['a', 'b', 'long ago'], []);
    await takeClosedElsewhere(batches(['a'], { b: { sent: 2 }, other: { sent: 9 } }), watch);
    assert.deepEqual(
      [...watch.closed],
      [
        ['b', { sent: 2 }],
        ['long ago', {}],
      ],
    );
    assert.equal(watch.isClosed, false);
    await takeClosedElsewhere(batches([], { a: { sent: 1 } }), watch);
    assert.equal(watch.isClosed, true);
  });
});

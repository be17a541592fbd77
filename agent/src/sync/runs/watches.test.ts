import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { CountedBatch } from '../../store/types.ts';
import { Watches, type Watch } from './watches.ts';

const batch = { runKey: 'run', counts: { sent: 3 } } as unknown as CountedBatch;

/** Whether the watch waits for something to happen. */
async function waits(watch: Watch): Promise<boolean> {
  let isAsleep = false;
  await watch.change(500, async () => void (isAsleep = true));
  return isAsleep;
}

describe('somebody who waits for batches', () => {
  it('is woken by the end of one', async () => {
    const watches = new Watches();
    const watch = watches.open(['run']);
    const woken = watch.change(500, () => new Promise(() => undefined));
    watches.onClosed(batch);
    await woken;
    assert.deepEqual(watch.closed, new Map([['run', { sent: 3 }]]));
    assert.ok(watch.isClosed);
  });

  it('does not wait for what happened while it was busy, and waits again for what comes next', async () => {
    const watches = new Watches();
    const watch = watches.open(['run']);
    assert.equal(await waits(watch), true);
    watches.onClosed(batch);
    assert.equal(await waits(watch), false);
    assert.equal(await waits(watch), true);
  });

  it('is not told twice of what woke it', async () => {
    const watches = new Watches();
    const watch = watches.open(['run', 'other']);
    const woken = watch.change(500, () => new Promise(() => undefined));
    watches.onClosed(batch);
    await woken;
    assert.equal(await waits(watch), true);
  });
});

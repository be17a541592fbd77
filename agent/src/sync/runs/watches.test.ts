import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { CountedBatch } from '../../store/types.ts';
import { Watches, type Watch } from './watches.ts';

const batch = { runKey: 'run', counts: { sent: 3 } } as unknown as CountedBatch;

/** Whether something happened that the watch does not wait for any more. */
const isNews = (watch: Watch): Promise<boolean> => watch.change(500, () => Promise.resolve());

describe('somebody who waits for batches', () => {
  it('is woken by the end of one', async () => {
    const watches = new Watches();
    const watch = watches.open(['run']);
    const woken = watch.change(500, () => new Promise(() => undefined));
    watches.onClosed(batch);
    assert.equal(await woken, true);
    assert.deepEqual(watch.closed, new Map([['run', { sent: 3 }]]));
    assert.ok(watch.isClosed);
  });

  it('does not wait for what happened while it was busy, and waits again for what comes next', async () => {
    const watches = new Watches();
    const watch = watches.open(['run']);
    assert.equal(await isNews(watch), false);
    watches.onClosed(batch);
    assert.equal(await isNews(watch), true);
    assert.equal(await isNews(watch), false);
  });

  it('is not told twice of what woke it', async () => {
    const watches = new Watches();
    const watch = watches.open(['run', 'other']);
    const woken = watch.change(500, () => new Promise(() => undefined));
    watches.onClosed(batch);
    await woken;
    assert.equal(await isNews(watch), false);
  });
});

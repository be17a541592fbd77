import assert from 'node:assert/strict';
import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { after, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { freshStoreUrl, openTestStore } from '../../testing/stores.ts';
import { batchOf, DONE, PATIENCE, until, workEach } from './testing.ts';

const SCRIPT = fileURLToPath(new URL('crashingWorker.ts', import.meta.url));
const ids = Array.from({ length: 40 }, (_, n) => `bill-${n}`);

type Worker = ChildProcessByStdio<null, Readable, null>;
const workers: Worker[] = [];

/** Starts a worker; every line it tells is added to `told`. */
function startWorker(url: string, milliseconds: number, told: string[]): Worker {
  const args = ['--disable-warning=ExperimentalWarning', SCRIPT, url, String(milliseconds)];
  const worker = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  createInterface({ input: worker.stdout }).on('line', (line) => told.push(line));
  workers.push(worker);
  return worker;
}

async function kill(worker: Worker): Promise<void> {
  worker.kill('SIGKILL');
  if (worker.exitCode === null && worker.signalCode === null) await once(worker, 'exit');
}

/** Bills that were begun and not ended. */
function inFlight(told: readonly string[]): string[] {
  const open = new Set<string>();
  for (const [what, billId = ''] of told.map((line) => line.split(' '))) {
    if (what === 'begin') open.add(billId);
    else open.delete(billId);
  }
  return [...open];
}

const begun = (told: readonly string[]): string[] =>
  told.filter((line) => line.startsWith('begin')).map((line) => line.split(' ')[1] ?? '');

describe('a worker that is killed', PATIENCE, () => {
  after(() => Promise.all(workers.map(kill)));

  it('on a server leaves its jobs to another one, and no Bill is worked by two at once', async () => {
    const url = await freshStoreUrl('postgres');
    const store = await openTestStore(url);
    await store.batches.enqueue(batchOf('run'), ids);
    const told: string[] = [];
    const first = startWorker(url, 0, told);
    await until(() => begun(told).length === 10);
    const other: string[] = [];
    startWorker(url, 20, other);
    await until(() => begun(other).length === 30 && inFlight(other).length === 0);
    await kill(first);
    const left = begun(told);
    assert.deepEqual([...left, ...begun(other)].toSorted(), ids.toSorted());
    await until(async () => (await store.batches.finishable()).length === 1);
    assert.deepEqual((await store.batches.finishable())[0]?.counts, { sent: ids.length });
    await until(() => begun(other).length === ids.length);
    const taken = other.filter((line) => line.startsWith('begin')).slice(30);
    assert.deepEqual(taken.toSorted(), left.map((id) => `begin ${id} 2`).toSorted());
    await store.close();
  });

  it('in a folder leaves its jobs to the next process, which begins them at once', async () => {
    const url = await freshStoreUrl('pglite');
    const before = await openTestStore(url);
    await before.batches.enqueue(batchOf('run'), ids);
    await before.close();
    const told: string[] = [];
    const worker = startWorker(url, 0, told);
    await until(() => inFlight(told).length === 10);
    await kill(worker);
    const store = await openTestStore(url);
    await store.queue.start();
    assert.deepEqual(await store.queue.depth(), { queued: 30, active: 10, retrying: 0, dead: 0 });
    await store.queue.recoverActive();
    assert.deepEqual(await store.queue.depth(), { queued: 30, active: 0, retrying: 10, dead: 0 });
    const attempts = new Map<string, number>();
    const gate = Promise.withResolvers<void>();
    await workEach(store, async ({ data: { billId }, attempt }) => {
      attempts.set(billId, attempt);
      if (billId === 'own') await gate.promise;
      return DONE;
    });
    await until(() => store.queue.idle());
    // The attempt that was cut off does not count.
    assert.deepEqual(attempts, new Map([...attempts.keys()].map((id) => [id, 1])));
    assert.equal(attempts.size, ids.length);
    // What runs now is this process's own: it is not taken up a second time.
    await store.batches.enqueue(batchOf('own'), ['own']);
    await until(() => attempts.has('own'));
    await store.queue.recoverActive();
    assert.deepEqual(await store.queue.depth(), { queued: 0, active: 1, retrying: 0, dead: 0 });
    gate.resolve();
    await store.close();
  });
});

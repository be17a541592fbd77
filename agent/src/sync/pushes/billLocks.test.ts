import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { BillLocks } from './billLocks.ts';

/** Work that tells when it begins, and ends when it is told to. */
function scene() {
  const locks = new BillLocks();
  const begun: string[] = [];
  const ends = new Map<string, () => void>();
  const work = (name: string) => async (): Promise<string> => {
    begun.push(name);
    await new Promise<void>((resolve) => ends.set(name, resolve));
    return name;
  };
  const end = async (name: string): Promise<void> => {
    ends.get(name)?.();
    await turn();
  };
  return { locks, begun, work, end };
}

describe('work on Bills', () => {
  it('runs side by side for different Bills, and in the order of asking for the same one', async () => {
    const { locks, begun, work, end } = scene();
    const first = locks.run(['a', 'b'], work('first'));
    void locks.run(['b', 'c'], work('second'));
    void locks.run(['d'], work('other'));
    void locks.run(['c'], work('third'));
    await turn();
    assert.deepEqual(begun, ['first', 'other']);
    await end('first');
    assert.equal(await first, 'first');
    assert.deepEqual(begun, ['first', 'other', 'second']);
    await end('second');
    assert.deepEqual(begun, ['first', 'other', 'second', 'third']);
  });

  it('waits for all before it, and holds up all behind it, when it concerns all', async () => {
    const { locks, begun, work, end } = scene();
    void locks.run(['a'], work('before'));
    void locks.runAlone(work('alone'));
    void locks.run(['b'], work('behind'));
    await turn();
    assert.deepEqual(begun, ['before']);
    await end('before');
    assert.deepEqual(begun, ['before', 'alone']);
    await end('alone');
    assert.deepEqual(begun, ['before', 'alone', 'behind']);
  });

  it('goes on after work that failed', async () => {
    const locks = new BillLocks();
    const failed = locks.run(['a'], () => Promise.reject(new Error('no')));
    const next = locks.run(['a'], () => Promise.resolve('done'));
    await assert.rejects(failed, /no/);
    assert.equal(await next, 'done');
  });
});

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Batch, RunClaim } from '../../store/types.ts';
import { RunBeginnings } from './runBeginnings.ts';

const batch = (runKey: string): Batch => ({
  ...{ runKey, orgId: 'org', integrationId: 'one', trigger: 'EVENT', replayedFrom: null, isScanned: true },
  startedAt: new Date('2026-11-22T12:00:00Z'),
});

/** Processes on one store, and what each of them wrote. */
function processes() {
  const claims = new Map<string, RunClaim>();
  const batches = {
    claimRun: (key: string): Promise<RunClaim> => {
      const claim = claims.get(key) ?? 'own';
      if (claim === 'own') claims.set(key, 'others');
      return Promise.resolve(claim);
    },
    settleRun: (key: string, isBegun: boolean): Promise<void> => {
      if (isBegun) claims.set(key, 'begun');
      else claims.delete(key);
      return Promise.resolve();
    },
  };
  const sleep = () => new Promise<void>((resolve) => setImmediate(resolve));
  return () => new RunBeginnings({ batches, runtime: { sleep }, isAlone: false });
}

describe('the begin of a Run that several processes work on', () => {
  it('is written by one of them, and the others wait for it', async () => {
    const begin = processes();
    const order: string[] = [];
    const write = (name: string) => async (own: readonly Batch[]) => {
      order.push(`${name} writes ${own.map(({ runKey }) => runKey).join()}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
      order.push(`${name} wrote`);
    };
    const [one, other] = [begin(), begin()];
    await Promise.all([
      one.begin([batch('a'), batch('b')], write('one')),
      other.begin([batch('b'), batch('a')], write('other')).then(() => order.push('other goes on')),
    ]);
    assert.deepEqual(order, ['one writes a,b', 'one wrote', 'other goes on']);
    assert.ok(one.has('a') && other.has('b'));
  });

  it('is tried by the next one when it fails', async () => {
    const begin = processes();
    const written: string[] = [];
    const [one, other] = [begin(), begin()];
    const failing = one.begin([batch('a')], () => Promise.reject(new Error('locked')));
    const next = other.begin([batch('a')], () => Promise.resolve(void written.push('other')));
    await assert.rejects(failing, /locked/);
    await next;
    assert.deepEqual(written, ['other']);
    assert.equal(one.has('a'), false);
  });

  it('is written once by several groups of one process', async () => {
    const one = processes()();
    let written = 0;
    const write = () => Promise.resolve(void (written += 1));
    await Promise.all([1, 2, 3].map(() => one.begin([batch('a')], write)));
    assert.equal(written, 1);
  });
});

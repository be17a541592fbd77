import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Batch, RunClaim } from '../../store/types.ts';
import { RunBeginnings } from './runBeginnings.ts';

const batch = (runKey: string): Batch => ({
  ...{ runKey, orgId: 'org', integrationId: 'one', trigger: 'EVENT', replayedFrom: null, isScanned: true },
  startedAt: new Date('2026-11-22T12:00:00Z'),
});

/** Processes on one store, and who claims what. */
function processes() {
  const claims = new Map<string, string>();
  const begun = new Set<string>();
  let names = 0;
  const batches = {
    claimRun: (key: string, claimant: string): Promise<RunClaim> => {
      if (begun.has(key)) return Promise.resolve('begun');
      const holder = claims.get(key) ?? claimant;
      if (holder === claimant) claims.set(key, claimant);
      return Promise.resolve(holder === claimant ? 'own' : 'others');
    },
    settleRun: (key: string, claimant: string, isBegun: boolean): Promise<void> => {
      if (claims.get(key) === claimant) claims.delete(key);
      if (isBegun) begun.add(key);
      return Promise.resolve();
    },
  };
  const sleep = () => new Promise<void>((resolve) => setImmediate(resolve));
  const start = () =>
    new RunBeginnings({ batches, runtime: { sleep, newId: () => `process-${(names += 1)}` }, isAlone: false });
  return { start, claims };
}

describe('the begin of a Run that several processes work on', () => {
  it('is written by one of them, and the others wait for it', async () => {
    const { start } = processes();
    const begun: string[] = [];
    const write = async (own: readonly Batch[]) => {
      await new Promise((resolve) => setTimeout(resolve, 20));
      begun.push(...own.map(({ runKey }) => runKey));
    };
    const [one, other] = [start(), start()];
    const work = async (process: RunBeginnings, ...keys: string[]) => {
      await process.begin(keys.map(batch), write);
      assert.deepEqual(begun.toSorted(), ['a', 'b']);
      assert.ok(keys.every((key) => process.has(key)));
    };
    await Promise.all([work(one, 'a', 'b'), work(other, 'b', 'a')]);
  });

  it('is tried by the next one when it fails', async () => {
    const { start } = processes();
    const written: string[] = [];
    const [one, other] = [start(), start()];
    const failing = one.begin([batch('a')], () => Promise.reject(new Error('locked')));
    const next = other.begin([batch('a')], () => Promise.resolve(void written.push('other')));
    await assert.rejects(failing, /locked/);
    await next;
    assert.deepEqual(written, ['other']);
    assert.equal(one.has('a'), false);
  });

  it('is written once by several groups of one process', async () => {
    const one = processes().start();
    let written = 0;
    const write = () => Promise.resolve(void (written += 1));
    await Promise.all([1, 2, 3].map(() => one.begin([batch('a')], write)));
    assert.equal(written, 1);
  });

  it('of a process that is gone keeps nobody else waiting', async () => {
    const { start, claims } = processes();
    claims.set('a', 'gone');
    const one = start();
    const written: string[] = [];
    const write = (own: readonly Batch[]) => Promise.resolve(void written.push(...own.map(({ runKey }) => runKey)));
    const waiting = one.begin([batch('a'), batch('b')], write);
    await one.begin([batch('c')], write);
    assert.deepEqual(written.toSorted(), ['b', 'c']);
    assert.deepEqual([one.has('b'), one.has('a')], [true, false]);
    claims.delete('a');
    await waiting;
    assert.deepEqual(written.toSorted(), ['a', 'b', 'c']);
  });

  it('is written again in a batch that was closed and comes again', async () => {
    const one = alone();
    let written = 0;
    const write = () => Promise.resolve(void (written += 1));
    await one.begin([batch('a')], write);
    one.forget('a');
    await one.begin([batch('a')], write);
    assert.equal(written, 2);
  });
});

/** A process that has its store for itself. */
function alone(): RunBeginnings {
  const never = () => Promise.reject(new Error('There is nobody to agree with.'));
  const runtime = { sleep: never, newId: () => 'only' };
  return new RunBeginnings({ batches: { claimRun: never, settleRun: never }, runtime, isAlone: true });
}

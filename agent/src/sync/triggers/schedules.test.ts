import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { FactStore } from '../../store/types.ts';
import { testRuntime } from '../../testing/testRuntime.ts';
import { facts } from '../testing.ts';
import { Schedules, type Due } from './schedules.ts';

function clock(store: FactStore = facts(), start?: string) {
  const runtime = testRuntime(start);
  const schedules = new Schedules({ facts: store, runtime, reconcileHour: 3 });
  const dueAt = async (time: string, zone = 'UTC', isRefused = false): Promise<Due[]> => {
    runtime.time = new Date(time);
    const asked: Due[] = [];
    await schedules.run('org', zone, (due) => {
      if (isRefused) return Promise.reject(new Error('The store is away.'));
      return Promise.resolve(void asked.push(due));
    });
    return asked;
  };
  return { dueAt, store };
}

const HOUR: Due[] = ['hour'];
const NOTHING: Due[] = [];

describe('the schedules of an org', () => {
  it('leave what is due at the very first look to the first scan', async () => {
    const { dueAt } = clock();
    assert.deepEqual(await dueAt('2026-11-22T12:30:00Z'), NOTHING);
    assert.deepEqual(await dueAt('2026-11-22T12:59:59Z'), NOTHING);
    assert.deepEqual(await dueAt('2026-11-22T13:00:00Z'), HOUR);
  });

  it('are due once in each hour, and once when hours were missed', async () => {
    const { dueAt } = clock();
    await dueAt('2026-11-22T12:30:00Z');
    assert.deepEqual(await dueAt('2026-11-22T13:00:01Z'), HOUR);
    assert.deepEqual(await dueAt('2026-11-22T13:00:06Z'), NOTHING);
    assert.deepEqual(await dueAt('2026-11-22T18:20:00Z'), HOUR);
    assert.deepEqual(await dueAt('2026-11-22T18:40:00Z'), NOTHING);
  });

  it('are due once a day at the hour of the reconcile', async () => {
    const { dueAt } = clock();
    await dueAt('2026-11-22T12:30:00Z', 'Asia/Kolkata');
    assert.ok(!(await dueAt('2026-11-22T21:29:59Z', 'Asia/Kolkata')).includes('day'));
    assert.deepEqual(await dueAt('2026-11-22T21:30:00Z', 'Asia/Kolkata'), ['hour', 'day']);
    assert.ok(!(await dueAt('2026-11-22T22:30:00Z', 'Asia/Kolkata')).includes('day'));
  });

  it('stay due when they could not be asked for', async () => {
    const { dueAt } = clock();
    await dueAt('2026-11-22T12:30:00Z');
    await assert.rejects(dueAt('2026-11-22T13:00:00Z', 'UTC', true), /The store is away/);
    assert.deepEqual(await dueAt('2026-11-22T13:00:05Z'), HOUR);
  });

  it('are due in one of several processes', async () => {
    const one = clock();
    const other = clock(one.store);
    await one.dueAt('2026-11-22T12:30:00Z');
    await other.dueAt('2026-11-22T12:30:00Z');
    const both = [await one.dueAt('2026-11-22T13:00:00Z'), await other.dueAt('2026-11-22T13:00:01Z')];
    assert.deepEqual(both, [HOUR, NOTHING]);
  });

  it('are due once after a restart within the hour', async () => {
    const { store, dueAt } = clock();
    await dueAt('2026-11-22T12:30:00Z');
    await dueAt('2026-11-22T13:00:00Z');
    assert.deepEqual(await clock(store).dueAt('2026-11-22T13:30:00Z'), NOTHING);
    assert.deepEqual(await clock(store).dueAt('2026-11-22T15:30:00Z'), HOUR);
  });

  it('are not due again in an hour that comes twice because the clock was set back', async () => {
    const { dueAt } = clock();
    await dueAt('2026-11-22T12:30:00Z');
    await dueAt('2026-11-22T13:10:00Z');
    assert.deepEqual(await dueAt('2026-11-22T12:10:00Z'), NOTHING);
    assert.deepEqual(await dueAt('2026-11-22T13:20:00Z'), NOTHING);
    assert.deepEqual(await dueAt('2026-11-22T14:00:00Z'), HOUR);
  });

  it('are due again after a clock that was years ahead is set right', async () => {
    const { dueAt } = clock();
    await dueAt('2026-11-22T12:30:00Z');
    await dueAt('2099-01-01T00:00:00Z');
    await dueAt('2026-11-22T12:40:00Z');
    assert.deepEqual(await dueAt('2026-11-22T13:00:00Z'), HOUR);
  });
});

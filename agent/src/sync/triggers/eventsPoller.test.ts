import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { BillHint } from '../../m3ter/events.ts';
import { testRuntime } from '../../testing/testRuntime.ts';
import { EventsPoller } from './eventsPoller.ts';
import { facts } from '../testing.ts';

const event = (eventId: string, billId: string, eventTime: string): BillHint => ({
  eventId,
  billId,
  eventName: 'billing.bill.updated',
  eventTime: new Date(eventTime),
});

function watcher(store = facts()) {
  const runtime = testRuntime('2026-11-22T12:00:00.000Z');
  const asked: string[] = [];
  const hinted: string[] = [];
  const m3ter = { events: [] as BillHint[], isComplete: true, fails: false };
  const state = { isFull: false, tooMany: 0 };
  const poller = new EventsPoller({
    m3ter: {
      events: (_names, since) => {
        if (m3ter.fails) return Promise.reject(new Error('m3ter is away'));
        asked.push(since.toISOString());
        const hints = m3ter.events.filter(({ eventTime }) => eventTime >= since);
        return Promise.resolve({ hints, isComplete: m3ter.isComplete });
      },
    },
    facts: store,
    runtime,
    intervalMs: 15_000,
    hint: (ids) => {
      if (state.isFull) return 'full';
      hinted.push(...ids);
      return 'accepted';
    },
    onTooMany: () => Promise.resolve(void (state.tooMany += 1)),
  });
  const pollAt = async (time: string): Promise<void> => {
    runtime.time = new Date(time);
    await poller.poll();
  };
  return { poller, pollAt, m3ter, state, hinted, asked, store, runtime };
}

describe("the poll of m3ter's events", () => {
  it('passes on each event once, though it looks back over what it read before', async () => {
    const { poller, pollAt, m3ter, hinted, asked } = watcher();
    await poller.begin();
    m3ter.events = [event('e1', 'a', '2026-11-22T12:00:10Z')];
    await pollAt('2026-11-22T12:00:15Z');
    m3ter.events = [event('e2', 'b', '2026-11-22T12:00:12Z'), ...m3ter.events];
    await pollAt('2026-11-22T12:00:30Z');
    assert.deepEqual(hinted, ['a', 'b']);
    assert.deepEqual(asked, ['2026-11-22T11:58:00.000Z', '2026-11-22T11:58:15.000Z']);
  });

  it('finds an event that appeared late in the list', async () => {
    const { poller, pollAt, m3ter, hinted } = watcher();
    await poller.begin();
    await pollAt('2026-11-22T12:00:15Z');
    m3ter.events = [event('late', 'a', '2026-11-22T12:00:05Z')];
    await pollAt('2026-11-22T12:01:00Z');
    assert.deepEqual(hinted, ['a']);
  });

  it('goes on where it ended after a restart', async () => {
    const first = watcher();
    await first.poller.begin();
    await first.pollAt('2026-11-22T12:00:15Z');
    const second = watcher(first.store);
    second.m3ter.events = [event('e1', 'a', '2026-11-22T12:05:00Z')];
    second.runtime.time = new Date('2026-11-22T12:10:00Z');
    await second.poller.begin();
    await second.pollAt('2026-11-22T12:10:00Z');
    assert.deepEqual(second.hinted, ['a']);
  });

  it('loses nothing while m3ter is away or there is no room for hints', async () => {
    const { poller, pollAt, m3ter, state, hinted } = watcher();
    await poller.begin();
    m3ter.events = [event('e1', 'a', '2026-11-22T12:00:10Z')];
    m3ter.fails = true;
    await assert.rejects(pollAt('2026-11-22T12:00:15Z'), /away/);
    m3ter.fails = false;
    state.isFull = true;
    await pollAt('2026-11-22T12:20:30Z');
    state.isFull = false;
    await pollAt('2026-11-22T12:40:45Z');
    assert.deepEqual(hinted, ['a']);
  });

  it('loses nothing after a clock that was years ahead is set right', async () => {
    const { poller, pollAt, m3ter, hinted } = watcher();
    await poller.begin();
    await pollAt('2099-01-01T00:00:00Z');
    await pollAt('2026-11-22T12:00:15Z');
    m3ter.events = [event('e1', 'a', '2026-11-22T12:00:20Z')];
    await pollAt('2026-11-22T12:00:30Z');
    assert.deepEqual(hinted, ['a']);
  });

  it('asks for a look at all Bills when there were too many events', async () => {
    const { poller, pollAt, m3ter, state, hinted } = watcher();
    await poller.begin();
    m3ter.isComplete = false;
    m3ter.events = [event('e1', 'a', '2026-11-22T12:00:10Z')];
    await pollAt('2026-11-22T12:00:15Z');
    assert.deepEqual([state.tooMany, hinted], [1, []]);
  });

  it('is done by one of several processes in each interval', async () => {
    const one = watcher();
    const other = watcher(one.store);
    await one.poller.begin();
    await one.pollAt('2026-11-22T12:00:15Z');
    await other.pollAt('2026-11-22T12:00:16Z');
    await other.pollAt('2026-11-22T12:00:30Z');
    assert.deepEqual([one.asked.length, other.asked.length], [1, 1]);
  });
});

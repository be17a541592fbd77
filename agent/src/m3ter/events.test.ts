import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { billHints } from './events.ts';
import type { M3terEvent } from './resources.ts';

const at = (minute: number): string => new Date(Date.UTC(2026, 10, 22, 12, minute)).toISOString();
const since = new Date(at(10));

function event(billId: string, minute: number, more: Partial<M3terEvent> = {}): M3terEvent {
  const m3terEvent = { eventData: { newDto: { id: billId, status: 'PENDING' }, oldDto: { id: billId } } };
  return { id: `${billId}@${minute}`, eventName: 'billing.bill.updated', eventTime: at(minute), m3terEvent, ...more };
}

/** Events by name, in pages; notes how many pages were read. */
function log(byName: Record<string, M3terEvent[][]>) {
  const read: string[] = [];
  async function* pagesOf(name: string): AsyncGenerator<M3terEvent[]> {
    for (const page of byName[name] ?? []) {
      read.push(name);
      yield await Promise.resolve(page);
    }
  }
  return { read, hints: (names: string[]) => billHints(pagesOf, names, since) };
}

describe('hints from events', () => {
  it('name each Bill once, by its newest event, the newest first', async () => {
    const { hints } = log({
      u: [[event('a', 30), event('b', 20), event('a', 12)]],
      c: [[event('c', 25), event('b', 11)]],
    });
    const { hints: found, isComplete } = await hints(['u', 'c']);
    assert.deepEqual(
      found.map(({ billId, eventTime }) => [billId, eventTime.getUTCMinutes()]),
      [
        ['a', 30],
        ['c', 25],
        ['b', 20],
      ],
    );
    assert.equal(isComplete, true);
  });

  it('end at the instant that was asked for, which belongs to them', async () => {
    const { read, hints } = log({ u: [[event('a', 11)], [event('b', 10), event('c', 9)], [event('d', 8)]] });
    const { hints: found } = await hints(['u']);
    assert.deepEqual(
      found.map(({ billId }) => billId),
      ['a', 'b'],
    );
    assert.equal(read.length, 2);
  });

  it('find a Bill that was deleted by what it was before', async () => {
    const gone = event('x', 20, { m3terEvent: { eventData: { oldDto: { id: 'gone' } } } });
    const { hints: found } = await log({ d: [[gone]] }).hints(['d']);
    assert.equal(found[0]?.billId, 'gone');
  });

  it('leave out what names no Bill', async () => {
    const shapes = [undefined, null, 'text', {}, { eventData: null }, { eventData: { newDto: { id: 7 } } }];
    const events = shapes.map((m3terEvent, n) => event('x', 20 + n, { m3terEvent }));
    assert.deepEqual((await log({ u: [events] }).hints(['u'])).hints, []);
  });

  it('say when there are more than are worth reading', async () => {
    const pages = Array.from({ length: 30 }, (_, n) => [event(`b${n}`, 59)]);
    const { read, hints } = log({ u: pages });
    assert.equal((await hints(['u'])).isComplete, false);
    assert.equal(read.length, 20);
  });
});

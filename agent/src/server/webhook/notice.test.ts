import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readNotice } from './notice.ts';

const bills = (body: unknown): readonly string[] => readNotice(body).billIds;

describe('what a webhook says', () => {
  it('names the Bill of an event as m3ter shapes events', () => {
    const body = {
      id: 'event-1',
      eventName: 'billing.bill.updated',
      m3terEvent: { eventData: { newDto: { id: 'bill-1', accountId: 'account-1' }, oldDto: { id: 'bill-1' } } },
    };
    assert.deepEqual(readNotice(body), { eventId: 'event-1', billIds: ['bill-1'] });
  });

  it('names the Bill of a deletion, which has only the old entity', () => {
    const m3terEvent = { eventData: { oldDto: { id: 'bill-2' } } };
    assert.deepEqual(bills({ id: 'event-2', eventName: 'billing.bill.deleted', m3terEvent }), ['bill-2']);
  });

  it('finds billId and billIds wherever they stand', () => {
    const body = { eventName: 'billing.billjob.updated', m3terEvent: { newDto: { id: 'job-1', billIds: ['a', 'b'] } } };
    assert.deepEqual(bills(body), ['a', 'b']);
    assert.deepEqual(bills([{ data: [{ billId: 'c' }] }]), ['c']);
  });

  it('takes the entity for a Bill where no event is named', () => {
    assert.deepEqual(bills({ data: { id: 'bill-3' } }), ['bill-3']);
    assert.deepEqual(bills({ new: { id: 'bill-4' } }), ['bill-4']);
    assert.deepEqual(bills({ data: [{ id: 'bill-5' }, { id: 'bill-6' }] }), ['bill-5', 'bill-6']);
  });

  it('does not take the entity of another event for a Bill, nor the id of an event', () => {
    const body = {
      id: 'event-3',
      eventName: 'configuration.account.updated',
      m3terEvent: { newDto: { id: 'account-1' } },
    };
    assert.deepEqual(readNotice(body), { eventId: 'event-3', billIds: [] });
    assert.deepEqual(bills({ id: 'event-4', eventName: 'billing.billconfig.updated', newDto: { id: 'x' } }), []);
  });

  it('does not know an event by an id that may be that of a Bill', () => {
    assert.equal(readNotice({ id: 'bill-1', billId: 'bill-1' }).eventId, undefined);
    assert.equal(readNotice({ eventId: 'event-5', billId: 'bill-1' }).eventId, 'event-5');
  });

  it('finds nothing in what is no notice', () => {
    for (const body of [null, 7, 'billId', [], {}, { billId: 7 }, { billId: '../../secrets' }, { billIds: 'a' }]) {
      assert.deepEqual(bills(body), [], JSON.stringify(body));
    }
  });

  it('does not follow brackets without end', () => {
    let body: unknown = { billId: 'deep' };
    for (let depth = 0; depth < 50_000; depth += 1) body = [body];
    assert.deepEqual(bills(body), []);
  });
});

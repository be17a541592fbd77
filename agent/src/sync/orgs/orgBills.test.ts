import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { sourceVersion } from '../../rules/changeToken.ts';
import type { OrgBillStore, StoredBill } from '../../store/types.ts';
import { OrgBills } from './orgBills.ts';

const bill = { id: 'Bill-1', dtLastModified: '2026-11-22T12:00:00.000Z', version: 2 };
const version = sourceVersion(bill);
const stored: StoredBill = {
  billId: bill.id,
  recordId: 'record',
  sourceVersion: version,
  hash: 'same',
  lines: { key: 'line' },
  linesKnown: true,
  digest: { fields: { Bill_Total__c: '5' }, amounts: { key: '5' }, syncedAt: null },
};
const found = {
  billId: 'bill-1',
  recordId: 'record',
  sourceVersion: version,
  hash: 'same',
  isComplete: true,
  fields: { Bill_Total__c: '7' },
  syncedAt: '2026-11-22T12:00:00.000Z',
};

function load(...known: StoredBill[]): Promise<OrgBills> {
  const store = { stored: () => Promise.resolve(new Map(known.map((each) => [each.billId, each]))) };
  return OrgBills.load(store as unknown as OrgBillStore, 'org', [bill.id]);
}

describe('what the org holds of a Bill', () => {
  it('is known from memory, without a call', async () => {
    const bills = await load(stored);
    assert.deepEqual(bills.unknown, []);
    assert.ok(bills.has(bill.id) && bills.holds(bill.id, 'same', version));
    assert.ok(!bills.holds(bill.id, 'other', version));
    assert.deepEqual(bills.linesOf(bill.id), { key: 'line' });
  });

  it('is the same when only the version moved, while memory can be trusted', async () => {
    const bills = await load({ ...stored, sourceVersion: version - 1 });
    assert.ok(bills.holds(bill.id, 'same', version));
  });

  it('is asked for when a call may be under way or memory is lost', async () => {
    assert.deepEqual((await load({ ...stored, linesKnown: false })).unknown, [bill.id]);
    assert.deepEqual((await load()).unknown, [bill.id]);
  });

  it('is not the same with an older version after it was asked for: a late call could overwrite it', async () => {
    const bills = await load({ ...stored, linesKnown: false });
    bills.learn([{ ...found, sourceVersion: version - 1 }]);
    assert.ok(!bills.holds(bill.id, 'same', version));
    bills.learn([found]);
    assert.ok(bills.holds(bill.id, 'same', version));
  });

  it('is never the same once a person wants the Bill to be sent again, whichever job does it', async () => {
    const bills = await load({ ...stored, hash: '', linesKnown: false });
    bills.learn([found]);
    assert.ok(bills.has(bill.id) && !bills.holds(bill.id, 'same', version));
  });

  it('is not the same while it is half-written', async () => {
    const bills = await load();
    bills.learn([{ ...found, isComplete: false }]);
    assert.ok(!bills.holds(bill.id, 'same', version));
  });

  it('is newer only when its version is', async () => {
    const bills = await load({ ...stored, sourceVersion: version + 1 });
    assert.ok(bills.isNewer(bill));
    assert.ok(!(await load(stored)).isNewer(bill));
  });

  it('is remembered under the id of m3ter, with lines to be asked for', async () => {
    const bills = await load();
    bills.learn([found]);
    assert.deepEqual(bills.learned(bill.id), { ...stored, lines: {}, linesKnown: false, digest: null });
  });

  it('tells what the Bill said before: from memory, or from the org unless that is half-written', async () => {
    const lines = { ids: {}, amounts: { key: '7' } };
    assert.deepEqual((await load(stored)).digestOf(bill.id, undefined), stored.digest);
    const bills = await load();
    assert.equal(bills.digestOf(bill.id, lines), undefined);
    bills.learn([found]);
    assert.deepEqual(bills.digestOf(bill.id, lines), {
      fields: found.fields,
      amounts: lines.amounts,
      syncedAt: found.syncedAt,
    });
    bills.learn([{ ...found, isComplete: false }]);
    assert.equal(bills.digestOf(bill.id, lines), undefined);
  });
});

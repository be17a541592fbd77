import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import Big from 'big.js';
import type { Bill } from '../m3ter/resources.ts';
import { billDifferences, type HeldBill } from './differences.ts';
import { shapeLines } from './lines.ts';
import { createNames } from './names.ts';
import { billPayload } from './records.ts';
import { billOf, integration } from './testing.ts';

const names = createNames('m3b__');
const rules = integration();

function payload(bill: Bill) {
  const shaped = shapeLines(bill, rules);
  const syncedAt = new Date('2026-11-22T18:00:00.000Z');
  const input = { bill, shaped, integrationId: rules.id, accountId: null, syncState: 'Complete' as const, syncedAt };
  return billPayload(input, names);
}

/** As the org answers: decimals as binary numbers, instants with an offset, a record of its own for the parent. */
function held({ header, lines }: ReturnType<typeof payload>, changes: object = {}): HeldBill {
  const asAnswered = (record: object) =>
    Object.fromEntries(
      Object.entries(record).map(([field, value]) => {
        if (value instanceof Big) return [field, value.toNumber()];
        const isInstant = typeof value === 'string' && /T.*Z$/.test(value);
        return [field, isInstant ? value.replace('Z', '+0000') : value];
      }),
    );
  return { header: { ...asAnswered(header), ...changes }, lines: lines.map(asAnswered) };
}

const bill = billOf(
  { id: 'kept', description: 'Storage', subtotal: new Big('10.10'), servicePeriodStartDate: '2026-11-01T00:00:00Z' },
  { id: 'gone', description: 'Support', subtotal: new Big('5') },
);

describe('what a send would change', () => {
  it('is nothing where the org holds the same, whatever was only recalculated', () => {
    const later = payload({ ...bill, version: 9, lastCalculatedDate: '2026-11-23T00:00:00Z' });
    assert.deepEqual(billDifferences(held(payload(bill)), later, names), { fields: [], lines: [] });
  });

  it('is told field by field, under the names that the org has, as exact text', () => {
    const changed = payload({ ...bill, purchaseOrderNumber: 'PO-2', billTotal: new Big('1234.50'), locked: true });
    const before = { m3b__Purchase_Order_Number__c: null, m3b__Bill_Total__c: 0.1, m3b__Locked__c: false };
    assert.deepEqual(billDifferences(held(payload(bill), before), changed, names).fields, [
      { field: 'm3b__Locked__c', before: 'false', after: 'true' },
      { field: 'm3b__Bill_Total__c', before: '0.1', after: '1234.5' },
      { field: 'm3b__Purchase_Order_Number__c', before: null, after: 'PO-2' },
    ]);
  });

  it('of Line Items is what is added, changed and removed', () => {
    const [kept] = bill.lineItems ?? [];
    const changed = payload({
      ...bill,
      lineItems: [
        { ...kept, subtotal: new Big('11') },
        { id: 'new', description: 'Compute' },
      ],
    });
    assert.deepEqual(billDifferences(held(payload(bill)), changed, names).lines, [
      {
        line: 'Storage',
        kind: 'changed',
        fields: [{ field: 'm3b__Subtotal__c', before: '10.1', after: '11' }],
      },
      { line: 'Compute', kind: 'added', fields: [] },
      { line: 'Support', kind: 'removed', fields: [] },
    ]);
  });

  it('is every Line Item of a Bill that the org does not hold', () => {
    const { fields, lines } = billDifferences(undefined, payload(bill), names);
    assert.deepEqual([fields, lines.map(({ kind }) => kind)], [[], ['added', 'added']]);
  });
});

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Bill, LineItem } from '../m3ter/resources.ts';
import { changeFields, digestOf, type BillChanges } from './changes.ts';
import { shapeLines } from './lines.ts';
import { createNames } from './names.ts';
import { billPayload } from './records.ts';
import { bill, integration } from './testing.ts';

const names = createNames('m3b__');
const FIRST_SYNC = '2026-11-20T12:00:00.000Z';
const SECOND_SYNC = '2026-11-22T12:00:00.000Z';

const line = (id: string, subtotal: string, more: Partial<LineItem> = {}): LineItem => ({
  id,
  description: `Line ${id}`,
  lineItemType: 'USAGE',
  subtotal: subtotal as unknown as number,
  currency: 'USD',
  ...more,
});

function sent(of: Bill, at: string) {
  const rules = integration();
  const shaped = shapeLines(of, rules);
  const input = { bill: of, shaped, integrationId: rules.id, accountId: null, syncState: 'Complete' as const };
  const { header, lines } = billPayload({ ...input, syncedAt: new Date(at) }, names);
  return { digest: digestOf(header, lines, names), lines };
}

/** What the header says after the second of two sends. */
function told(before: Partial<Bill>, after: Partial<Bill>) {
  const now = sent(bill(after), SECOND_SYNC);
  const fields = changeFields(sent(bill(before), FIRST_SYNC).digest, now.digest, now.lines, names);
  const text = fields['m3b__Changes__c'];
  return { fields, changes: typeof text === 'string' ? (JSON.parse(text) as BillChanges) : undefined };
}

describe('what changed since a Bill was sent before', () => {
  it('is nothing when it says the same, so that earlier changes stay told', () => {
    const same = { billTotal: 5, lineItems: [line('a', '5')] };
    assert.deepEqual(told(same, same).fields, {});
  });

  it('is every told field with its value before and after, numbers compared as numbers', () => {
    const { changes } = told(
      { status: 'PENDING', billTotal: '12431.0' as unknown as number, dueDate: '2026-10-30' },
      { status: 'APPROVED', billTotal: '12480.55' as unknown as number, dueDate: '2026-10-30', locked: true },
    );
    assert.equal(changes?.since, FIRST_SYNC);
    assert.deepEqual(changes.fields, {
      Status__c: ['PENDING', 'APPROVED'],
      Locked__c: ['false', 'true'],
      Bill_Total__c: ['12431', '12480.55'],
    });
  });

  it('counts Line Items that came, went and changed, with what they add to the Bill', () => {
    const { changes } = told(
      { lineItems: [line('stays', '10'), line('changes', '0.1'), line('goes', '7.5')] },
      { lineItems: [line('stays', '10.00'), line('changes', '0.3'), line('comes', '3'), line('comes too', '-1')] },
    );
    assert.deepEqual(changes?.added, { count: 2, amount: '2' });
    assert.deepEqual(changes.removed, { count: 1, amount: '-7.5' });
    assert.deepEqual(changes.changed, { count: 1, amount: '0.2' });
    assert.deepEqual(changes.lines, [
      { position: 3, text: 'Line comes', from: null, to: '3' },
      { position: 4, text: 'Line comes too', from: null, to: '-1' },
      { position: 2, text: 'Line changes', from: '0.1', to: '0.3' },
    ]);
  });

  it('compares amounts in the currency of the Bill, and keys without regard to case', () => {
    const yen = (convertedSubtotal: number) => ({ convertedSubtotal, currency: 'JPY' });
    const { changes } = told({ lineItems: [line('A', '100', yen(1))] }, { lineItems: [line('a', '100', yen(2))] });
    assert.deepEqual(changes?.changed, { count: 1, amount: '1' });
    assert.equal(changes.added.count + changes.removed.count, 0);
  });

  it('names at most twenty Line Items, those that changed most, with texts cut', () => {
    const lineItems = Array.from({ length: 30 }, (_, n) => line(`${n}`, `${n + 1}`, { description: 'x'.repeat(200) }));
    const { changes } = told({}, { lineItems });
    assert.equal(changes?.added.count, 30);
    assert.equal(changes.lines.length, 20);
    assert.equal(changes.lines[0]?.to, '30');
    assert.equal(changes.lines[0].text.length, 80);
  });

  it('is noted when amounts changed after the approval, and only then', () => {
    const noted = (before: Partial<Bill>, after: Partial<Bill>) =>
      told(before, after).fields['m3b__Changed_After_Approval__c'];
    const lines = [line('a', '5')];
    assert.equal(noted({ status: 'APPROVED', billTotal: 5 }, { status: 'APPROVED', billTotal: 6 }), SECOND_SYNC);
    assert.equal(noted({ status: 'APPROVED' }, { status: 'PENDING', lineItems: lines }), SECOND_SYNC);
    assert.equal(noted({ status: 'PENDING', billTotal: 5 }, { status: 'APPROVED', billTotal: 6 }), undefined);
    assert.equal(
      noted({ status: 'APPROVED', billTotal: 5 }, { status: 'APPROVED', billTotal: 5, locked: true }),
      undefined,
    );
  });
});

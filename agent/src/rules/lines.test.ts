import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import Big from 'big.js';
import fc from 'fast-check';
import type { LineItem } from '../m3ter/resources.ts';
import { sentLinesTotal, shapeLines } from './lines.ts';
import { bill, billOf, integration } from './testing.ts';

const keysOf = (lineItems: LineItem[], changes = {}): string[] =>
  shapeLines(billOf(...lineItems), integration(changes)).lines.map(({ key }) => key);

const lineItem: fc.Arbitrary<LineItem> = fc.record({
  id: fc.option(fc.constantFrom('l1', 'L1', 'l2', 'l3', 'b1:1', 'b1:2', '', 'x'.repeat(256))),
  lineItemType: fc.option(fc.constantFrom('USAGE', 'STANDING_CHARGE', 'BRAND_NEW_TYPE')),
  subtotal: fc.option(
    fc.oneof(
      fc.integer(),
      fc.integer().map((units) => new Big(units).div(1000)),
    ),
  ),
  aggregationId: fc.option(fc.constantFrom('g1', 'g2', 'g3')),
});

describe('the lines of a Bill', () => {
  it('keep their order and count from 1 when nothing is sorted', () => {
    const { lines, excludedCount } = shapeLines(billOf({ id: 'z' }, { id: 'a' }), integration());
    assert.deepEqual(
      lines.map(({ key, position }) => [key, position]),
      [
        ['z', 1],
        ['a', 2],
      ],
    );
    assert.equal(excludedCount, 0);
  });

  it('may be missing altogether', () => {
    for (const lineItems of [undefined, null, []])
      assert.deepEqual(shapeLines(bill({ lineItems }), integration()), { lines: [], excludedCount: 0 });
  });

  it('lose excluded types only; unknown and missing types are sent', () => {
    const lineItems = ['USAGE', 'NEW_TYPE', null, 'CREDIT_MEMO'].map((lineItemType, id) => ({
      id: `${id}`,
      lineItemType,
    }));
    const shaped = shapeLines(billOf(...lineItems), integration({ excludedLineItemTypes: ['USAGE', 'CREDIT_MEMO'] }));
    assert.deepEqual(
      shaped.lines.map(({ key }) => key),
      ['1', '2'],
    );
    assert.equal(shaped.excludedCount, 2);
  });

  it('are sorted by subtotal in decimal, missing ones last', () => {
    const lineItems = [
      { id: 'none' },
      { id: 'ten', subtotal: 10 },
      { id: 'nine', subtotal: new Big('9.0000000001') },
      { id: 'credit', subtotal: -1 },
      { id: 'also ten', subtotal: new Big('10.0') },
      { id: 'null', subtotal: null },
    ];
    assert.deepEqual(keysOf(lineItems, { sortLineItemsBy: 'SUBTOTAL' }), [
      'credit',
      'nine',
      'ten',
      'also ten',
      'none',
      'null',
    ]);
  });

  it('are sorted by aggregation id, missing ones last', () => {
    const lineItems = [{ id: 'none' }, { id: 'b', aggregationId: 'g2' }, { id: 'a', aggregationId: 'g1' }];
    assert.deepEqual(keysOf(lineItems, { sortLineItemsBy: 'AGGREGATION_ID' }), ['a', 'b', 'none']);
  });

  it('without id, with a repeated one or one too long get the Bill id and the position', () => {
    const lineItems = [{}, { id: 'l1' }, { id: 'L1' }, { id: ' ' }, { id: 'x'.repeat(256) }];
    assert.deepEqual(keysOf(lineItems), ['b1:1', 'l1', 'b1:3', 'b1:4', 'b1:5']);
  });

  it('never take the key of another line', () => {
    assert.deepEqual(keysOf([{}, { id: 'B1:1' }]), ['b1:1:1', 'B1:1']);
  });

  it('are all there, once, in the right order and with distinct keys', () => {
    const rules = fc.record({
      sortLineItemsBy: fc.constantFrom('NONE' as const, 'SUBTOTAL' as const, 'AGGREGATION_ID' as const),
      excludedLineItemTypes: fc.subarray(['USAGE', 'STANDING_CHARGE']),
    });
    fc.assert(
      fc.property(fc.array(lineItem), rules, (lineItems, { sortLineItemsBy, excludedLineItemTypes }) => {
        const { lines, excludedCount } = shapeLines(billOf(...lineItems), { sortLineItemsBy, excludedLineItemTypes });
        const sent = lines.map(({ line }) => line);
        const kept = lineItems.filter((line) => !excludedLineItemTypes.includes(line.lineItemType ?? ''));
        assert.deepEqual(new Set(sent), new Set(kept));
        assert.equal(sent.length + excludedCount, lineItems.length);
        assert.equal(new Set(lines.map(({ key }) => key.toLowerCase())).size, lines.length);
        for (const [before, after] of pairs(sent)) assert.ok(isInOrder(before, after, sortLineItemsBy, lineItems));
      }),
    );
  });

  it('have the same keys whenever the same Bill is read again', () => {
    fc.assert(fc.property(fc.array(lineItem), (lineItems) => assert.deepEqual(keysOf(lineItems), keysOf(lineItems))));
  });
});

function pairs<T>(list: readonly T[]): [T, T][] {
  return list.slice(1).map((after, index) => [list[index] as T, after]);
}

function isInOrder(before: LineItem, after: LineItem, by: string, original: readonly LineItem[]): boolean {
  const values = [before, after].map((line) =>
    by === 'SUBTOTAL' ? line.subtotal : by === 'AGGREGATION_ID' ? line.aggregationId : null,
  );
  const [a, b] = values;
  const isTie = String(a) === String(b);
  if (isTie) return original.indexOf(before) < original.indexOf(after);
  if (a === null || a === undefined) return false;
  if (b === null || b === undefined) return true;
  return typeof a === 'string' ? a < String(b) : new Big(a).lt(b);
}

describe('the total of the sent lines', () => {
  const total = (...lineItems: LineItem[]): string | undefined => {
    const of = billOf(...lineItems);
    return sentLinesTotal(of, shapeLines(of, integration()).lines)?.toFixed();
  };

  it('adds converted amounts in decimal', () => {
    assert.equal(total({ convertedSubtotal: new Big('0.1') }, { convertedSubtotal: new Big('0.2') }), '0.3');
    assert.equal(total({ convertedSubtotal: 5 }, { convertedSubtotal: -7 }), '-2');
    assert.equal(total(), '0');
  });

  it('takes an amount in the currency of the Bill, or converts it, where none is converted', () => {
    assert.equal(total({ subtotal: 3, currency: 'USD' }, { subtotal: 4 }), '7');
    assert.equal(total({ subtotal: 3, currency: 'EUR', conversionRate: new Big('1.1') }), '3.3');
  });

  it('passes over a line without amounts, and is unknown where a line cannot be converted', () => {
    assert.equal(total({ description: 'free' }, { subtotal: 1 }), '1');
    assert.equal(total({ subtotal: 3, currency: 'EUR' }, { subtotal: 1 }), undefined);
  });
});

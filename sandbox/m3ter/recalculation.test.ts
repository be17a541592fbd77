import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import Big from 'big.js';
import type { Bill, LineItem } from '../data/model.ts';
import { big } from '../data/pricing.ts';
import { createRandom } from '../data/random.ts';
import { addLateUsage, recalculateLines, reprice } from './recalculation.ts';

const usage: LineItem = {
  id: 'line',
  lineItemType: 'USAGE',
  description: 'Storage',
  quantity: new Big('1.5'),
  units: new Big('1.5'),
  unit: 'GB',
  subtotal: new Big('0.0027777778'),
  currency: 'USD',
  conversionRate: 1,
  convertedSubtotal: new Big('0.0027777778'),
  averageUnitPrice: new Big('0.0018518519'),
};
const billOf = (lineItems: LineItem[]): Bill => ({ id: 'bill', currency: 'USD', lineItems });

describe('another quantity for a line', () => {
  it('keeps the digits that quantity and amounts had', () => {
    const line = reprice(usage, new Big(2), 'USD');
    assert.equal(big(line.units).toFixed(), '3');
    assert.equal(big(line.subtotal).toFixed(), '0.0055555557');
    assert.equal(line.id, undefined);
  });

  it('prices by the bands of the line, converted to the currency of the Bill', () => {
    const bands = [
      { pricingBandId: 'a', lowerLimit: 0, unitPrice: new Big('0.1') },
      { pricingBandId: 'b', lowerLimit: 10, unitPrice: new Big('0.05') },
    ];
    const line = reprice(
      {
        ...usage,
        quantity: 10,
        units: 10,
        subtotal: 1,
        conversionRate: 150,
        convertedSubtotal: 150,
        usagePerPricingBand: bands,
      },
      new Big(3),
      'JPY',
    );
    assert.equal(big(line.subtotal).toFixed(), '2');
    assert.equal(big(line.convertedSubtotal).toFixed(), '300');
    assert.deepEqual(
      line.usagePerPricingBand?.map(({ bandSubtotal }) => Number(bandSubtotal)),
      [1, 1],
    );
  });

  it('always moves a whole quantity, and never to nothing', () => {
    const one = { ...usage, quantity: 1, units: 1 };
    assert.equal(Number(reprice(one, new Big('1.01'), 'USD').units), 2);
    assert.equal(Number(reprice(one, new Big('0.05'), 'USD').units), 1);
  });
});

describe('recalculating lines', () => {
  it('keeps a Bill without metered lines as it is', () => {
    const fee = { ...usage, lineItemType: 'STANDING_CHARGE' };
    assert.deepEqual(recalculateLines(billOf([fee]), 2, createRandom('x')), [fee]);
    assert.deepEqual(recalculateLines({ id: 'bill' }, 2, createRandom('x')), []);
    assert.deepEqual(addLateUsage(billOf([fee]), 2, createRandom('x')), { lines: [fee] });
  });

  it('keeps the only metered line, changed, and adds late data', () => {
    const [changed, late] = recalculateLines(billOf([usage]), 2, createRandom('x'));
    assert.notEqual(changed?.id, 'line');
    assert.notEqual(changed?.id, late?.id);
    assert.equal(late?.description, 'Storage (late data)');
  });

  it('does the same for the same seed and gives new ids for another version', () => {
    const lines = (version: number) =>
      recalculateLines(billOf([usage, { ...usage, id: 'two' }]), version, createRandom('x'));
    assert.deepEqual(lines(2), lines(2));
    assert.notEqual(lines(2).at(-1)?.id, lines(3).at(-1)?.id);
  });

  it('lets one line grow when usage comes late', () => {
    const { lines, line } = addLateUsage(billOf([usage]), 2, createRandom('x'));
    assert.equal(lines.length, 1);
    assert.ok(big(line?.units).gt(big(usage.units)));
  });
});

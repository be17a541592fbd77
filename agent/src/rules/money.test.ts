import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import Big from 'big.js';
import fc from 'fast-check';
import { fitNumber, roundToScale, toBig } from './money.ts';

describe('rounding', () => {
  it('takes halves to the even neighbour', () => {
    const rounded = ['0.00005', '0.00015', '0.00025', '-0.00015', '-0.00025', '2.5'].map((text) =>
      roundToScale(new Big(text), 4).toFixed(4),
    );
    assert.deepEqual(rounded, ['0.0000', '0.0002', '0.0002', '-0.0002', '-0.0002', '2.5000']);
  });

  it('moves a number by half a unit at most, and one with few decimals not at all', () => {
    fc.assert(
      fc.property(fc.bigInt(), fc.nat({ max: 15 }), fc.nat({ max: 10 }), (units, decimals, scale) => {
        const value = new Big(`${units}e-${decimals}`);
        const rounded = roundToScale(value, scale);
        const halfUnit = new Big(`0.5e-${scale}`);
        assert.ok(rounded.minus(value).abs().lte(halfUnit));
        assert.ok(rounded.eq(rounded.toFixed(scale)));
        if (decimals <= scale) assert.ok(rounded.eq(value));
      }),
    );
  });
});

describe('fitting a number', () => {
  it('has room for precision minus scale digits before the point', () => {
    assert.equal(fitNumber(new Big('99999999999999.99994'), 18, 4)?.toFixed(4), '99999999999999.9999');
    assert.equal(fitNumber(new Big('100000000000000'), 18, 4), null);
    assert.equal(fitNumber(new Big('-100000000000000'), 18, 4), null);
  });

  it('refuses a number that only rounding makes too large', () => {
    assert.equal(fitNumber(new Big('99999999999999.99995'), 18, 4), null);
  });
});

describe('reading a number', () => {
  it('takes decimals, integers and numeric texts, and nothing else', () => {
    assert.ok(toBig(new Big('0.1'))?.eq('0.1'));
    assert.ok(toBig(3)?.eq(3));
    assert.ok(toBig('12345678901234567890.12')?.eq('12345678901234567890.12'));
    for (const nothing of [null, undefined, '', 'abc', true, {}, Number.NaN]) assert.equal(toBig(nothing), null);
  });
});

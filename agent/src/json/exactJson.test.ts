import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import Big from 'big.js';
import fc from 'fast-check';
import { JsonText, parseExact, stringifyExact } from './exactJson.ts';

describe('exact JSON', () => {
  it('reads safe integers as numbers and every other number as a decimal', () => {
    const parsed = parseExact('{"n":7,"m":-7,"zero":0,"point":1.0,"exponent":1e2,"big":9007199254740993}');
    assert.deepEqual(parsed, {
      n: 7,
      m: -7,
      zero: 0,
      point: new Big('1.0'),
      exponent: new Big('1e2'),
      big: new Big('9007199254740993'),
    });
  });

  it('writes decimals as plain numbers without exponent', () => {
    const text = stringifyExact({ a: new Big('1e-10'), b: [new Big('1e21')], c: '1.0', d: null });
    assert.equal(text, '{"a":0.0000000001,"b":[1000000000000000000000],"c":"1.0","d":null}');
  });

  it('writes everything but decimals as JSON.stringify does', () => {
    const odd = { a: undefined, list: [undefined, () => 1], at: new Date(0), nan: NaN, text: '"\\\n\ud800é' };
    assert.equal(stringifyExact(odd), JSON.stringify(odd));
    fc.assert(
      fc.property(fc.jsonValue({ stringUnit: 'binary' }), (value) => {
        assert.equal(stringifyExact(value), JSON.stringify(value));
      }),
    );
  });

  it('puts in as it is what was written before', () => {
    assert.equal(stringifyExact([new JsonText('{"a": 1}'), 2]), '[{"a": 1},2]');
  });

  it('refuses what has no JSON text', () => {
    assert.throws(() => stringifyExact(undefined), TypeError);
    assert.throws(() => parseExact('{'), SyntaxError);
  });

  it('loses no digit of any decimal on the way in and out', () => {
    fc.assert(
      fc.property(fc.bigInt(), fc.nat({ max: 20 }), (units, scale) => {
        const decimal = new Big(`${units}e-${scale}`);
        const read = parseExact(stringifyExact({ amount: decimal })) as { amount: number | Big };
        assert.ok(new Big(read.amount).eq(decimal));
      }),
    );
  });
});

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import Big from 'big.js';
import { parseExact, stringifyExact } from './exactJson.ts';

describe('exact JSON', () => {
  it('keeps every digit of an amount from text to text', () => {
    const text = '{"amount":-12345678901234567890.12345678901234567890,"small":0.0000000001,"large":90071992547409930}';
    assert.equal(stringifyExact(parseExact(text)), text.replace('567890,', '56789,'));
  });

  it('reads plain safe integers as numbers and every other number as Big', () => {
    const parsed = parseExact('[7, -3, 7.0, 1e2, 9007199254740993]') as unknown[];
    assert.deepEqual(parsed.slice(0, 2), [7, -3]);
    assert.ok(parsed.slice(2).every((value) => value instanceof Big));
    assert.equal(stringifyExact(parsed), '[7,-3,7,100,9007199254740993]');
  });

  it('writes a Big anywhere in a document, also at the top', () => {
    assert.equal(stringifyExact(new Big('1e-12')), '0.000000000001');
    assert.equal(
      stringifyExact({ rows: [{ total: new Big('1.50') }] }, 1),
      '{\n "rows": [\n  {\n   "total": 1.5\n  }\n ]\n}',
    );
  });

  it('leaves dates, texts, nulls and missing members as JSON does', () => {
    const value = { at: new Date(0), text: '1.10', nothing: null, missing: undefined };
    assert.equal(stringifyExact(value), '{"at":"1970-01-01T00:00:00.000Z","text":"1.10","nothing":null}');
  });

  it('refuses what is not JSON', () => {
    assert.throws(() => parseExact('{"a":'), SyntaxError);
    assert.throws(() => stringifyExact(undefined), TypeError);
  });
});

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import Big from 'big.js';
import fc from 'fast-check';
import { parseExact } from '../json/exactJson.ts';
import { cutText, firstText, fitKey, isBlank, jsonText } from './text.ts';

describe('cutting a text', () => {
  it('leaves a text that fits and ends a longer one in an ellipsis', () => {
    assert.equal(cutText('12345', 5), '12345');
    assert.equal(cutText('123456', 5), '1234…');
    assert.equal(cutText('123😀6', 5), '123…');
  });

  it('never exceeds the length, splits a character or changes what comes before the cut', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 1, max: 30 }), (text, length) => {
        const cut = cutText(text, length);
        assert.ok(cut.length <= length);
        assert.ok(cut.isWellFormed());
        assert.ok(cut === text || (text.startsWith(cut.slice(0, -1)) && cut.endsWith('…')));
      }),
    );
  });
});

describe('a blank text', () => {
  it('is one of white space alone', () => {
    for (const text of ['', ' ', '\n\t', '\u00a0\u2003']) assert.equal(isBlank(text), true, JSON.stringify(text));
    for (const text of ['a', ' a', '\u00a0a', 'ä', '\u007f', '0']) assert.equal(isBlank(text), false, text);
  });
});

describe('fitting a key', () => {
  it('keeps different keys different at the same length', () => {
    const long = 'k'.repeat(300);
    assert.equal(fitKey('short', 255), 'short');
    assert.equal(fitKey(`${long}a`, 255).length, 255);
    assert.notEqual(fitKey(`${long}a`, 255), fitKey(`${long}b`, 255));
    assert.equal(fitKey(`${long}a`, 255), fitKey(`${long}a`, 255));
  });
});

describe('the first text', () => {
  it('passes over nothing and white space', () => {
    assert.equal(firstText(null, undefined, '', ' \n', 'x', 'y'), 'x');
    assert.equal(firstText(null, ' '), null);
  });
});

describe('JSON text', () => {
  it('is exact, and null when there is nothing to write', () => {
    assert.equal(jsonText([{ unitPrice: new Big('0.10') }], 100), '[{"unitPrice":0.1}]');
    for (const nothing of [null, undefined, [], {}]) assert.equal(jsonText(nothing, 100), null);
  });

  it('keeps the leading entries that fit and stays JSON', () => {
    assert.equal(jsonText([1, 2, 3], 5), '[1,2]');
    assert.equal(jsonText({ a: 1, b: 2 }, 7), '{"a":1}');
    assert.equal(jsonText(['long'], 3), null);
  });

  it('keeps as many leading entries as the length allows', () => {
    fc.assert(
      fc.property(fc.array(fc.string(), { minLength: 1 }), fc.integer({ min: 2, max: 60 }), (list, length) => {
        const kept = parseExact(jsonText(list, length) ?? '[]') as string[];
        assert.deepEqual(kept, list.slice(0, kept.length));
        assert.ok(JSON.stringify(kept).length <= length);
        if (kept.length < list.length) assert.ok(JSON.stringify(list.slice(0, kept.length + 1)).length > length);
      }),
    );
  });
});

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import Big from 'big.js';
import type { FieldSpec } from './fields.ts';
import { FieldValueError, toFieldValue } from './fieldValue.ts';

const convert = (value: unknown, spec: FieldSpec) => toFieldValue(value, spec, 'Some_Field__c', 'b1');
const money: FieldSpec = { kind: 'number', precision: 18, scale: 4 };

describe('the value of a field', () => {
  it('is empty where m3ter gives nothing, and a checkbox is then not ticked', () => {
    const kinds: FieldSpec[] = [money, { kind: 'text', length: 5 }, { kind: 'date' }, { kind: 'lookup' }];
    for (const spec of kinds) for (const nothing of [null, undefined, '']) assert.equal(convert(nothing, spec), null);
    assert.equal(convert(undefined, { kind: 'checkbox' }), false);
    assert.equal(convert(true, { kind: 'checkbox' }), true);
  });

  it('cuts texts, and takes white space for nothing', () => {
    assert.equal(convert('123456', { kind: 'text', length: 5 }), '1234…');
    assert.equal(convert('123456', { kind: 'longText', length: 5 }), '1234…');
    assert.equal(convert('x'.repeat(300), { kind: 'picklist', restricted: false })?.toString().length, 255);
    assert.equal(convert('  ', { kind: 'text', length: 5 }), null);
  });

  it('rounds numbers to the scale, half to even', () => {
    assert.equal(String(convert(new Big('0.00025'), money)), '0.0002');
    assert.equal(String(convert(7, money)), '7');
  });

  it('takes the calendar date of a date and time', () => {
    assert.equal(convert('2026-02-28', { kind: 'date' }), '2026-02-28');
    assert.equal(convert('2026-02-28T23:00:00-05:00', { kind: 'date' }), '2026-02-28');
  });

  it('writes instants in UTC with milliseconds; without zone they are UTC already', () => {
    const instant = (text: string) => convert(text, { kind: 'dateTime' });
    assert.equal(instant('2026-01-01T00:00:00.081781Z'), '2026-01-01T00:00:00.081Z');
    assert.equal(instant('2026-01-01T00:00:00'), '2026-01-01T00:00:00.000Z');
    assert.equal(instant('2026-01-01T00:00:00+02:00'), '2025-12-31T22:00:00.000Z');
    assert.equal(instant('2026-01-01'), '2026-01-01T00:00:00.000Z');
  });

  it('that does not fit is an error naming Bill, field, value and remedy', () => {
    assert.throws(
      () => convert(new Big('123456789012345.5'), money),
      (error) => {
        assert.ok(error instanceof FieldValueError);
        assert.deepEqual([error.billId, error.field, error.value], ['b1', 'Some_Field__c', '123456789012345.5']);
        assert.match(
          error.message,
          /Bill b1: Some_Field__c cannot hold 123456789012345.5: .*14 digits.* Correct it in m3ter/,
        );
        return true;
      },
    );
  });

  it('of the wrong kind is such an error as well', () => {
    assert.throws(() => convert('twelve', money), FieldValueError);
    assert.throws(() => convert('2026-02-30', { kind: 'date' }), FieldValueError);
    assert.throws(() => convert('2026-13-01', { kind: 'date' }), FieldValueError);
    assert.throws(() => convert('soon', { kind: 'date' }), FieldValueError);
    assert.throws(() => convert('soon', { kind: 'dateTime' }), FieldValueError);
    assert.throws(() => convert('123456', { kind: 'text', length: 5, isKey: true }), FieldValueError);
  });

  it('keeps a text that m3ter sends as something else', () => {
    assert.equal(convert(new Big('1.5'), { kind: 'text', length: 5 }), '1.5');
    assert.equal(convert({ a: 1 }, { kind: 'text', length: 20 }), '{"a":1}');
  });
});

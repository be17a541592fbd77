import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import Big from 'big.js';
import type { FieldModel } from './model.ts';
import { displayValue } from './display.ts';

const field = (type: FieldModel['type'], more: Partial<FieldModel> = {}): FieldModel => ({
  name: 'Field__c',
  label: 'Field',
  type,
  custom: true,
  helpText: null,
  required: false,
  unique: false,
  externalId: false,
  caseSensitive: false,
  createable: true,
  updateable: true,
  isNameField: false,
  ...more,
});
const american = { locale: 'en_US', timeZone: 'America/New_York' };
const german = { locale: 'de_DE', timeZone: 'Europe/Berlin' };
const status = field('picklist', {
  picklist: { restricted: false, values: [{ value: 'PENDING', label: 'Pending', isDefault: false }] },
});

describe('displayValue', () => {
  it('shows every digit of a number in the notation of the locale', () => {
    const total = field('double', { precision: 18, scale: 4 });
    assert.equal(displayValue(total, new Big('12345678901234.5678'), american), '12,345,678,901,234.5678');
    assert.equal(displayValue(total, new Big('-1234.5'), german), '-1.234,5000');
  });

  it('shows percentages and amounts of the org currency with their signs', () => {
    assert.equal(displayValue(field('percent', { scale: 1 }), new Big('12.5'), american), '12.5%');
    assert.equal(displayValue(field('currency', { scale: 2 }), new Big('1234.5'), american), '$1,234.50');
  });

  it('shows a calendar date as it is stored, whatever the time zone', () => {
    assert.equal(displayValue(field('date'), '2026-11-01', american), '11/1/2026');
    assert.equal(displayValue(field('date'), '2026-11-01', german), '1.11.2026');
  });

  it("shows an instant in the user's time zone", () => {
    const instant = '2026-11-22T18:05:00.000Z';
    assert.equal(displayValue(field('datetime'), instant, american), '11/22/2026, 1:05 PM');
    assert.equal(displayValue(field('datetime'), instant, german), '22.11.2026, 19:05');
  });

  it('shows the labels of picklist values, and open values as they are', () => {
    assert.equal(displayValue(status, 'PENDING', american), 'Pending');
    assert.equal(displayValue(status, 'PAID', american), 'PAID');
    const several = { ...status, type: 'multipicklist' as const };
    assert.equal(displayValue(several, 'PENDING;PAID', american), 'Pending;PAID');
  });

  it('gives nothing for text, checkboxes and empty fields', () => {
    assert.equal(displayValue(field('string'), 'text', american), null);
    assert.equal(displayValue(field('boolean'), true, american), null);
    assert.equal(displayValue(field('double'), null, american), null);
  });
});

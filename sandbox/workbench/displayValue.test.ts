import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { displayValue } from './browser/platform/displayValue.ts';
import { toastParts } from './browser/platform/toastMessage.ts';

describe('displayValue', () => {
  it('shows a picklist value by its label, and one without a label as it is stored', () => {
    const field = { type: 'picklist', picklistValues: [{ value: 'CONNECTED', label: 'Connected' }] };
    assert.deepEqual(
      ['CONNECTED', 'OTHER'].map((value) => displayValue(field, value)),
      ['Connected', 'OTHER'],
    );
  });

  it('writes each type for a reader', () => {
    assert.equal(displayValue({ type: 'boolean' }, false), 'No');
    assert.equal(displayValue({ type: 'double', scale: 4 }, -1234.5), '-1,234.5');
    assert.equal(displayValue({ type: 'date' }, '2026-09-01'), '9/1/2026');
    assert.equal(displayValue({ type: 'string' }, null), '');
  });
});

describe('toastParts', () => {
  it('puts texts and links at their places', () => {
    assert.deepEqual(toastParts('{0} wrote {1}.', ['Sync', { label: 'INV-1', url: '/x' }]), [
      { key: 0, text: 'Sync' },
      { key: 1, text: ' wrote ' },
      { key: 2, text: 'INV-1', url: '/x' },
      { key: 3, text: '.' },
    ]);
  });

  it('leaves a place without data as it is', () => {
    assert.deepEqual(toastParts('{0}', []), [{ key: 0, text: '{0}' }]);
  });
});

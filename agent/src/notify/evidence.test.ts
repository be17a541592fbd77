import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { groupByCause } from './evidence.ts';

describe('errors by cause', () => {
  it('are one when they differ in ids and numbers alone, told by the latest', () => {
    const causes = groupByCause([
      'Bill INV-1a2b: 12.5 does not fit Bill_Total__c.',
      'Bill 0a1b2c3d-0000-4000-8000-000000000001 has no Account.',
      'Bill INV-9: 1,000.25 does not fit Bill_Total__c.',
    ]);
    assert.deepEqual(causes, [
      { count: 2, example: 'Bill INV-9: 1,000.25 does not fit Bill_Total__c.' },
      { count: 1, example: 'Bill 0a1b2c3d-0000-4000-8000-000000000001 has no Account.' },
    ]);
  });

  it('are two when they differ in words', () => {
    assert.equal(groupByCause(['Bill_Total__c is too large.', 'Subtotal__c is too large.']).length, 2);
  });

  it('are none where nothing went wrong', () => assert.deepEqual(groupByCause([]), []));
});

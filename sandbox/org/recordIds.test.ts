import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { makeRecordId, normalizeRecordId } from './recordIds.ts';

describe('record ids', () => {
  it('give a 15-character id the suffix that Salesforce gives it', () => {
    assert.equal(normalizeRecordId('001A0000006Vm9r'), '001A0000006Vm9rIAC');
    assert.equal(normalizeRecordId('0010000000000G9'), '0010000000000G9AAI');
  });

  it('give an 18-character id back its capitals', () => {
    assert.equal(normalizeRecordId('001A0000006VM9RIAC'), '001A0000006Vm9rIAC');
    assert.equal(normalizeRecordId('001a0000006vm9riac'), '001A0000006Vm9rIAC');
  });

  it('refuse texts that are no ids', () => {
    for (const text of ['', '001', '001A0000006Vm9rIA', '001A0000006Vm9r!', '0010000000000GbAAA']) {
      assert.equal(normalizeRecordId(text), undefined, text);
    }
  });

  it('rise in byte order with their numbers', () => {
    const ids = [1, 9, 10, 61, 62, 3_844, 1_000_000].map((number) => makeRecordId('a00', number));
    assert.deepEqual([...ids].sort(), ids);
    assert.ok(ids.every((id) => normalizeRecordId(id) === id && id.length === 18));
  });
});

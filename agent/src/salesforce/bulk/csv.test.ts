import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import Big from 'big.js';
import { readCsv, toCsv } from './csv.ts';

describe('the data of a bulk job', () => {
  it('has a column for each field, and the parent by its external id in one of its own', () => {
    const csv = toCsv([{ Line_Item_Key__c: 'b1:1', Bill__r: { M3ter_Bill_Id__c: 'b1' }, Position__c: 1 }]);
    assert.equal(csv, 'Line_Item_Key__c,Bill__r.M3ter_Bill_Id__c,Position__c\nb1:1,b1,1\n');
  });

  it('empties a field that has no value, for an empty cell would leave it as it is', () => {
    assert.equal(toCsv([{ Name: 'INV-1', Due_Date__c: null }]), 'Name,Due_Date__c\nINV-1,#N/A\n');
  });

  it('writes decimals with all their digits, never as powers of ten', () => {
    assert.equal(toCsv([{ Bill_Total__c: new Big('0.0000000001') }]), 'Bill_Total__c\n0.0000000001\n');
  });

  it('is read as it was written, whatever the text holds', () => {
    const texts = ['a, b', 'says "no"', 'two\nlines', ' spaces ', 'ü¢'];
    assert.deepEqual(
      readCsv(toCsv(texts.map((text) => ({ Name: text })))).map(({ Name }) => Name),
      texts,
    );
  });
});

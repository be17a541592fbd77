import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import Big from 'big.js';
import { readCsv, toCsv } from './csv.ts';
import type { SalesforceRecord } from '../../rules/records.ts';

const csvOf = (records: SalesforceRecord[]): string => [...toCsv(records, 1_000_000)].join('|');

describe('the data of a bulk job', () => {
  it('has a column for each field, and the parent by its external id in one of its own', () => {
    const csv = csvOf([{ Line_Item_Key__c: 'b1:1', Bill__r: { M3ter_Bill_Id__c: 'b1' }, Position__c: 1 }]);
    assert.equal(csv, 'Line_Item_Key__c,Bill__r.M3ter_Bill_Id__c,Position__c\nb1:1,b1,1\n');
  });

  it('empties a field that has no value, for an empty cell would leave it as it is', () => {
    assert.equal(csvOf([{ Name: 'INV-1', Due_Date__c: null }]), 'Name,Due_Date__c\nINV-1,#N/A\n');
  });

  it('has the columns of all records, and leaves a field as it is that a record does not have', () => {
    const [fresh, changed] = [{ Name: 'INV-1' }, { Name: 'INV-2', Changes__c: '{}' }];
    assert.equal(csvOf([fresh, changed, fresh]), 'Name,Changes__c\nINV-1,\nINV-2,{}\nINV-1,\n');
    assert.equal(csvOf([changed, fresh]), 'Name,Changes__c\nINV-2,{}\nINV-1,\n');
  });

  it('writes decimals with all their digits, never as powers of ten', () => {
    assert.equal(csvOf([{ Bill_Total__c: new Big('0.0000000001') }]), 'Bill_Total__c\n0.0000000001\n');
  });

  it('is read as it was written, whatever the text holds', () => {
    const texts = ['a, b', 'says "no"', 'two\nlines', ' spaces ', 'ü¢'];
    assert.deepEqual(
      readCsv(csvOf(texts.map((text) => ({ Name: text })))).map(({ Name }) => Name),
      texts,
    );
  });

  it('is spread over several jobs when one cannot hold it, each with the names of the columns', () => {
    const records = ['a', 'ü', 'bb', 'a very long one'].map((Name) => ({ Name }));
    const parts = [...toCsv(records, 'Name\na\nü\n'.length + 1)];
    assert.deepEqual(parts, ['Name\na\nü\n', 'Name\nbb\n', 'Name\na very long one\n']);
    assert.deepEqual([...toCsv([], 10)], []);
  });
});

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { scriptedCalls } from '../testing/scriptedCalls.ts';
import { SalesforceSetupError } from './errors.ts';
import { detectNames } from './prefix.ts';

const orgWith = (...names: string[]) => scriptedCalls(() => ({ sobjects: names.map((name) => ({ name })) }));

describe('the names of the org', () => {
  it('have no prefix where the sources were deployed', async () => {
    const names = await detectNames(orgWith('Account', 'Bill__c', 'Bill_Line_Item__c'));
    assert.equal(names.bill.M3ter_Bill_Id__c, 'M3ter_Bill_Id__c');
  });

  it('have the namespace of the installed package', async () => {
    const names = await detectNames(orgWith('Account', 'm3b__Bill__c', 'm3b__Bill_Line_Item__c'));
    assert.equal(names.bill.object, 'm3b__Bill__c');
    assert.equal(names.lineItem.Bill__r, 'm3b__Bill__r');
  });

  it('are those of the package where both are there', async () => {
    const both = ['Bill__c', 'Bill_Line_Item__c', 'm3b__Bill__c', 'm3b__Bill_Line_Item__c'];
    assert.equal((await detectNames(orgWith(...both))).prefix, 'm3b__');
  });

  it("are not taken from somebody else's Bill object", async () => {
    const names = await detectNames(orgWith('other__Bill__c', 'Bill__c', 'Bill_Line_Item__c'));
    assert.equal(names.prefix, '');
  });

  it('cannot be told without the package, which has to be installed', async () => {
    await assert.rejects(detectNames(orgWith('Account')), (error: Error) => {
      assert.ok(error instanceof SalesforceSetupError);
      assert.match(error.message, /Install the package.*permission set/);
      return true;
    });
  });
});

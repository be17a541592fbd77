import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { bill, billId, line, manyBills } from './builders.ts';
import { World } from './world.ts';

describe('two Bills whose lines have the same id', () => {
  let world: World;
  let first: Awaited<ReturnType<World['sync']>>;

  before(async () => {
    const data = manyBills(3, 2);
    const shared = line('shared', 1, '10');
    data.bills.push(bill('one', 'customer-1', [shared]), bill('two', 'customer-1', [shared]));
    world = await World.start(data);
    first = await world.sync();
  });
  after(() => world.close());

  it('never take lines from each other: one is sent, the other fails and says why', async () => {
    assert.equal(first.code, 1);
    const [report] = first.report.integrations;
    assert.deepEqual([report?.billsSent, report?.failed], [4, { FIELD_CUSTOM_VALIDATION_EXCEPTION: 1 }]);
    const [event] = await world.query('SELECT M3ter_Bill_Id__c, Message__c FROM Integration_Event__c');
    assert.ok([billId('one'), billId('two')].includes(String(event?.['M3ter_Bill_Id__c'])));
    assert.match(String(event?.['Message__c']), /Another Bill already holds a Line Item with this key/);
  });

  it('leave every Bill that is in Salesforce complete', async () => {
    const bills = await world.query('SELECT Is_Complete__c FROM Bill__c');
    assert.deepEqual(
      bills.map((each) => each['Is_Complete__c']),
      [true, true, true, true],
    );
  });
});

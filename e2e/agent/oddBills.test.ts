import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import Big from 'big.js';
import { bill, billId, line, manyBills } from './builders.ts';
import { readHeld } from './holds.ts';
import { World } from './world.ts';

describe('Bills whose fields are of the wrong kind', () => {
  let world: World;
  let first: Awaited<ReturnType<World['sync']>>;
  const odd = (name: string, more: object) => ({ ...bill(name, 'customer-1', [line(name, 1, '1')]), ...more });

  before(async () => {
    const many = manyBills(3, 2);
    const numbers = { accountId: 6, currency: 5, purchaseOrderNumber: new Big('7.5'), sequentialInvoiceNumber: 12 };
    many.bills.unshift(
      odd('numbers', { ...numbers, lineItems: [{ ...line('numbers', 1, '1'), id: 7, description: true }] }),
      odd('object', { accountCode: { code: 6 } }),
      odd('line', { lineItems: [{ ...line('line', 1, '1'), id: ['7'] }] }),
    );
    world = await World.start(many, { breaksContract: true });
    first = await world.sync();
  });
  after(() => world.close());

  it('are sent where a number or boolean can stand for its text', async () => {
    const id = billId('numbers');
    const header = 'Name, M3ter_Account_Id__c, Currency_Code__c, Purchase_Order_Number__c';
    const [held] = await world.query(`SELECT ${header} FROM Bill__c WHERE M3ter_Bill_Id__c = '${id}'`);
    const { attributes: _, ...fields } = held ?? {};
    assert.deepEqual(Object.values(fields), ['12', '6', '5', '7.5']);
    const [sent] = (await readHeld(world)).lines.get(id) ?? [];
    assert.deepEqual([sent?.['Line_Item_Key__c'], sent?.['Description__c']], ['7', 'true']);
  });

  it('else fail alone, by name', async () => {
    const [report] = first.report.integrations;
    assert.equal(first.code, 1, first.stderr);
    assert.deepEqual([report?.billsRead, report?.billsSent, report?.failed], [6, 4, { UNREADABLE_BILL: 2 }]);
    const events = await world.query('SELECT M3ter_Bill_Id__c, Message__c FROM Integration_Event__c');
    const messages = new Map(events.map((event) => [event['M3ter_Bill_Id__c'], String(event['Message__c'])]));
    assert.equal(messages.size, 2);
    assert.match(messages.get(billId('object')) ?? '', /accountCode holds.*Correct it in m3ter/);
    assert.match(messages.get(billId('line')) ?? '', /lineItems\[0\]\.id holds.*Correct it in m3ter/);
  });
});

describe('a Bill that cannot be made into a record', () => {
  it('has a Run that says so, and no other while nothing changes', async () => {
    const data = manyBills(1, 2);
    data.bills.push({ ...bill('undated', 'customer-1', [line('undated', 1, '1')]), dueDate: 'soon' });
    const world = await World.start(data, { breaksContract: true });
    try {
      const runs = async () => (await world.query('SELECT Id FROM Integration_Run__c')).length;
      const failed = async () => (await world.sync()).report.integrations[0]?.failed;
      assert.deepEqual(await failed(), { FIELD_VALUE: 1 });
      const before = await runs();
      assert.deepEqual(await failed(), { FIELD_VALUE: 1 });
      assert.equal(await runs(), before);
    } finally {
      await world.close();
    }
  });
});

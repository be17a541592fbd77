/** Writes that the org carries out after the agent had given them up and had done everything anew, played by hand. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { JsonRecord } from '../../sandbox/run/records.ts';
import { integration, manyBills } from '../agent/builders.ts';
import { assertHoldsExactly } from '../agent/holds.ts';
import { EngineTest } from './engineTest.ts';

const RULES = [integration('All Bills')];

describe('a Run that is said late to wait', () => {
  let test: EngineTest;

  before(async () => {
    test = await EngineTest.start(manyBills(3, 2));
  });
  after(() => test.close());

  const runs = (): Promise<JsonRecord[]> =>
    test.world.query(
      'SELECT Id, Parent_Run__c, Status__c, Error__c, API_Calls__c FROM Integration_Run__c ORDER BY Name',
    );

  for (const [what, isOf] of [
    ['of a batch', (run: JsonRecord) => run['Parent_Run__c'] === null],
    ['of a Bill', (run: JsonRecord) => run['Parent_Run__c'] !== null],
  ] as const) {
    it(`${what} is ended by the next reconcile, which changes no other`, async () => {
      const before = await runs();
      assert.deepEqual([...new Set(before.map((run) => run['Status__c']))], ['COMPLETE']);
      const one = before.find(isOf) ?? assert.fail();
      const late = { Status__c: 'AWAITING_RETRY', Error__c: 'Salesforce did not answer.' };
      await test.world.salesforce('PATCH', `/sobjects/Integration_Run__c/${String(one['Id'])}`, late);
      await test.agents.agent?.sync(null, 'RECONCILE');
      await test.settle();
      assert.deepEqual(await runs(), before);
      await assertHoldsExactly(test.world, RULES);
    });
  }
});

describe('a Bill that is not any more as it was sent', () => {
  let test: EngineTest;

  before(async () => {
    test = await EngineTest.start(manyBills(3, 2));
  });
  after(() => test.close());

  const changes: Array<[string, object]> = [
    ['because a call by other rules came late', { Payload_Hash__c: 'of other rules', Sent_Lines_Total__c: 1 }],
    ['because the first of several calls came late', { Payload_Hash__c: null, Sync_State__c: 'Writing' }],
    ['because somebody marked it as deleted', { Deleted_In_M3ter__c: true }],
  ];
  for (const [why, change] of changes) {
    it(`${why} is sent again by the next reconcile`, async () => {
      const [held] = await test.world.query('SELECT Id FROM Bill__c');
      await test.world.salesforce('PATCH', `/sobjects/Bill__c/${String(held?.['Id'])}`, change);
      await test.agents.agent?.sync(null, 'RECONCILE');
      await test.settle();
      await assertHoldsExactly(test.world, RULES);
    });
  }
});

describe('a request that is done', () => {
  let test: EngineTest;

  before(async () => {
    test = await EngineTest.start(manyBills(1, 1));
  });
  after(() => test.close());

  it('cannot be given back as if it had not been', async () => {
    const { world } = test;
    await world.salesforce('POST', '/sobjects/Sync_Request__c', { Type__c: 'SYNC_NOW' });
    await test.settle();
    const [request] = await world.query('SELECT Id, Status__c FROM Sync_Request__c');
    assert.equal(request?.['Status__c'], 'DONE');
    const target = `/sobjects/Sync_Request__c/${String(request['Id'])}`;
    const answer = await world.salesforce('PATCH', target, { Status__c: 'NEW' });
    assert.match(JSON.stringify(answer), /REQUEST_TAKEN/);
  });
});

/** Writes that the org carries out after the agent had given them up, and had done everything anew. */
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

/** Writes that the org carries out after the agent had given them up and had done everything anew, played by hand. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { JsonRecord } from '../../sandbox/run/records.ts';
import { integration, manyBills } from '../agent/builders.ts';
import { assertHoldsExactly } from '../agent/holds.ts';
import { EngineTest } from './engineTest.ts';

const RULES = [integration('All Bills')];

describe('what the org was told late, or by somebody else', () => {
  let test: EngineTest;

  before(async () => {
    test = await EngineTest.start(manyBills(3, 2));
  });
  after(() => test.close());

  const change = (object: string, record: JsonRecord | undefined, fields: object) =>
    test.world.salesforce('PATCH', `/sobjects/${object}/${String(record?.['Id'])}`, fields);
  const reconcile = async (): Promise<void> => {
    await test.agents.agent?.sync(null, 'RECONCILE');
    await test.settle();
    await assertHoldsExactly(test.world, RULES);
  };

  describe('that a Run waits', () => {
    const runs = (): Promise<JsonRecord[]> =>
      test.world.query(
        'SELECT Id, Parent_Run__c, Status__c, Error__c, API_Calls__c FROM Integration_Run__c ORDER BY Name',
      );

    for (const [what, isOf] of [
      ['of a batch', (run: JsonRecord) => run['Parent_Run__c'] === null],
      ['of a Bill', (run: JsonRecord) => run['Parent_Run__c'] !== null],
    ] as const) {
      it(`${what}, is ended by the next reconcile, which changes no other`, async () => {
        const before = await runs();
        assert.deepEqual([...new Set(before.map((run) => run['Status__c']))], ['COMPLETE']);
        const late = { Status__c: 'AWAITING_RETRY', Error__c: 'Salesforce did not answer.' };
        await change('Integration_Run__c', before.find(isOf), late);
        await reconcile();
        assert.deepEqual(await runs(), before);
      });
    }
  });

  describe('about a Bill', () => {
    const changes: Array<[string, object]> = [
      ['by other rules', { Payload_Hash__c: 'of other rules', Sent_Lines_Total__c: 1 }],
      ['by the first of several calls', { Payload_Hash__c: null, Sync_State__c: 'Writing' }],
      ['by who marked it as deleted', { Deleted_In_M3ter__c: true }],
    ];
    for (const [how, fields] of changes) {
      it(`${how} is sent again by the next reconcile`, async () => {
        const [held] = await test.world.query('SELECT Id FROM Bill__c');
        await change('Bill__c', held, fields);
        await reconcile();
      });
    }
  });

  it('that a request is new is refused when it is done', async () => {
    const { world } = test;
    await world.salesforce('POST', '/sobjects/Sync_Request__c', { Type__c: 'SYNC_NOW' });
    await test.settle();
    const [request] = await world.query('SELECT Id, Status__c FROM Sync_Request__c');
    assert.equal(request?.['Status__c'], 'DONE');
    const answer = await change('Sync_Request__c', request, { Status__c: 'NEW' });
    assert.match(JSON.stringify(answer), /REQUEST_TAKEN/);
  });
});

/** Accounts that become known while Bills are being written without them. */
import { after, before, describe, it } from 'node:test';
import { account, accountId, bill, integration, line, salesforceAccount } from '../agent/builders.ts';
import { assertHoldsExactly } from '../agent/holds.ts';
import { until } from '../agent/until.ts';
import { EngineTest } from './engineTest.ts';

const LINES = 40;
const RULES = [integration('All Bills')];
const SLOW_WRITES = {
  match: { method: 'POST', path: '/composite' },
  fault: { kind: 'latency', ms: 0, perRecordMs: 20 },
} as const;

describe('an Account that is linked while its Bill is being written', () => {
  let test: EngineTest;

  before(async () => {
    test = await EngineTest.start({
      accounts: [account('one')],
      bills: [],
      externalMappings: [],
      salesforceAccounts: [salesforceAccount(1, 'one', { M3ter_Account_Id__c: null })],
      integrations: RULES,
    });
  });
  after(() => test.close());

  it('gets it', async () => {
    const { world } = test;
    await world.faults(SLOW_WRITES);
    const lines = Array.from({ length: LINES }, (_, n) => line('large', n, '1.5'));
    await world.addBill(bill('large', 'one', lines));
    await until('a Run to begin', async () => {
      const open = await world.query("SELECT Id FROM Integration_Run__c WHERE Status__c = 'STARTED'");
      return open.length > 0;
    });
    const [held] = await world.query('SELECT Id FROM Account');
    await world.salesforce('PATCH', `/sobjects/Account/${String(held?.['Id'])}`, {
      M3ter_Account_Id__c: accountId('one'),
    });
    await test.settle();
    await assertHoldsExactly(world, RULES);
  });
});

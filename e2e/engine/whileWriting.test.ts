/** What changes while Bills are being written, and is seen before it is remembered what was written. */
import { after, before, describe, it } from 'node:test';
import { account, accountId, bill, integration, line, salesforceAccount } from '../agent/builders.ts';
import { assertHoldsExactly } from '../agent/holds.ts';
import { until } from '../agent/until.ts';
import { EngineTest } from './engineTest.ts';

const LINES = 25;
const RULES = [integration('First'), integration('Second', { excludedLineItemTypes: ['USAGE_CREDIT'] })];
const composite = { method: 'POST', path: '/composite' };
/** Writes take long enough to be overtaken, and less than the agent's patience; looks are short. */
const SLOW_WRITES = { match: composite, fault: { kind: 'latency', ms: 0, perRecordMs: 20 } } as const;

const large = (name: string, of: string) =>
  bill(
    name,
    of,
    Array.from({ length: LINES }, (_, n) => line(name, n, `${LINES - n}.5`)),
  );

describe('while Bills are being written', () => {
  let test: EngineTest;

  before(async () => {
    test = await EngineTest.start({
      accounts: [account('one'), account('two')],
      bills: ['large', 'larger'].map((name) => large(name, 'one')),
      externalMappings: [],
      salesforceAccounts: [salesforceAccount(1, 'one'), salesforceAccount(2, 'two', { M3ter_Account_Id__c: null })],
      integrations: RULES,
    });
  });
  after(() => test.close());

  const assertHolds = (): Promise<unknown> => assertHoldsExactly(test.world, RULES.slice(0, 1));
  const change = async (name: string, fields: object): Promise<void> => {
    const [held] = await test.world.query(`SELECT Id FROM Integration_Configuration__c WHERE Name = '${name}'`);
    await test.world.salesforce('PATCH', `/sobjects/Integration_Configuration__c/${String(held?.['Id'])}`, fields);
  };
  const begun = (): Promise<unknown> =>
    until('a Run to begin', async () => {
      const open = await test.world.query("SELECT Id FROM Integration_Run__c WHERE Status__c = 'STARTED'");
      return open.length > 0;
    });

  it('rules that are changed back hold for them too', async () => {
    await test.world.faults(SLOW_WRITES);
    await change('First', { Sort_Line_Items_By__c: 'SUBTOTAL' });
    await begun();
    await change('First', { Sort_Line_Items_By__c: 'NONE' });
    await test.settle();
    await assertHolds();
  });

  it('the integration that owns them is given them back when it is enabled again', async () => {
    await test.world.faults(SLOW_WRITES);
    await change('First', { Enabled__c: false });
    await begun();
    await change('First', { Enabled__c: true });
    await test.settle();
    await assertHolds();
  });

  it('an Account that is linked meanwhile is theirs', async () => {
    const { world } = test;
    await world.faults(SLOW_WRITES);
    await world.addBill(large('new', 'two'));
    await begun();
    const [held] = await world.query("SELECT Id FROM Account WHERE Name = 'two'");
    const fields = { M3ter_Account_Id__c: accountId('two') };
    await world.salesforce('PATCH', `/sobjects/Account/${String(held?.['Id'])}`, fields);
    await test.settle();
    await assertHolds();
  });
});

/** Rules that are changed, and changed back while Bills are being written by those in between. */
import { after, before, describe, it } from 'node:test';
import { account, bill, integration, line, salesforceAccount } from '../agent/builders.ts';
import { assertHoldsExactly } from '../agent/holds.ts';
import { until } from '../agent/until.ts';
import { EngineTest } from './engineTest.ts';

const LINES = 25;
const RULES = [integration('First'), integration('Second', { excludedLineItemTypes: ['USAGE_CREDIT'] })];
const composite = { method: 'POST', path: '/composite' };
/** Writes take long enough to be overtaken, and less than the agent's patience; looks are short. */
const SLOW_WRITES = { match: composite, fault: { kind: 'latency', ms: 0, perRecordMs: 20 } } as const;

const dataSet = () => ({
  accounts: [account('one')],
  bills: ['large', 'larger'].map((name) =>
    bill(
      name,
      'one',
      Array.from({ length: LINES }, (_, n) => line(name, n, `${LINES - n}.5`)),
    ),
  ),
  externalMappings: [],
  salesforceAccounts: [salesforceAccount(1, 'one')],
  integrations: RULES,
});

describe('rules that are changed back while Bills are being written', () => {
  let test: EngineTest;

  before(async () => {
    test = await EngineTest.start(dataSet());
  });
  after(() => test.close());

  const change = async (name: string, fields: object): Promise<void> => {
    const [held] = await test.world.query(`SELECT Id FROM Integration_Configuration__c WHERE Name = '${name}'`);
    await test.world.salesforce('PATCH', `/sobjects/Integration_Configuration__c/${String(held?.['Id'])}`, fields);
  };
  const begun = (): Promise<unknown> =>
    until('a Run to begin', async () => {
      const open = await test.world.query("SELECT Id FROM Integration_Run__c WHERE Status__c = 'STARTED'");
      return open.length > 0;
    });

  it('hold for these Bills too', async () => {
    await test.world.faults(SLOW_WRITES);
    await change('First', { Sort_Line_Items_By__c: 'SUBTOTAL' });
    await begun();
    await change('First', { Sort_Line_Items_By__c: 'NONE' });
    await test.settle();
    await assertHoldsExactly(test.world, RULES.slice(0, 1));
  });

  it('give them back to the integration that owns them', async () => {
    await test.world.faults(SLOW_WRITES);
    await change('First', { Enabled__c: false });
    await begun();
    await change('First', { Enabled__c: true });
    await test.settle();
    await assertHoldsExactly(test.world, RULES.slice(0, 1));
  });
});

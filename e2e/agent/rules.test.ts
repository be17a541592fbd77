import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { readDataSet } from '../../sandbox/data/dataSet.ts';
import { ROOT } from '../../sandbox/run/system.ts';
import { integration, manyBills } from './builders.ts';
import { roundHalfEven, sum } from './decimal.ts';
import { assertHoldsExactly, expectations, fingerprint } from './holds.ts';
import { linesToSend } from './oracle.ts';
import type { OracleIntegration } from './oracle.ts';
import { INTEGRATIONS, RULES_DATA } from './rulesData.ts';
import { World } from './world.ts';
import type { IntegrationReport, Report } from './world.ts';

const FOCUS = path.resolve(ROOT, process.env['FOCUS_DATA'] ?? '../shared/data/focus-aws');

/** The report that the oracle asks for, from a state of m3ter and of the org's Accounts. */
async function expectedReport(world: World, rules: OracleIntegration): Promise<IntegrationReport> {
  const all = await expectations(world, [rules]);
  const count = (...kinds: string[]): number => all.filter(({ verdict }) => kinds.includes(verdict.kind)).length;
  const sent = all.filter(({ verdict }) => verdict.kind === 'sent');
  return {
    name: rules.name,
    billsRead: all.length,
    billsSent: sent.length,
    lineItemsSent: sent.reduce((total, { bill }) => total + linesToSend(bill, rules).length, 0),
    skipped: {
      restricted: count('restricted'),
      notAllowed: count('notAllowed'),
      accountFilter: count('accountFilter'),
      notApproved: count('notApproved'),
      ownedByOther: 0,
      unchanged: 0,
    },
    waiting: { missingAccountMapping: count('missingAccountMapping') },
    unmatched: sent.filter(({ verdict }) => verdict.kind === 'sent' && verdict.accountId === null).length,
    failed: {},
  };
}

const reportOf = ({ integrations }: Report, name: string): IntegrationReport | undefined =>
  integrations.find((one) => one.name === name);

/** A sync right after one: it sends nothing and writes nothing. */
async function assertSendsNothingMore(world: World, first: Report): Promise<void> {
  const before = await fingerprint(world);
  const { code, report } = await world.sync();
  assert.equal(code, 0);
  for (const { name, billsSent, waiting } of first.integrations) {
    const again = reportOf(report, name);
    assert.deepEqual([again?.billsSent, again?.lineItemsSent, again?.failed], [0, 0, {}], name);
    assert.equal(again?.skipped.unchanged, billsSent, name);
    assert.deepEqual(again?.waiting, waiting, name);
  }
  assert.deepEqual(await fingerprint(world), before);
}

describe('a sync by seven integrations with every kind of rule', () => {
  let world: World;
  let first: Awaited<ReturnType<World['sync']>>;

  before(async () => {
    world = await World.start(RULES_DATA, { breaksContract: true });
    await setUp("Name = 'Switched off'", { Enabled__c: false });
    await setUp("Name = 'Of another org'", { Pinned_Org_Id__c: '00D000000000001EAA' });
    first = await world.sync();
  });
  after(() => world.close());

  async function setUp(which: string, fields: object): Promise<void> {
    const [record] = await world.query(`SELECT Id FROM Integration_Configuration__c WHERE ${which}`);
    const target = `/sobjects/Integration_Configuration__c/${String(record?.['Id'])}`;
    assert.equal((await world.salesforce('PATCH', target, fields)).status, 204);
  }

  it('ends well', () => {
    assert.equal(first.code, 0, first.stderr);
  });

  for (const rules of INTEGRATIONS) {
    it(`reports what became of each Bill: ${rules.name}`, async () => {
      assert.deepEqual(reportOf(first.report, rules.name), await expectedReport(world, rules));
    });
  }

  it('sends nothing for an integration that is switched off or belongs to another org', () => {
    for (const name of ['Switched off', 'Of another org']) {
      assert.equal(reportOf(first.report, name)?.billsSent ?? 0, 0, name);
    }
  });

  it('leaves exactly the allowed Bills with all their Line Items in Salesforce', async () => {
    const { bills, lines } = await assertHoldsExactly(world, INTEGRATIONS);
    assert.ok(bills.size > 20);
    assert.ok([...lines.values()].some((some) => some.length === 3000));
  });

  it('tells of each Account without mapping by one Event', async () => {
    const events = await world.query(
      'SELECT Event_Name__c, M3ter_Account_Code__c, Message__c, Actioned__c FROM Integration_Event__c',
    );
    assert.deepEqual(events.map((event) => event['M3ter_Account_Code__c']).sort(), ['mapped-to-nothing', 'unmapped']);
    for (const event of events) {
      assert.equal(event['Event_Name__c'], 'integration.missingaccountmapping.error');
      assert.match(String(event['Message__c']), /External Mapping|mapping/);
    }
  });

  it('writes a COMPLETE Run for each batch, and one below it for each Bill', async () => {
    const runs = await world.query(
      'SELECT Status__c, M3ter_Bill_Id__c, Parent_Run__c, Integration__r.Name, Bills_Sent__c, Line_Items_Sent__c ' +
        'FROM Integration_Run__c',
    );
    const parents = runs.filter((run) => run['Parent_Run__c'] === null);
    const children = runs.filter((run) => run['Parent_Run__c'] !== null && run['Status__c'] === 'COMPLETE');
    const sent = first.report.integrations.filter(({ billsSent }) => billsSent > 0);
    for (const { name, billsSent, lineItemsSent } of sent) {
      const own = parents.filter((run) => (run['Integration__r'] as { Name: string }).Name === name);
      assert.deepEqual(
        own.map((run) => [run['Status__c'], run['Bills_Sent__c'], run['Line_Items_Sent__c']]),
        [['COMPLETE', billsSent, lineItemsSent]],
        name,
      );
    }
    const bills = await world.query('SELECT M3ter_Bill_Id__c FROM Bill__c');
    assert.deepEqual(
      children.map((run) => run['M3ter_Bill_Id__c']).sort(),
      bills.map((bill) => bill['M3ter_Bill_Id__c']).sort(),
    );
  });

  it('sends nothing and writes nothing when it is run again', async () => {
    await assertSendsNothingMore(world, first.report);
  });
});

describe('a Bill that two integrations send', () => {
  const whole = integration('Whole');
  const part = integration('Part', { excludedLineItemTypes: ['AD_HOC'], sortLineItemsBy: 'SUBTOTAL' });
  let world: World;
  let first: Awaited<ReturnType<World['sync']>>;

  before(async () => {
    const data = manyBills(4, 5);
    data.bills.forEach(({ lineItems }) => Object.assign(lineItems?.[2] ?? {}, { lineItemType: 'AD_HOC' }));
    world = await World.start({ ...data, integrations: [whole, part] });
    first = await world.sync();
  });
  after(() => world.close());

  it('is sent by the first of them by name, and the other one says whose it is', async () => {
    assert.equal(first.code, 0, first.stderr);
    const held = await assertHoldsExactly(world, [part]);
    assert.equal(held.bills.size, 4);
    assert.deepEqual([reportOf(first.report, 'Part')?.billsSent, reportOf(first.report, 'Whole')?.billsSent], [4, 0]);
    assert.equal(reportOf(first.report, 'Whole')?.skipped.ownedByOther, 4);
  });

  it('does not go to and fro between them', async () => {
    await assertSendsNothingMore(world, first.report);
  });
});

/** Runs where the data is, which is not part of this repository. */
const focusTests = (): void => {
  const rules: OracleIntegration = integration('All Bills');
  let world: World;
  let first: Awaited<ReturnType<World['sync']>>;

  before(async () => {
    world = await World.start({ ...readDataSet(FOCUS), integrations: [rules] });
    first = await world.sync();
  });
  after(() => world.close());

  it('reports what became of each Bill', async () => {
    assert.equal(first.code, 0, first.stderr);
    assert.deepEqual(reportOf(first.report, rules.name), await expectedReport(world, rules));
  });

  it('leaves exactly the allowed Bills with all their Line Items in Salesforce', async () => {
    await assertHoldsExactly(world, [rules]);
  });

  it('agrees on the total to the scale of the field', async () => {
    const all = await expectations(world, [rules]);
    const held = await world.query('SELECT Bill_Total__c FROM Bill__c');
    assert.equal(
      sum(held.map((bill) => bill['Bill_Total__c'])),
      sum(all.map(({ bill }) => roundHalfEven(bill.billTotal, 4))),
    );
  });

  it('sends nothing and writes nothing when it is run again', async () => {
    await assertSendsNothingMore(world, first.report);
  });
};

if (existsSync(FOCUS)) describe('a sync of real usage billing', focusTests);

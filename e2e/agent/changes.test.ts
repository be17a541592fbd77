/** What people change in the org, or in m3ter, takes effect without anybody asking for it. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { DataSet } from '../../sandbox/data/model.ts';
import { account, accountId, bill, billId, integration, line, mapping, salesforceAccount } from './builders.ts';
import { LiveAgent } from './liveAgent.ts';
import { Opened } from './opened.ts';
import { change, changeIntegration, create, heldBills, one, readIntegration, untilHeld } from './people.ts';
import { Recorder } from '../../sandbox/traffic/recorder.ts';
import { until } from './until.ts';
import { World } from './world.ts';

const simple = (name: string, of: string) => bill(name, of, [line(name, 1, '10.5'), line(name, 2, '0.25')]);
const MAPPED = ['by mapping', 'by number'].map(accountId);
const OTHER_ORG = '00D000000000999AAA';

/** Bills of `shared` are for both First and Second, those of `own` for Second alone; Mapped asks for a mapping. */
const data = (): DataSet => ({
  accounts: ['shared', 'own', 'linked', 'by mapping', 'by number'].map((name) => account(name)),
  bills: [
    simple('shared 1', 'shared'),
    simple('shared 2', 'shared'),
    simple('own 1', 'own'),
    simple('linked 1', 'linked'),
    simple('mapping 1', 'by mapping'),
    simple('mapping 2', 'by mapping'),
    simple('number 1', 'by number'),
  ],
  externalMappings: [mapping('by number', 'NOT-THERE-YET')],
  salesforceAccounts: [
    salesforceAccount(1, 'shared'),
    salesforceAccount(2, 'own'),
    salesforceAccount(3, 'linked', { M3ter_Account_Id__c: null }),
    salesforceAccount(4, 'by mapping', { M3ter_Account_Id__c: null }),
    salesforceAccount(5, 'by number', { M3ter_Account_Id__c: null }),
  ],
  integrations: [
    integration('Second', { restrictedAccountIds: MAPPED }),
    integration('First', { accountIds: [accountId('shared')] }),
    integration('Mapped', { accountIds: MAPPED, useExternalMappingAccountCode: true }),
  ],
});

const opened = new Opened();
let world: World;
let salesforce: Recorder;
let m3ter: Recorder;
let agent: LiveAgent;

const ids = (...names: string[]): string[] => names.map(billId);
const SENT_AT_ONCE = ids('shared 1', 'shared 2', 'own 1', 'linked 1');

before(async () => {
  world = opened.keep(await World.start(data(), { store: 'none' }));
  salesforce = opened.keep(await Recorder.before(world.org.instanceUrl));
  m3ter = opened.keep(await Recorder.before(world.m3ter.baseUrl));
  const settings = { SALESFORCE_LOGIN_URL: salesforce.url, M3TER_BASE_URL: m3ter.url };
  agent = opened.keep(await LiveAgent.start(world, settings));
  await untilHeld(world, SENT_AT_ONCE);
});
after(() => opened.close());

const sentBy = (name: string, wanted: string[]): Promise<void> =>
  untilHeld(world, wanted, `Integration__r.Name = '${name}'`);
const childRuns = async (integrationName: string, bill: string): Promise<number> => {
  const where = `Integration__r.Name = '${integrationName}' AND M3ter_Bill_Id__c = '${billId(bill)}'`;
  return (await world.query(`SELECT Id FROM Integration_Run__c WHERE ${where}`)).length;
};

describe('a Bill that two integrations would send', () => {
  it('is sent by the first one by name, once, and the other one says so', async () => {
    await sentBy('First', ids('shared 1', 'shared 2'));
    await sentBy('Second', ids('own 1', 'linked 1'));
    assert.deepEqual([await childRuns('First', 'shared 1'), await childRuns('Second', 'shared 1')], [1, 0]);
    const { document } = await agent.command(['sync', '--integration', 'Second']);
    const [report] = document['integrations'] as { skipped: { ownedByOther: number } }[];
    assert.equal(report?.skipped.ownedByOther, 2);
    const { document: run } = await agent.command(['resend', billId('shared 1'), '--integration', 'Second']);
    assert.match(JSON.stringify(run), /"code":"ownedByOther","message":"[^"]*First/);
  });

  it('is taken over by the second when its owner is disabled', async () => {
    await changeIntegration(world, 'First', { Enabled__c: false });
    await sentBy('Second', SENT_AT_ONCE);
    await world.play('recalculate', billId('shared 2'));
    await until('the recalculated Bill', async () => (await childRuns('Second', 'shared 2')) === 2);
  });

  it('goes back to its owner when that is enabled, and again when a rule changes', async () => {
    await changeIntegration(world, 'First', { Enabled__c: true });
    await sentBy('First', ids('shared 1', 'shared 2'));
    await changeIntegration(world, 'First', { Only_Send_Bill_On_Approval__c: true });
    await sentBy('Second', ids('shared 2', 'own 1', 'linked 1'));
    await world.play('approve', billId('shared 2'));
    await sentBy('First', ids('shared 1', 'shared 2'));
    const total = await world.query('SELECT COUNT(Id) lines FROM Bill_Line_Item__c');
    assert.deepEqual(total, [{ lines: 8 }]);
  });
});

describe('a rule that is changed', () => {
  it('sends what it lets through now, and shapes anew what was sent', async () => {
    const linesOf = async (name: string): Promise<number> =>
      (await world.query(`SELECT Id FROM Bill_Line_Item__c WHERE Bill__r.M3ter_Bill_Id__c = '${billId(name)}'`)).length;
    await changeIntegration(world, 'Second', {
      Restricted_Account_Ids__c: [...MAPPED, accountId('own')].join('\n'),
      Excluded_Line_Item_Types__c: 'USAGE',
    });
    // Also shows that the agent has read the rules: before that it would send the Bills that they keep back.
    await until('the Bill without the lines', async () => (await linesOf('linked 1')) === 0);
    assert.equal(await linesOf('own 1'), 2);
    await world.addBill(simple('own 2', 'own'));
    await world.addBill(simple('linked 2', 'linked'));
    await untilHeld(world, [...SENT_AT_ONCE, ...ids('linked 2')]);
    await changeIntegration(world, 'Second', {
      Restricted_Account_Ids__c: MAPPED.join('\n'),
      Excluded_Line_Item_Types__c: null,
    });
    await untilHeld(world, [...SENT_AT_ONCE, ...ids('linked 2', 'own 2')]);
    await until('the Bills with their lines', async () => {
      const counts = await Promise.all(['own 1', 'own 2', 'linked 1', 'linked 2'].map(linesOf));
      return counts.every((count) => count === 2);
    });
  });
});

describe('a Bill that waits', () => {
  it('has one Event for its Account, which says what to do', async () => {
    const events = await world.query(
      'SELECT M3ter_Account_Id__c, Message__c FROM Integration_Event__c ' +
        "WHERE Event_Name__c = 'integration.missingaccountmapping.error'",
    );
    assert.deepEqual(events.map((event) => event['M3ter_Account_Id__c']).sort(), MAPPED.toSorted());
    for (const event of events) assert.match(String(event['Message__c']), /External Mapping/);
  });

  it('is sent when somebody makes the mapping in m3ter', async () => {
    const { Id: externalId } = await one(world, "SELECT Id FROM Account WHERE Name = 'by mapping'");
    const { id: _id, version: _version, ...made } = mapping('by mapping', String(externalId));
    await world.callM3ter('POST', '/externalmappings', made);
    await sentBy('Mapped', ids('mapping 1', 'mapping 2'));
  });

  it('is sent when Salesforce gets the Account to which its mapping leads', async () => {
    const Id = await create(world, 'Account', { Name: 'by number, at last', AccountNumber: 'NOT-THERE-YET' });
    await sentBy('Mapped', ids('mapping 1', 'mapping 2', 'number 1'));
    const bills = await heldBills(world, `Account__c = '${Id}'`);
    assert.deepEqual(bills, ids('number 1'));
  });

  it('or was sent without Account, is linked when the Account gets the m3ter Account id', async () => {
    assert.deepEqual(await heldBills(world, 'Account__c = null'), ids('linked 1', 'linked 2').toSorted());
    const { Id } = await one(world, "SELECT Id FROM Account WHERE Name = 'linked'");
    await change(world, 'Account', String(Id), { M3ter_Account_Id__c: accountId('linked') });
    await untilHeld(world, ids('linked 1', 'linked 2'), `Account__c = '${String(Id)}'`);
  });
});

describe('an org that is a copy of another one', () => {
  it('is refused with an explanation, and no calls are made for its integrations', async () => {
    for (const name of ['First', 'Second', 'Mapped'])
      await changeIntegration(world, name, { Pinned_Org_Id__c: OTHER_ORG });
    const isIdle = async (): Promise<boolean> => {
      const { document } = await agent.command(['status']);
      const { queued, active } = document['queue'] as { queued: number; active: number };
      return queued + active === 0;
    };
    const looks = salesforce.calls.length;
    await until('two looks at the org', async () => (await isIdle()) && salesforce.calls.length > looks + 2);
    const { document } = await agent.command(['integration', 'show', 'First']);
    const { isReady, detail } = document['integration'] as { isReady: boolean; detail: string };
    assert.equal(isReady, false);
    assert.match(
      detail,
      /Integration First is bound to org 00D000000000999AAA, not to .*: this looks like a copy of that org\. To use it here on purpose: m3ter-bills integration connect "First"/,
    );
    salesforce.forget();
    m3ter.forget();
    await world.play('recalculate', billId('own 1'));
    await until('five looks at the org', async () => Promise.resolve(salesforce.calls.length >= 5));
    assert.deepEqual(m3ter.calls, []);
    for (const { body } of salesforce.calls)
      assert.doesNotMatch(body, /FROM (Bill|Integration_Run)|sobjects\/(Bill|Integration_R)/);
    const { document: sync } = await agent.command(['sync']);
    assert.match(JSON.stringify(sync['idle']), /this looks like a copy of that org/);
  });

  it('works once a person says that it is meant', async () => {
    await changeIntegration(world, 'Second', { Pinned_Org_Id__c: null });
    const before = await one(
      world,
      `SELECT Source_Version__c FROM Bill__c WHERE M3ter_Bill_Id__c = '${billId('own 1')}'`,
    );
    await until('the new org id', async () => {
      const { Pinned_Org_Id__c: pinned } = await readIntegration(world, 'Second', 'Pinned_Org_Id__c');
      return pinned === world.org.orgId;
    });
    await until('the recalculated Bill', async () => {
      const soql = `SELECT Source_Version__c FROM Bill__c WHERE M3ter_Bill_Id__c = '${billId('own 1')}'`;
      return (await one(world, soql))['Source_Version__c'] !== before['Source_Version__c'];
    });
  });
});

/** What the agent does by the clock of the org: the hourly batch, the daily reconcile, and forgetting what is old. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { DataSet } from '../../sandbox/data/model.ts';
import { Clock } from '../engine/clock.ts';
import { account, accountId, bill, billId, integration, line, mapping, salesforceAccount } from './builders.ts';
import { ask, heldBills, untilHeld } from './people.ts';
import { Opened } from './opened.ts';
import { TimedAgent } from './timedAgent.ts';
import { until } from './until.ts';
import { World } from './world.ts';

const simple = (name: string, of: string) => bill(name, of, [line(name, 1, '10.5')]);

const data = (): DataSet => ({
  accounts: [account('at once'), account('by the hour'), account('unmapped')],
  bills: [simple('at once 1', 'at once'), simple('hourly 1', 'by the hour')],
  externalMappings: [mapping('by the hour', 'ACME-2')],
  salesforceAccounts: [salesforceAccount(1, 'at once'), salesforceAccount(2, 'by the hour')],
  integrations: [
    integration('At once', { accountIds: [accountId('at once')] }),
    integration('By the hour', {
      accountIds: ['by the hour', 'unmapped'].map(accountId),
      triggerType: 'SCHEDULE',
      useExternalMappingAccountCode: true,
    }),
  ],
});

const ids = (...names: string[]): string[] => names.map(billId);
/** The org is in London, where it is summer in August: an hour ahead of UTC. */
const clock = new Clock(new Date('2026-08-03T11:20:00Z'), 1);
const opened = new Opened();
let world: World;
let timed: TimedAgent;

before(async () => {
  world = opened.keep(await World.start(data(), { store: 'none', now: clock.now }));
  timed = await TimedAgent.start(world, clock);
  opened.keep({ close: () => timed.close() });
  await untilHeld(world, ids('at once 1', 'hourly 1'));
});
after(() => opened.close());

const runs = async (trigger: string, name: string): Promise<number> => {
  const where = `Trigger__c = '${trigger}' AND Parent_Run__c = null AND Integration__r.Name = '${name}'`;
  return (await world.query(`SELECT Id FROM Integration_Run__c WHERE ${where}`)).length;
};

describe('an integration on a schedule', () => {
  it('sends nothing when m3ter tells of a change, while another one does', async () => {
    await world.addBill(simple('hourly 2', 'by the hour'));
    await world.addBill(simple('at once 2', 'at once'));
    await untilHeld(world, ids('at once 1', 'at once 2', 'hourly 1'));
  });

  it('sends on the full hour, in one Run', async () => {
    clock.skipTo(new Date('2026-08-03T11:59:00Z'));
    await world.addBill(simple('at once 3', 'at once'));
    await untilHeld(world, ids('at once 1', 'at once 2', 'at once 3', 'hourly 1'));
    clock.skipTo(new Date('2026-08-03T12:00:01Z'));
    await untilHeld(world, ids('at once 1', 'at once 2', 'at once 3', 'hourly 1', 'hourly 2'));
    assert.equal(await runs('SCHEDULE', 'By the hour'), 1);
  });

  it('makes up for several hours that were missed once', async () => {
    await timed.close();
    await world.addBill(simple('hourly 3', 'by the hour'));
    clock.skipTo(new Date('2026-08-03T15:30:00Z'));
    timed = await TimedAgent.start(world, clock);
    await untilHeld(world, ids('hourly 1', 'hourly 2', 'hourly 3'), "Integration__r.Name = 'By the hour'");
    await world.addBill(simple('hourly 4', 'by the hour'));
    await world.addBill(simple('at once 4', 'at once'));
    await untilHeld(world, ids('at once 1', 'at once 2', 'at once 3', 'at once 4'), "Integration__r.Name = 'At once'");
    assert.equal(await runs('SCHEDULE', 'By the hour'), 2);
    assert.ok(!(await heldBills(world)).includes(billId('hourly 4')));
  });
});

describe('the daily reconcile', () => {
  it('finds at 3 in the night of the org what no event told of, for both kinds of integrations', async () => {
    clock.skipTo(new Date('2026-08-04T01:58:00Z'));
    await untilHeld(world, ids('hourly 1', 'hourly 2', 'hourly 3', 'hourly 4'), "Integration__r.Name = 'By the hour'");
    // m3ter forgets at once what it would have told.
    await world.m3terFaults({ match: { path: '/events' }, fault: { kind: 'status', status: 404 } });
    await world.addBill(simple('at once 5', 'at once'));
    await world.addBill(simple('hourly 5', 'by the hour'));
    await world.addBill(simple('waits', 'unmapped'));
    await world.play('recalculate', billId('at once 1'));
    await world.play('delete', billId('at once 1'));
    await world.forgetEvents();
    await world.clearFaults();
    const before = (await heldBills(world)).length;
    clock.skipTo(new Date('2026-08-04T02:00:01Z'));
    await until('the Bills', async () => (await heldBills(world)).length === before + 2);
    await untilHeld(world, ids('at once 1'), 'Deleted_In_M3ter__c = true');
    assert.equal(await runs('RECONCILE', 'At once'), 1);
  });

  it('restores with its Line Items what somebody deleted in the org', async () => {
    const lost = `M3ter_Bill_Id__c = '${billId('at once 2')}'`;
    const [record] = await world.query(`SELECT Id FROM Bill__c WHERE ${lost}`);
    await world.salesforce('DELETE', `/sobjects/Bill__c/${String(record?.['Id'])}`);
    clock.skipTo(new Date('2026-08-05T02:00:01Z'));
    await untilHeld(world, ids('at once 2'), `${lost} AND Is_Complete__c = true AND Line_Item_Count__c > 0`);
  });
});

describe('what is older than RETENTION_DAYS', () => {
  const count = async (object: string, where = 'Id != null'): Promise<number> =>
    (await world.query(`SELECT Id FROM ${object} WHERE ${where}`)).length;
  const KEPT = [
    'Account',
    'Sync_Request__c',
    'Bill__c',
    'Bill_Line_Item__c',
    'Integration_Configuration__c',
    'Integration_Credential__c',
  ];

  it('is deleted in the night: Runs and Events, and nothing else', async () => {
    await ask(world, 'SYNC_NOW');
    const old = { runs: await count('Integration_Run__c'), events: await count('Integration_Event__c') };
    assert.ok(old.runs > 10);
    assert.ok(old.events > 0);
    clock.skipTo(new Date('2026-10-20T12:30:00Z'));
    await world.addBill(simple('at once 6', 'at once'));
    await until('the Bill', async () => (await heldBills(world)).includes(billId('at once 6')));
    const kept = await Promise.all(KEPT.map((object) => count(object)));
    const young = 'CreatedDate > 2026-10-01T00:00:00Z';
    const youngRuns = await count('Integration_Run__c', young);
    assert.ok(youngRuns > 0);

    clock.skipTo(new Date('2026-11-22T03:00:01Z'));
    await until(
      'the end of the old ones',
      async () => (await count('Integration_Run__c', 'CreatedDate < 2026-08-24T03:00:00Z')) === 0,
    );
    assert.equal(await count('Integration_Event__c', 'Event_Time__c < 2026-08-24T03:00:00Z'), 0);
    assert.equal(await count('Integration_Run__c', `${young} AND CreatedDate < 2026-11-01T00:00:00Z`), youngRuns);
    assert.deepEqual(await Promise.all(KEPT.map((object) => count(object))), kept);
  });
});

describe("the agent's share of the calls of a day", () => {
  const detail = async (): Promise<string | null | undefined> => (await timed.agent.health()).orgs[0]?.detail;

  const useUp = async (): Promise<void> => {
    await until('rest', async () => (await timed.agent.health()).queue.queued === 0);
    await world.allowCalls(1000, 795);
    await until('the end of the budget', async () =>
      /has used \d+ of its 1000 API calls a day; at 800 the agent stops.*SALESFORCE_API_BUDGET_PERCENT/.test(
        (await detail()) ?? '',
      ),
    );
  };

  it('is asked about again when its time has come, though no Bill waits and the machine slept', async () => {
    await useUp();
    await world.allowCalls(100_000, 10);
    clock.skipTo(new Date('2026-11-22T03:40:00Z'));
    await until('a call', async () => (await detail()) === null);
  });

  it('is kept: at the budget nothing more is called, and it goes on when there is room', async () => {
    await useUp();
    const before = timed.agent.org(world.org.orgId)?.connection.apiCalls;
    await world.addBill(simple('at once 7', 'at once'));
    const looked = clock.now();
    await until('a look at m3ter', async () => {
      const { lastEventsPoll } = (await timed.agent.health()).m3ter;
      return lastEventsPoll !== null && lastEventsPoll > looked;
    });
    assert.equal(timed.agent.org(world.org.orgId)?.connection.apiCalls, before);
    assert.ok(!(await heldBills(world)).includes(billId('at once 7')));
    await world.allowCalls(100_000, 10);
    clock.skipTo(new Date('2026-11-22T04:20:00Z'));
    await until('a call', async () => (await detail()) === null);
    await world.addBill(simple('at once 8', 'at once'));
    await until('the Bill', async () => (await heldBills(world)).includes(billId('at once 8')));
  });
});

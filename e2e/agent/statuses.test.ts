/** Each status of a Run and each name of an Event comes from something real, and its text names cause and remedy. */
import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import type { DataSet } from '../../sandbox/data/model.ts';
import type { JsonRecord } from '../../sandbox/run/records.ts';
import { Clock } from '../engine/clock.ts';
import { account, accountId, bill, billId, integration, line, salesforceAccount } from './builders.ts';
import { Opened } from './opened.ts';
import { heldBills, readIntegration } from './people.ts';
import { Recorder } from '../../sandbox/traffic/recorder.ts';
import { TimedAgent } from './timedAgent.ts';
import { until } from './until.ts';
import { World } from './world.ts';

const simple = (name: string, of = 'liked') => bill(name, of, [line(name, 1, '10.5')]);
const OTHERS = ['unmapped', 'filtered'].map(accountId);

const data = (): DataSet => ({
  accounts: ['liked', 'unmapped', 'filtered'].map((name) => account(name)),
  bills: [],
  externalMappings: [],
  salesforceAccounts: [salesforceAccount(1, 'liked'), salesforceAccount(2, 'filtered')],
  integrations: [
    integration('All Bills', { restrictedAccountIds: OTHERS }),
    integration('Mapped', { accountIds: [accountId('unmapped')], useExternalMappingAccountCode: true }),
    integration('Wrong filter', { accountIds: [accountId('filtered')], accountFilter: 'customFields.tier = gold' }),
  ],
});

const RUN_FIELDS = 'Status__c, Error_Code__c, Error__c, Completed__c, M3ter_Bill_Id__c, Parent_Run__r.Status__c';
/** One attempt after the first, soon. */
const QUEUE = { retryLimit: 1, retryDelaySeconds: 1, retryDelayMaxSeconds: 1 };

describe('the status of a Run', () => {
  const opened = new Opened();
  const statuses = new Set<string>();
  const eventNames = new Set<string>();
  let world: World;
  let salesforce: Recorder;
  let timed: TimedAgent;

  before(async () => {
    // In the middle of an hour, and fast: what waits for minutes is over in seconds.
    const clock = new Clock(new Date('2026-11-22T12:05:00Z'));
    world = opened.keep(await World.start(data(), { store: 'none', now: clock.now }));
    salesforce = opened.keep(await Recorder.before(world.org.instanceUrl));
    timed = opened.keep(await TimedAgent.start(world, clock, { orgUrl: salesforce.url, queue: QUEUE, timeout: 1500 }));
  });
  after(() => opened.close());
  // The queue waits by the clock of the database, which is slow: what one test broke must be over for the next one.
  afterEach(async () => {
    salesforce.swallows = undefined;
    await world.clearFaults();
    await until('the end of the trouble', async () => {
      const { m3ter, orgs } = await timed.agent.health();
      return m3ter.detail === null && orgs.every(({ detail }) => detail === null);
    });
  });

  const untilRun = (status: string, where: string): Promise<JsonRecord> =>
    until(`a Run ${status} with ${where}`, async () => {
      const [run] = await world.query(
        `SELECT ${RUN_FIELDS} FROM Integration_Run__c WHERE Status__c = '${status}' AND ${where}`,
      );
      if (run) statuses.add(status);
      return run;
    });
  const untilChild = (status: string, name: string): Promise<JsonRecord> =>
    untilRun(status, `M3ter_Bill_Id__c = '${billId(name)}'`);
  const untilParent = (status: string): Promise<JsonRecord> => untilRun(status, 'Parent_Run__c = null');

  const untilEvent = (name: string, where = 'Id != null'): Promise<string> =>
    until(`an Event ${name}`, async () => {
      const soql = `SELECT Message__c, Actioned__c FROM Integration_Event__c WHERE Event_Name__c = '${name}' AND ${where}`;
      const [event] = await world.query(soql);
      if (!event) return undefined;
      eventNames.add(name);
      assert.equal(event['Actioned__c'], false);
      return String(event['Message__c']);
    });

  const refuse = (name: string, message: string): Promise<void> =>
    world.faults({
      match: {},
      fault: {
        kind: 'refuse',
        object: 'Bill__c',
        containing: billId(name),
        code: 'FIELD_CUSTOM_VALIDATION_EXCEPTION',
        message,
      },
    });

  it('COMPLETE: the Bill was sent', async () => {
    await world.addBill(simple('fine'));
    const run = await untilChild('COMPLETE', 'fine');
    assert.deepEqual([run['Error_Code__c'], run['Error__c']], [null, null]);
    assert.notEqual(run['Completed__c'], null);
    await untilParent('COMPLETE');
  });

  it('WAITING: the Account of the Bill has no External Mapping', async () => {
    await world.addBill(simple('waits', 'unmapped'));
    const run = await untilChild('WAITING', 'waits');
    assert.match(String(run['Error__c']), new RegExp(`${accountId('unmapped')}.*External Mapping`));
    const message = await untilEvent('integration.missingaccountmapping.error');
    assert.match(message, new RegExp(`${accountId('unmapped')}.*External Mapping`));
  });

  it('none: a filter that is wrong is an Event of the integration, not of each Bill', async () => {
    await world.addBill(simple('filtered 1', 'filtered'));
    await world.addBill(simple('filtered 2', 'filtered'));
    const message = await untilEvent('integration.validation.error');
    assert.match(message, /^FILTER_SYNTAX: The account filter of Wrong filter fails: .*Correct it\./);
    const [count] = await world.query(
      "SELECT COUNT(Id) runs FROM Integration_Run__c WHERE Integration__r.Name = 'Wrong filter' AND Parent_Run__c != null",
    );
    assert.deepEqual(count, { runs: 0 });
  });

  it('ERROR: Salesforce refuses the Bill', async () => {
    await refuse('refused', 'Ours: ask Finance.');
    await world.addBill(simple('refused'));
    const run = await untilChild('ERROR', 'refused');
    assert.equal(run['Error_Code__c'], 'FIELD_CUSTOM_VALIDATION_EXCEPTION');
    assert.match(String(run['Error__c']), /Ours: ask Finance\./);
    const message = await untilEvent('integration.perform.error', `M3ter_Bill_Id__c = '${billId('refused')}'`);
    assert.match(
      message,
      /^FIELD_CUSTOM_VALIDATION_EXCEPTION: .*Ours: ask Finance\. Correct what the rule complains of/,
    );
    await untilParent('ERROR');
  });

  for (const [status, message] of [
    ['ACCOUNTING_PERIOD_CLOSED', 'ACCOUNTING_PERIOD_CLOSED: October is closed.'],
    ['INVOICE_ALREADY_PAID', 'INVOICE_ALREADY_PAID: The invoice of this Bill is paid.'],
  ] as const) {
    it(`${status}: a validation rule of the org says so`, async () => {
      await refuse(status, message);
      await world.addBill(simple(status));
      const run = await untilChild(status, status);
      assert.equal(run['Error_Code__c'], status);
      assert.match(
        await untilEvent('integration.perform.error', `M3ter_Bill_Id__c = '${billId(status)}'`),
        new RegExp(message),
      );
    });
  }

  it('STARTED, AWAITING_RETRY, TIMEOUT_LIMIT_EXCEEDED: Salesforce is silent about a Bill again and again', async () => {
    salesforce.swallows = new RegExp(`sobjects/Bill.*${billId('silent')}`);
    await world.addBill(simple('silent'));
    await untilParent('STARTED');
    const waiting = await untilChild('AWAITING_RETRY', 'silent');
    assert.deepEqual([waiting['Error_Code__c'], waiting['Completed__c']], ['TIMEOUT', null]);
    const run = await untilChild('TIMEOUT_LIMIT_EXCEEDED', 'silent');
    assert.match(String(run['Error__c']), /did not answer .*no answer in time/);
    assert.match(
      await untilEvent('integration.perform.error', `M3ter_Bill_Id__c = '${billId('silent')}'`),
      /^TIMEOUT: /,
    );
  });

  it('RATE_LIMIT_RETRY: m3ter has had enough for now; it is sent when that passes', async () => {
    await world.m3terFaults({
      match: { path: '/bills' },
      fault: { kind: 'status', status: 429, headers: { 'retry-after': '1' } },
    });
    await world.addBill(simple('patient'));
    const run = await untilParent('RATE_LIMIT_RETRY');
    assert.match(String(run['Error__c']), /answered 429.*M3TER_REQUESTS_PER_SECOND/);
    await world.clearFaults();
    await untilChild('COMPLETE', 'patient');
  });

  it('AUTH_FAILED: m3ter refuses the agent', async () => {
    await world.m3terFaults({ match: { path: '/bills' }, fault: { kind: 'status', status: 403 } });
    await world.addBill(simple('forbidden'));
    const run = await untilParent('AUTH_FAILED');
    assert.match(String(run['Error__c']), /answered 403.*Give the Service User the permission config:retrieve/);
    assert.match(await untilEvent('integration.authentication.error'), /403.*permission config:retrieve/);
  });

  it('DISABLED: the integration was disabled meanwhile', async () => {
    const names = Array.from({ length: 12 }, (_, n) => `bad ${n}`);
    for (const name of names) await refuse(name, 'Ours: ask Finance.');
    for (const name of names) await world.addBill(simple(name));
    const run = await untilParent('DISABLED');
    assert.match(String(run['Error__c']), /10 successive errors|was disabled/);
    const message = await untilEvent('integration.disabled.error');
    assert.match(
      message,
      /The integration All Bills was disabled: 10 successive errors.*Remove the causes, then enable it/,
    );
    // The integration itself comes last.
    const isEnabled = async () => (await readIntegration(world, 'All Bills', 'Enabled__c'))['Enabled__c'];
    await until('the end of the integration', async () => (await isEnabled()) === false);
    const held = await heldBills(world);
    assert.deepEqual(
      held.filter((id) => names.map(billId).includes(id)),
      [],
    );
  });

  it('is one of eleven, as the name of an Event is one of five, and all of them happened', async () => {
    const valuesOf = async (object: string, field: string): Promise<string[]> => {
      const { body } = await world.salesforce('GET', `/sobjects/${object}/describe`);
      const { fields } = body as { fields: { name: string; picklistValues: { value: string }[] }[] };
      return (fields.find(({ name }) => name === field)?.picklistValues ?? []).map(({ value }) => value).toSorted();
    };
    assert.deepEqual([...statuses].toSorted(), await valuesOf('Integration_Run__c', 'Status__c'));
    assert.deepEqual([...eventNames].toSorted(), await valuesOf('Integration_Event__c', 'Event_Name__c'));
  });
});

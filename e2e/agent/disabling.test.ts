/** Design section 6: ten successive errors disable an integration, and people enable it again in four ways. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { mailServer } from '../../agent/src/testing/mailServer.ts';
import type { MailServer } from '../../agent/src/testing/mailServer.ts';
import type { DataSet } from '../../sandbox/data/model.ts';
import type { JsonRecord } from '../../sandbox/run/records.ts';
import { account, accountId, bill, billId, integration, line, salesforceAccount } from './builders.ts';
import { LiveAgent } from './liveAgent.ts';
import { Opened } from './opened.ts';
import { ask, changeIntegration, heldBills, integrationId, one, readIntegration, untilHeld } from './people.ts';
import { Recorder } from '../../sandbox/traffic/recorder.ts';
import { until } from './until.ts';
import { World } from './world.ts';

const NAME = 'All Bills';
const STATE = 'Enabled__c, Successive_Errors__c, Disabled_Reason__c, Disabled_At__c';

const data = (): DataSet => ({
  accounts: [account('liked'), account('refused')],
  bills: ['a', 'b', 'c'].map((name) => bill(name, 'liked', [line(name, 1, '1')])),
  externalMappings: [],
  salesforceAccounts: [salesforceAccount(1, 'liked'), salesforceAccount(2, 'refused')],
  integrations: [integration(NAME)],
});

const opened = new Opened();
let world: World;
let salesforce: Recorder;
let m3ter: Recorder;
let mail: MailServer;
let agent: LiveAgent;
let bad = 0;
/** What may stand in no log. */
const secrets = ['hush', 'admin@m3ter-bills.example.com', 'finance@m3ter-bills.example.com', 'Ours: ask Finance'];

before(async () => {
  world = opened.keep(await World.start(data(), { store: 'none' }));
  salesforce = opened.keep(await Recorder.before(world.org.instanceUrl));
  m3ter = opened.keep(await Recorder.before(world.m3ter.baseUrl));
  mail = opened.keep(await mailServer());
  const users = await world.query("SELECT Id FROM User WHERE Alias IN ('admin', 'finance')");
  await changeIntegration(world, NAME, {
    Disabled_Notification_User_Ids__c: users.map((user) => String(user['Id'])).join('\n'),
  });
  const settings = { SALESFORCE_LOGIN_URL: salesforce.url, M3TER_BASE_URL: m3ter.url };
  const smtp = { SMTP_URL: `smtp://agent:hush@127.0.0.1:${mail.port}`, SMTP_FROM: 'agent@example.com' };
  agent = opened.keep(await LiveAgent.start(world, { ...settings, ...smtp, LOG_LEVEL: 'trace' }));
  secrets.push(world.org.clientSecret, world.m3ter.apiSecret, ...world.org.users.map(({ accessToken }) => accessToken));
  await untilHeld(world, ['a', 'b', 'c'].map(billId));
});
after(() => opened.close());

const state = () => readIntegration(world, NAME, STATE);
const untilErrors = (count: number) =>
  until(`${count} successive errors`, async () => (await state())['Successive_Errors__c'] === count);
const untilEnabled = (isEnabled: boolean) =>
  until(`Enabled is ${isEnabled}`, async () => (await state())['Enabled__c'] === isEnabled);

/** From now on Salesforce refuses the Bills of one customer. */
const refuse = (): Promise<void> =>
  world.faults({
    match: {},
    fault: {
      kind: 'refuse',
      object: 'Bill__c',
      containing: accountId('refused'),
      code: 'FIELD_CUSTOM_VALIDATION_EXCEPTION',
      message: 'Ours: ask Finance.',
    },
  });

/** Adds Bills that Salesforce refuses. */
async function addRefused(count: number): Promise<void> {
  for (let n = 0; n < count; n += 1) {
    bad += 1;
    await world.addBill(bill(`bad-${bad}`, 'refused', [line(`bad-${bad}`, 1, '1')]));
  }
}

/** Has ten errors disable the integration, and makes that what happens to Bills afterwards works. */
async function disableByErrors(): Promise<void> {
  await refuse();
  await addRefused(10);
  await untilEnabled(false);
  await world.clearFaults();
}

const allBills = async (): Promise<string[]> => (await world.listM3ter<{ id: string }>('/bills')).map(({ id }) => id);

/** Enabled, with nothing left of the errors before, and all that changed meanwhile is sent. */
async function assertWorksAgain(): Promise<void> {
  await untilHeld(world, await allBills());
  assert.deepEqual(await state(), {
    Enabled__c: true,
    Successive_Errors__c: 0,
    Disabled_Reason__c: null,
    Disabled_At__c: null,
  });
}

const versionOf = async (name: string): Promise<unknown> =>
  (await one(world, `SELECT Source_Version__c FROM Bill__c WHERE M3ter_Bill_Id__c = '${billId(name)}'`))[
    'Source_Version__c'
  ];

describe('an integration with errors', () => {
  it('works on after nine, and a Bill that is sent begins the count anew', async () => {
    await refuse();
    await addRefused(9);
    await untilErrors(9);
    assert.equal((await state())['Enabled__c'], true);
    await world.addBill(bill('d', 'liked', [line('d', 1, '1')]));
    await untilErrors(0);
    assert.equal((await state())['Enabled__c'], true);
    assert.deepEqual(await world.emails(), []);
  });

  it('is disabled by the tenth, with reason, evidence, and mail to those who want to know', async () => {
    await addRefused(12);
    await untilEnabled(false);
    const { Successive_Errors__c: count, Disabled_Reason__c: reason, Disabled_At__c: at } = await state();
    assert.equal(count, 10);
    assert.match(String(reason), /^10 successive errors\. The last one: .*Ours: ask Finance/);
    assert.ok(Date.parse(String(at)) > Date.now() - 60_000);
    const event = await one(
      world,
      "SELECT Message__c, Integration__r.Name FROM Integration_Event__c WHERE Event_Name__c = 'integration.disabled.error'",
    );
    const message = String(event['Message__c']);
    assert.match(message, /The integration All Bills was disabled.*Remove the causes, then enable it/);
    assert.equal(message.match(/^- .*Ours: ask Finance/gm)?.length, 10);
    const emails = await until('the mail', async () => {
      const sent = await world.emails();
      return sent.length > 0 && sent;
    });
    assert.equal(emails.length, 1);
    assert.deepEqual(emails[0]?.to.toSorted(), ['admin@m3ter-bills.example.com', 'finance@m3ter-bills.example.com']);
    assert.match(emails[0]?.body ?? '', /Ours: ask Finance/);
    assert.match(emails[0]?.body ?? '', new RegExp(await integrationId(world, NAME)));
    assert.deepEqual(mail.received, []);
  });

  it('leaves the Runs under way as DISABLED, and each error with its Run', async () => {
    const runs = await until('the end of the Runs', async () => {
      const found = await world.query('SELECT Status__c, Parent_Run__c FROM Integration_Run__c');
      return found.every((run) => !['STARTED', 'WAITING'].includes(String(run['Status__c']))) && found;
    });
    const count = (status: string, isParent: boolean): number =>
      runs.filter((run) => run['Status__c'] === status && (run['Parent_Run__c'] === null) === isParent).length;
    assert.equal(count('ERROR', false), 19);
    assert.ok(count('DISABLED', true) > 0);
  });

  it('makes no more calls, whatever happens to Bills', async () => {
    await until('the end of the calls to m3ter that were under way', async () => {
      salesforce.forget();
      m3ter.forget();
      await until('two looks at the org', async () => Promise.resolve(salesforce.calls.length >= 2));
      return m3ter.calls.length === 0;
    });
    salesforce.forget();
    await world.play('recalculate', billId('a'));
    await world.addBill(bill('e', 'liked', [line('e', 1, '1')]));
    await until('five looks at the org', async () => Promise.resolve(salesforce.calls.length >= 5));
    assert.deepEqual(m3ter.calls, []);
    for (const { method, path, body } of salesforce.calls) {
      // What a person may have done in the org is looked at, in one call; nothing of Bills, Runs or Events.
      assert.equal(`${method} ${path}`, 'POST /services/data/v67.0/composite');
      assert.doesNotMatch(
        body,
        /FROM (Bill__c|Bill_Line_Item__c|Integration_Run__c|Integration_Event__c)|sobjects\/(Bill|Integration)/,
      );
    }
  });
});

describe('a disabled integration', () => {
  before(() => world.clearFaults());

  it('stays disabled for a request while the connection test fails, and says why', async () => {
    const Integration__c = await integrationId(world, NAME);
    const body = { error: 'invalid_client', error_description: 'invalid client credentials' };
    await world.faults({ match: { path: '/services/oauth2/token' }, fault: { kind: 'status', status: 400, body } });
    const { status, text, code } = await ask(world, 'ENABLE_INTEGRATION', { Integration__c });
    assert.deepEqual([status, code], ['FAILED', 'CONNECTION_TEST_FAILED']);
    assert.match(text, /The connection test of integration All Bills failed: .*invalid_client/);
    const { Enabled__c: isEnabled, Disabled_Reason__c: reason } = await state();
    assert.deepEqual([isEnabled, String(reason).slice(0, 20)], [false, '10 successive errors']);
    await world.clearFaults();
  });

  it('is disabled again with the reason when somebody sets the field and m3ter does not answer well', async () => {
    await world.m3terFaults({ match: { path: '/bills' }, fault: { kind: 'status', status: 403 } });
    await changeIntegration(world, NAME, { Enabled__c: true });
    await until('the reason', async () =>
      /It was enabled, but the connection test failed: .*403/.test(String((await state())['Disabled_Reason__c'])),
    );
    assert.equal((await state())['Enabled__c'], false);
    await world.clearFaults();
  });

  it('is enabled by a request, and what changed meanwhile is sent', async () => {
    const before = await versionOf('a');
    const { status, text } = await ask(world, 'ENABLE_INTEGRATION', {
      Integration__c: await integrationId(world, NAME),
    });
    assert.equal(status, 'DONE', text);
    assert.match(text, /^All Bills is enabled\./);
    await assertWorksAgain();
    await until('the recalculated Bill', async () => (await versionOf('a')) !== before);
  });

  it('is enabled by the command line', async () => {
    await disableByErrors();
    const { code, document } = await agent.command(['integration', 'enable', NAME]);
    assert.equal(code, 0);
    assert.equal((document['integration'] as { enabled: boolean }).enabled, true);
    await assertWorksAgain();
  });

  it('is enabled by the Integrations API', async () => {
    await disableByErrors();
    const { document } = await agent.command(['credential', 'add', 'partner', '--type', 'api-client']);
    const { credential, madeSecret } = document as {
      credential: { details: { clientId: string } };
      madeSecret: string;
    };
    const form = new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: credential.details.clientId,
      client_secret: madeSecret,
    });
    const token = await fetch(`${agent.url}/oauth/token`, { method: 'POST', body: form });
    const { access_token: bearer } = (await token.json()) as { access_token: string };
    secrets.push(madeSecret, bearer);
    const id = await integrationId(world, NAME);
    const target = `${agent.url}/organizations/${world.m3ter.orgId}/integrationconfigs/${id}/enable`;
    const answer = await fetch(target, { method: 'POST', headers: { authorization: `Bearer ${bearer}` } });
    assert.equal(answer.status, 200);
    assert.equal(((await answer.json()) as { enabled: boolean }).enabled, true);
    await assertWorksAgain();
  });

  it('is enabled by its field, and tells by the mail server where Salesforce sends no mail', async () => {
    const before = (await world.emails()).length;
    const body = [{ errorCode: 'SINGLE_EMAIL_LIMIT_EXCEEDED', message: 'The daily limit is reached.' }];
    await refuse();
    await world.faults({ match: { path: '/emailSimple' }, fault: { kind: 'status', status: 400, body } });
    await addRefused(10);
    await until('the mail', async () => Promise.resolve(mail.received.length > 0));
    await world.clearFaults();
    assert.deepEqual(mail.to.toSorted(), ['admin@m3ter-bills.example.com', 'finance@m3ter-bills.example.com']);
    assert.equal((await world.emails()).length, before);
    await changeIntegration(world, NAME, { Enabled__c: true });
    await assertWorksAgain();
    assert.equal((await heldBills(world)).length, (await allBills()).length);
  });
});

describe('the log of all this', () => {
  it('tells by ids and codes which Bills failed in which Runs, and no secret, no address and no field of anybody', async () => {
    const log = await agent.close();
    const lines = log
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as JsonRecord);
    const failed = lines.find(({ code }) => code === 'FIELD_CUSTOM_VALIDATION_EXCEPTION');
    assert.match(String(failed?.['billId']), /^[0-9a-f-]{36}$/);
    assert.ok(lines.some(({ msg, runKey }) => msg === 'A batch is finished.' && runKey === failed?.['runKey']));
    for (const secret of secrets) assert.ok(!log.includes(secret), `The log holds ${secret}.`);
  });
});

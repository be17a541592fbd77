/** What people ask on the pages of the org: every type of request ends with a result that a person can read. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { DataSet } from '../../sandbox/data/model.ts';
import { account, accountId, bill, billId, integration, line, mapping, salesforceAccount } from './builders.ts';
import { LiveAgent } from './liveAgent.ts';
import { Opened } from './opened.ts';
import { ask, changeIntegration, create, integrationId, one, readIntegration, untilHeld } from './people.ts';
import type { Ending } from './people.ts';
import { until } from './until.ts';
import { World } from './world.ts';

const simple = (name: string, of: string) => bill(name, of, [line(name, 1, '10.5'), line(name, 2, '0.25')]);

function data(): DataSet {
  const [later, twice] = [accountId('later'), accountId('twice')];
  return {
    accounts: [account('known', { customFields: { tier: 'gold' } }), account('later'), account('twice')],
    bills: [
      simple('first', 'known'),
      simple('second', 'known'),
      simple('waits', 'later'),
      simple('held back', 'twice'),
    ],
    externalMappings: [mapping('twice', 'ACME-1')],
    salesforceAccounts: [salesforceAccount(1, 'known'), salesforceAccount(2, 'later', { M3ter_Account_Id__c: null })],
    integrations: [
      integration('All Bills', { restrictedAccountIds: [later, twice] }),
      integration('Mapped', { accountIds: [later], useExternalMappingAccountCode: true }),
      integration('Switched off', { accountIds: [twice] }),
    ],
  };
}

const opened = new Opened();
let world: World;
let agent: LiveAgent;

before(async () => {
  world = opened.keep(await World.start(data(), { store: 'none' }));
  await changeIntegration(world, 'Switched off', { Enabled__c: false });
  agent = opened.keep(await LiveAgent.start(world));
  await untilHeld(world, ['first', 'second'].map(billId));
});
after(() => opened.close());

const recordOf = async (name: string): Promise<string> =>
  String((await one(world, `SELECT Id FROM Bill__c WHERE M3ter_Bill_Id__c = '${billId(name)}'`))['Id']);

async function done(type: string, fields: object = {}): Promise<Ending> {
  const ending = await ask(world, type, fields);
  assert.deepEqual([ending.status, ending.code], ['DONE', null], ending.text);
  return ending;
}

describe('a request', () => {
  it('SYNC_NOW tells for each integration what became of its Bills', async () => {
    const { text, data: result } = await done('SYNC_NOW', { Integration__c: await integrationId(world, 'All Bills') });
    assert.equal(
      text,
      'All Bills: 4 Bills read, 0 sent, 2 unchanged, 2 skipped (2 restricted), 0 waiting for an Account, 0 failed',
    );
    assert.equal(result?.['isComplete'], true);
    const all = await done('SYNC_NOW');
    assert.match(all.text, /^All Bills: .*\nMapped: 4 Bills read, .*, 1 waiting for an Account, 0 failed/);
  });

  it('DRY_RUN tells what would be sent, also for an integration that is disabled, and writes nothing', async () => {
    const { text } = await done('DRY_RUN', { Integration__c: await integrationId(world, 'Switched off') });
    assert.match(text, /^Switched off: 4 Bills read, 1 would be sent, .*\nNothing was written\.$/);
    const [found] = await world.query(
      `SELECT COUNT(Id) bills FROM Bill__c WHERE M3ter_Bill_Id__c = '${billId('held back')}'`,
    );
    assert.equal(found?.['bills'], 0);
  });

  it('DRY_RUN tells field by field what would change in Bills that Salesforce holds, though they are not sent', async () => {
    await changeIntegration(world, 'All Bills', { Enabled__c: false, Sort_Line_Items_By__c: 'SUBTOTAL' });
    const { text, data: result } = await done('DRY_RUN', { Integration__c: await integrationId(world, 'All Bills') });
    assert.match(text, /^All Bills: 4 Bills read, 2 would be sent/);
    const moved = (name: string, before: string, after: string) => ({
      line: name,
      kind: 'changed',
      fields: [{ field: 'Position__c', before, after }],
    });
    const bills = result?.['bills'] as Array<{ billId: string; exists: boolean; fields: object[]; lines: object }>;
    const first = bills.find((each) => each.billId === billId('first'));
    const names = (data().bills[0]?.lineItems ?? []).map(({ description }) => description ?? '');
    assert.deepEqual(
      [first?.exists, first?.fields, first?.lines],
      [
        true,
        [],
        {
          ...{ added: 0, changed: 2, removed: 0 },
          first: [moved(names[1] ?? '', '2', '1'), moved(names[0] ?? '', '1', '2')],
        },
      ],
    );
    await changeIntegration(world, 'All Bills', { Enabled__c: true, Sort_Line_Items_By__c: 'NONE' });
  });

  it('DRY_RUN with draft settings tells what they change, though nothing is saved', async () => {
    const draft = { restrictedAccountIds: [accountId('known'), accountId('later')] };
    const { text, data: result } = await done('DRY_RUN', {
      Integration__c: await integrationId(world, 'All Bills'),
      Draft_Settings__c: JSON.stringify(draft),
    });
    assert.match(text, /^All Bills: 4 Bills read, 1 would be sent, .*, 3 skipped \(3 restricted\)/);
    assert.match(text, /let 1 Bill through newly, and 2 Bills no longer\./);
    const bills = result?.['bills'] as Array<{ billId: string; outcome: string; letThrough: string | null }>;
    assert.deepEqual(
      new Map(bills.map(({ billId: id, outcome, letThrough }) => [id, [outcome, letThrough]])),
      new Map([
        [billId('first'), ['skip', 'noLonger']],
        [billId('second'), ['skip', 'noLonger']],
        [billId('held back'), ['send', 'newly']],
        [billId('waits'), ['skip', null]],
      ]),
    );
    const kept = await readIntegration(world, 'All Bills', 'Restricted_Account_Ids__c');
    assert.deepEqual(String(kept['Restricted_Account_Ids__c']).split('\n'), [accountId('later'), accountId('twice')]);
    const after = await done('SYNC_NOW', { Integration__c: await integrationId(world, 'All Bills') });
    assert.match(after.text, /0 sent, 2 unchanged/);
  });

  it('PREVIEW_FILTER tells which Accounts match, and why one does not', async () => {
    const { text, data: result } = await done('PREVIEW_FILTER', { Account_Filter__c: 'customFields.tier == gold' });
    assert.equal(text, '1 of 3 m3ter Accounts are let through.');
    assert.deepEqual(
      (result?.['accounts'] as { code: string }[]).map(({ code }) => code),
      ['known'],
    );
    const asked = { Account_Filter__c: 'customFields.tier == gold', M3ter_Account_Id__c: accountId('later') };
    assert.match((await done('PREVIEW_FILTER', asked)).text, new RegExp(`${accountId('later')} does not satisfy`));
    const own = await done('PREVIEW_FILTER', { Integration__c: await integrationId(world, 'All Bills') });
    assert.equal(own.text, '1 of 3 m3ter Accounts are let through.');
  });

  it('PREVIEW_FILTER tells which custom fields a filter can ask for', async () => {
    const { data: result } = await done('PREVIEW_FILTER', { Account_Filter__c: 'true' });
    assert.deepEqual(result?.['customFields'], [{ name: 'tier', accounts: 1, examples: ['gold'] }]);
  });

  it('SUGGEST_ACCOUNTS tells when every Bill has its Account', async () => {
    assert.equal((await done('SUGGEST_ACCOUNTS')).text, 'Every Bill has its Account.');
  });

  it('RESEND_BILL writes one Bill again though nothing changed', async () => {
    const Bill__c = await recordOf('first');
    const before = await one(world, `SELECT SystemModstamp FROM Bill__c WHERE Id = '${Bill__c}'`);
    const { text } = await done('RESEND_BILL', { Bill__c, Integration__c: await integrationId(world, 'All Bills') });
    assert.equal(text, `Bill ${billId('first')}, All Bills: sent. Sent with 2 Line Items.`);
    assert.notDeepEqual(await one(world, `SELECT SystemModstamp FROM Bill__c WHERE Id = '${Bill__c}'`), before);
    assert.match((await done('RESEND_BILL', { External_Id__c: billId('second') })).text, /: sent\. Sent with 2/);
  });

  it('OPEN_STATEMENT gives the address of the statement that m3ter has made, which nobody logs', async () => {
    await world.callM3ter('POST', `/bills/${billId('first')}/statement/csv`);
    const { text, data: result } = await done('OPEN_STATEMENT', { Bill__c: await recordOf('first') });
    assert.match(text, /^The CSV statement of Bill \S+ is ready\.$/);
    const statement = await fetch(String(result?.['address']));
    assert.match(await statement.text(), /^lineItemType,description/);
    const { signature } = Object.fromEntries(new URL(String(result?.['address'])).searchParams);
    assert.ok(signature);
    assert.doesNotMatch(agent.log, new RegExp(signature));
  });

  it('REPLAY_RUN sends the Bills of a Run again, in a Run that names the first one', async () => {
    const run = await one(
      world,
      "SELECT Id, Parent_Run__c FROM Integration_Run__c WHERE Parent_Run__c != null AND Status__c = 'COMPLETE'",
    );
    const { text } = await done('REPLAY_RUN', { Run__c: run['Parent_Run__c'] });
    assert.match(text, /: sent\. Sent with 2 Line Items\./);
    const replay = await until('the Run of the replay', async () => {
      const [found] = await world.query(
        `SELECT Status__c FROM Integration_Run__c WHERE Replayed_From__c = '${String(run['Parent_Run__c'])}'`,
      );
      return found?.['Status__c'] === 'COMPLETE';
    });
    assert.ok(replay);
  });

  it('CREATE_EXTERNAL_MAPPING maps an Account in m3ter, and what waited is sent', async () => {
    const Account__c = (await one(world, "SELECT Id FROM Account WHERE Name = 'later'"))['Id'];
    const { text } = await done('CREATE_EXTERNAL_MAPPING', { M3ter_Account_Id__c: accountId('later'), Account__c });
    assert.equal(
      text,
      `m3ter Account ${accountId('later')} is mapped to ${String(Account__c)}. Bills that waited for it are sent now.`,
    );
    await untilHeld(world, ['first', 'second', 'waits'].map(billId));
    const mappings = await world.listM3ter<{ externalId: string }>(`/externalmappings?m3terIds=${accountId('later')}`);
    assert.deepEqual(
      mappings.map(({ externalId }) => externalId),
      [Account__c],
    );
  });

  it('TEST_CREDENTIAL signs in', async () => {
    const credential = await one(
      world,
      "SELECT Id FROM Integration_Credential__c WHERE Credential_Key__c = 'environment'",
    );
    const { data: result } = await done('TEST_CREDENTIAL', { Credential__c: credential['Id'] });
    assert.deepEqual([result?.['status'], result?.['orgId']], ['working', world.org.orgId]);
  });

  it('ENABLE_INTEGRATION tests the connection, enables, and what it lets through is sent', async () => {
    const { text } = await done('ENABLE_INTEGRATION', { Integration__c: await integrationId(world, 'Switched off') });
    assert.match(text, /^Switched off is enabled\. /);
    await untilHeld(world, ['first', 'second', 'waits', 'held back'].map(billId));
    assert.equal((await readIntegration(world, 'Switched off', 'Enabled__c'))['Enabled__c'], true);
  });
});

describe('a request that cannot be fulfilled says what is wrong and what to do', () => {
  let stranger: string;
  before(async () => {
    stranger = await create(world, 'Integration_Credential__c', {
      Name: 'elsewhere',
      Credential_Key__c: 'elsewhere',
      Type__c: 'OAUTH_JWT_BEARER',
      Destination__c: 'SALESFORCE',
      Status__c: 'WORKING',
    });
    await create(world, 'Integration_Configuration__c', { Name: 'No credential', Enabled__c: true });
  });

  async function failed(type: string, fields: object, code: string, text: RegExp): Promise<void> {
    const ending = await ask(world, type, fields);
    assert.deepEqual([ending.status, ending.code], ['FAILED', code], ending.text);
    assert.match(ending.text, text);
  }

  const cases: Array<[what: string, type: string, fields: object, code: string, text: RegExp]> = [
    ['names no Bill', 'RESEND_BILL', {}, 'INCOMPLETE_REQUEST', /names no Bill\. Make a new one with a Bill/],
    ['names no Run', 'REPLAY_RUN', {}, 'INCOMPLETE_REQUEST', /names no Run/],
    ['names no credential', 'TEST_CREDENTIAL', {}, 'INCOMPLETE_REQUEST', /names no credential/],
    ['names no integration', 'ENABLE_INTEGRATION', {}, 'INCOMPLETE_REQUEST', /names no integration/],
    ['names no m3ter Account', 'CREATE_EXTERNAL_MAPPING', {}, 'INCOMPLETE_REQUEST', /names no m3ter Account id/],
    [
      'names a Bill that nobody has',
      'RESEND_BILL',
      { External_Id__c: 'INV-0000' },
      'NOT_FOUND',
      /Neither Salesforce nor m3ter has a Bill INV-0000\./,
    ],
    [
      'has a filter that does not parse',
      'PREVIEW_FILTER',
      { Account_Filter__c: 'customFields.tier = gold' },
      'FILTER_SYNTAX',
      /The filter does not parse at character \d+: /,
    ],
    [
      'opens a statement that m3ter has not made',
      'OPEN_STATEMENT',
      { External_Id__c: billId('second') },
      'NO_STATEMENT',
      /m3ter has made no statement of Bill .*\. Make one in m3ter, then ask again\./,
    ],
    [
      'previews settings that are none',
      'DRY_RUN',
      { Draft_Settings__c: '{"sort":"NONE"}' },
      'DRAFT_SETTINGS',
      /do not fit: .*Ask again on the page of the integration/,
    ],
    [
      'asks a filter about an Account that m3ter does not have',
      'PREVIEW_FILTER',
      { Account_Filter__c: 'name == x', M3ter_Account_Id__c: 'nobody' },
      'NOT_FOUND',
      /There is no m3ter Account nobody\./,
    ],
    [
      'maps an Account that m3ter does not have',
      'CREATE_EXTERNAL_MAPPING',
      { M3ter_Account_Id__c: accountId('nobody'), External_Id__c: 'ACME-1' },
      'NOT_FOUND',
      /m3ter has no Account .* Give the Account's id, not its code\./,
    ],
    [
      'maps to an Account that Salesforce does not have',
      'CREATE_EXTERNAL_MAPPING',
      { M3ter_Account_Id__c: accountId('known'), External_Id__c: 'ACME-999' },
      'NOT_FOUND',
      /No Account in Salesforce has the record id or Account number ACME-999\./,
    ],
    [
      'maps an Account that is mapped already',
      'CREATE_EXTERNAL_MAPPING',
      { M3ter_Account_Id__c: accountId('twice'), External_Id__c: 'ACME-1' },
      'ALREADY_MAPPED',
      /is mapped to ACME-1 already, .* Change or delete it in m3ter first\./,
    ],
  ];
  for (const [what, ...request] of cases) it(`when it ${what}`, () => failed(...request));

  it('when its credential is not one of the agent', () =>
    failed('TEST_CREDENTIAL', { Credential__c: stranger }, 'CREDENTIAL', /There is no credential elsewhere/));

  it('when its integration is disabled', async () => {
    await changeIntegration(world, 'Switched off', { Enabled__c: false });
    const Integration__c = await integrationId(world, 'Switched off');
    await failed(
      'SYNC_NOW',
      { Integration__c },
      'BILLS_FAILED',
      /Integration Switched off is disabled\. Enable it on its page in Salesforce, or: m3ter-bills integration enable/,
    );
  });

  it('when its integration has no credential', async () => {
    const Integration__c = await integrationId(world, 'No credential');
    await failed(
      'ENABLE_INTEGRATION',
      { Integration__c },
      'NO_CREDENTIAL',
      /Integration No credential has no credential\./,
    );
    const text =
      /Integration No credential has no credential\. Choose one on its page in Salesforce, or: m3ter-bills integration connect "No credential"/;
    await failed('SYNC_NOW', { Integration__c }, 'BILLS_FAILED', text);
  });

  it('when Salesforce refuses the Bill', async () => {
    await world.faults({
      match: {},
      fault: {
        kind: 'refuse',
        object: 'Bill__c',
        code: 'FIELD_CUSTOM_VALIDATION_EXCEPTION',
        message: 'Ours: ask Finance.',
      },
    });
    const fields = { Bill__c: await recordOf('first'), Integration__c: await integrationId(world, 'All Bills') };
    await failed('RESEND_BILL', fields, 'BILLS_FAILED', /All Bills: failed\. .*Ours: ask Finance/);
    await world.clearFaults();
  });

  it('when m3ter refuses the agent', async () => {
    await world.m3terFaults({ match: { path: '/accounts' }, fault: { kind: 'status', status: 403 } });
    await failed(
      'PREVIEW_FILTER',
      { Account_Filter__c: '' },
      'M3TER_AUTHENTICATION',
      /403.*Give the Service User the permission config:retrieve/,
    );
    await world.clearFaults();
  });
});

/** One agent, two orgs: each Bill goes to the org of its country, and an org that is down stops nobody. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { DataSet } from '../../sandbox/data/model.ts';
import { startOrg } from '../../sandbox/org/server.ts';
import type { LocalOrg } from '../../sandbox/org/server.ts';
import { queryAll } from '../../sandbox/run/records.ts';
import { SOURCE_DIRS } from '../../sandbox/run/system.ts';
import { account, bill, billId, integration, line, salesforceAccount } from './builders.ts';
import { LiveAgent } from './liveAgent.ts';
import { Opened } from './opened.ts';
import { one, untilHeld } from './people.ts';
import type { OrgDesk } from './people.ts';
import { until } from './until.ts';
import { World } from './world.ts';

const COUNTRIES = ['UK', 'US'] as const;
type Country = (typeof COUNTRIES)[number];

const billsOf = (country: Country): string[] => [1, 2].map((n) => billId(`${country} ${n}`));

/** What m3ter has, and one org with the Account and the integration of its country. */
const data = (country: Country): DataSet => ({
  accounts: COUNTRIES.map((each) => account(each, { address: { country: each } })),
  bills: COUNTRIES.flatMap((each) => [1, 2].map((n) => bill(`${each} ${n}`, each, [line(`${each} ${n}`, 1, `${n}`)]))),
  externalMappings: [],
  salesforceAccounts: [salesforceAccount(1, country)],
  integrations: [integration('All Bills', { accountFilter: `address.country == ${country}` })],
});

describe('an agent with two orgs', () => {
  const opened = new Opened();
  let world: World;
  let american: LocalOrg;
  let orgs: Record<Country, OrgDesk>;
  let agent: LiveAgent;

  before(async () => {
    world = opened.keep(await World.start(data('UK'), { store: 'none' }));
    const organization = { number: 2, name: 'US', timeZone: 'America/New_York' };
    american = opened.keep(await startOrg({ port: 0, sourceDirs: SOURCE_DIRS, dataSet: data('US'), organization }));
    const { instanceUrl, accessToken } = american;
    const salesforce = async (method: string, target: string, body?: unknown) => {
      const response = await fetch(`${instanceUrl}/services/data/v67.0${target}`, {
        method,
        headers: { authorization: `Bearer ${accessToken}`, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
      return { status: response.status, body: undefined, headers: response.headers };
    };
    orgs = { UK: world, US: { query: (soql) => queryAll(american, soql), salesforce } };
    const nothing = { SALESFORCE_LOGIN_URL: undefined, SALESFORCE_CLIENT_ID: undefined };
    agent = opened.keep(await LiveAgent.start(world, { ...nothing, SALESFORCE_CLIENT_SECRET: undefined }));
  });
  after(() => opened.close());

  const addCredential = (name: string, { instanceUrl, clientId }: LocalOrg, secret: string) => {
    const words = ['credential', 'add', name, '--type', 'client-credentials'];
    return agent.command([...words, '--login-url', instanceUrl, '--client-id', clientId], `${secret}\n`);
  };

  /** Chooses a credential on the page of the org's integration, once the org knows its name. */
  async function choose(org: OrgDesk, key: string): Promise<void> {
    const credential = await until(`credential ${key} in the org`, async () => {
      const soql = `SELECT Id, Status__c FROM Integration_Credential__c WHERE Credential_Key__c = '${key}'`;
      return (await org.query(soql))[0];
    });
    assert.equal(credential['Status__c'], 'WORKING');
    const { Id } = await one(org, 'SELECT Id FROM Integration_Configuration__c');
    const fields = { Credential__c: credential['Id'] };
    const { status } = await org.salesforce('PATCH', `/sobjects/Integration_Configuration__c/${String(Id)}`, fields);
    assert.equal(status, 204);
  }

  it('keeps a credential for each, whose secrets come from stdin and are never shown again', async () => {
    for (const [name, org] of [
      ['british', world.org],
      ['american', american],
    ] as const) {
      const { code, document } = await addCredential(name, org, org.clientSecret);
      assert.equal(code, 0);
      assert.equal((document['test'] as { orgId: string }).orgId, org.orgId);
      assert.ok(!JSON.stringify(document).includes(org.clientSecret));
    }
    const { document } = await agent.command(['credential', 'list']);
    const { credentials } = document as { credentials: { name: string }[] };
    assert.deepEqual(credentials.map(({ name }) => name).toSorted(), ['american', 'british', 'environment-m3ter']);
    const wrong = await addCredential('wrong', american, 'not the secret');
    assert.equal(wrong.code, 3);
    assert.match(JSON.stringify(wrong.document), /refuses the credentials: invalid_client/);
    assert.equal((await agent.command(['credential', 'remove', 'wrong'])).code, 0);
  });

  it('sends each Bill to the org of its country, and to no other', async () => {
    await choose(orgs.UK, 'british');
    await choose(orgs.US, 'american');
    for (const country of COUNTRIES) {
      await untilHeld(orgs[country], billsOf(country));
      const linked = `SELECT COUNT(Id) bills FROM Bill__c WHERE Account__r.Name = '${country}'`;
      assert.deepEqual(await one(orgs[country], linked), { bills: 2 });
    }
    const { document } = await agent.command(['integration', 'list']);
    const { integrations } = document as { integrations: { name: string; orgId: string; isReady: boolean }[] };
    assert.deepEqual(
      integrations.map(({ orgId, isReady }) => [orgId, isReady]).toSorted(),
      [world.org.orgId, american.orgId].map((orgId) => [orgId, true]).toSorted(),
    );
  });

  it('asks which org is meant where a name fits both', async () => {
    const { code, document } = await agent.command(['integration', 'show', 'All Bills']);
    assert.equal(code, 2);
    assert.match(JSON.stringify(document), /2 integrations are called All Bills: .*--org/);
    const named = await agent.command(['integration', 'show', 'All Bills', '--org', 'american']);
    assert.equal((named.document['integration'] as { orgId: string }).orgId, american.orgId);
  });

  it('serves one while the other is down, says so, and catches up when it is back', async () => {
    await world.faults({ match: {}, fault: { kind: 'status', status: 503 } });
    const more = COUNTRIES.map((country) => bill(`${country} 3`, country, [line(`${country} 3`, 1, '3')]));
    for (const each of more) await world.addBill(each);
    await untilHeld(orgs.US, [...billsOf('US'), billId('US 3')]);
    await until('the trouble', async () => {
      const { document } = await agent.command(['status']);
      const states = document['orgs'] as { orgId: string; isConnected: boolean; detail: string | null }[];
      const british = states.find(({ orgId }) => orgId === world.org.orgId);
      const isOtherWell = states.find(({ orgId }) => orgId === american.orgId)?.isConnected;
      return british?.isConnected === false && /503/.test(british.detail ?? '') && isOtherWell;
    });
    await world.clearFaults();
    await untilHeld(orgs.UK, [...billsOf('UK'), billId('UK 3')]);
  });
});

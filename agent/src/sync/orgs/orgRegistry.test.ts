import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { CredentialInput } from '../../rules/controlRecords.ts';
import { SalesforceAuthenticationError, SalesforceError } from '../../salesforce/errors.ts';
import { testRuntime } from '../../testing/testRuntime.ts';
import { OrgRegistry } from './orgRegistry.ts';
import { facts } from '../testing.ts';
import type { OrgCredential } from '../types.ts';

const OBJECTS = { sobjects: [{ name: 'Bill__c' }, { name: 'Bill_Line_Item__c' }] };
const ORGANIZATION = { done: true, records: [{ Id: 'x', TimeZoneSidKey: 'Europe/London' }] };

/** Credentials whose orgs a test decides: an org id, or the error of the sign-in. */
function registryOf(orgs: Record<string, string | Error>, store = facts()) {
  const runtime = testRuntime();
  const tries: string[] = [];
  const revisions: Record<string, string> = {};
  const credential = (name: string): OrgCredential => ({
    name,
    type: 'OAUTH_CLIENT_CREDENTIALS',
    myDomain: `https://${name}.my.salesforce.com`,
    revision: revisions[name] ?? '1',
    connect: () =>
      ({
        apiCalls: 0,
        orgId: () => {
          tries.push(name);
          const org = orgs[name] ?? new Error('gone');
          return typeof org === 'string' ? Promise.resolve(org) : Promise.reject(org);
        },
        request: (_method: string, path: string) => Promise.resolve(path === '/sobjects' ? OBJECTS : ORGANIZATION),
        retrying: (work: () => Promise<unknown>) => work(),
      }) as never,
  });
  const credentials = () => Promise.resolve(Object.keys(orgs).map(credential));
  const registry = new OrgRegistry({ credentials, facts: store, runtime });
  return { registry, runtime, tries, orgs, revisions, store };
}

const refused = new SalesforceAuthenticationError('refused');
const away = new SalesforceError('NETWORK', 'away', 'transient');

describe('the orgs of all credentials', () => {
  it('are reached one without the other, and each problem is told', async () => {
    const { registry } = registryOf({ uk: 'org-uk', us: refused, de: away });
    assert.deepEqual(
      (await registry.connect()).map(({ orgId, timeZone }) => [orgId, timeZone]),
      [['org-uk', 'Europe/London']],
    );
    const states = registry.states().map((state) => ('error' in state ? state.error.message : state.org.orgId));
    assert.deepEqual(states, ['org-uk', 'refused', 'away']);
  });

  it('are tried again later each time, and at once when somebody asks', async () => {
    const { registry, runtime, tries, orgs } = registryOf({ us: away });
    await registry.connect();
    await registry.connect();
    assert.equal(tries.length, 1);
    await runtime.sleep(1000);
    await registry.connect();
    assert.equal(tries.length, 2);
    await registry.connect(true);
    assert.equal(tries.length, 3);
    orgs['us'] = 'org-us';
    await registry.connect(true);
    assert.equal(registry.session('org-us')?.credentialName, 'us');
  });

  it('have one session for two credentials, and both serve integrations', async () => {
    const { registry } = registryOf({ main: 'org', other: 'org' });
    assert.equal((await registry.connect()).length, 1);
    assert.deepEqual(
      [...registry.credentialsOf('org')],
      [
        ['main', 'working'],
        ['other', 'working'],
      ],
    );
  });

  it('know a refused credential of theirs after a restart', async () => {
    const { registry, store } = registryOf({ main: 'org', other: 'org' });
    await registry.connect();
    const later = registryOf({ main: 'org', other: refused }, store);
    await later.registry.connect();
    assert.equal(later.registry.credentialsOf('org').get('other'), 'rejected');
  });

  it('are signed in to anew when a credential was replaced, and forgotten when it was removed', async () => {
    const { registry, orgs, revisions, tries } = registryOf({ main: 'org' });
    await registry.connect();
    const before = registry.session('org');
    revisions['main'] = '2';
    await registry.connect();
    assert.notEqual(registry.session('org'), before);
    assert.equal(tries.length, 2);
    delete orgs['main'];
    await registry.connect();
    assert.equal(registry.session('org'), undefined);
  });

  it('are told once of the credentials that lead to them, and of nothing else', async () => {
    const { registry } = registryOf({ main: 'org', other: 'another' });
    await registry.connect();
    const session = registry.session('org');
    assert.ok(session);
    const told: CredentialInput[] = [];
    Object.assign(session, {
      control: { upsertCredentials: (rows: CredentialInput[]) => Promise.resolve((told.push(...rows), [])) },
    });
    await registry.tellCredentials(session);
    await registry.tellCredentials(session);
    assert.deepEqual(
      told.map(({ key, status, myDomain }) => [key, status, myDomain]),
      [['main', 'WORKING', 'https://main.my.salesforce.com']],
    );
  });
});

import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { describe, it } from 'node:test';
import { SalesforceAuthenticationError, SalesforceError } from '../salesforce/errors.ts';
import { credentialOf } from '../vault/credential.ts';
import { Credentials } from '../vault/credentials.ts';
import { KeyRing } from '../vault/key.ts';
import { memoryRows } from '../vault/testing.ts';
import { Vault } from '../vault/vault.ts';
import { CredentialDesk, type SignIn } from './credentialDesk.ts';
import { credentialOperations } from './credentials.ts';
import { OperationError } from './errors.ts';
import { configured, fakeEngine, fakeOrg, ORG_ID } from './testing.ts';

const loginUrl = 'https://acme.my.salesforce.com';

function setUp(signIn: Partial<SignIn> = {}) {
  const org = fakeOrg();
  const engine = fakeEngine([org]);
  const keys = new KeyRing({ current: randomBytes(32).toString('base64'), previous: undefined }, undefined);
  const environment = [credentialOf('m3terServiceUser', 'environment', { apiKey: 'key' }, { apiSecret: 'hush' })];
  const credentials = new Credentials(
    { environmentCredentials: environment, m3terOrgId: 'org' },
    new Vault(memoryRows(), keys),
    engine.runtime,
  );
  const desk = new CredentialDesk({
    credentials,
    signIn: { salesforce: () => Promise.resolve(ORG_ID), m3ter: () => Promise.resolve(), ...signIn },
    runtime: engine.runtime,
    knownOrgs: () => engine.states,
  });
  return { org, engine, credentials, operations: credentialOperations({ engine, credentials, desk }) };
}

const production = {
  name: 'production',
  type: 'clientCredentials' as const,
  loginUrl,
  clientId: 'app',
  secret: 'hush-1234567890',
};

describe('credentials', () => {
  it('are kept, tested, told to their org by name, type and status, and never shown', async () => {
    const { operations, org } = setUp();
    const { credential, test } = await operations.addCredential(production);
    assert.equal(test?.status, 'working');
    assert.deepEqual(credential.details, { loginUrl, clientId: 'app' });
    const [told] = org.told;
    assert.deepEqual(
      [told?.key, told?.type, told?.status, told?.myDomain],
      ['production', 'OAUTH_CLIENT_CREDENTIALS', 'WORKING', loginUrl],
    );
    const all = JSON.stringify([credential, test, await operations.credentials({}), org.told]);
    assert.doesNotMatch(all, /hush/);
  });

  it('are kept though the org refuses them, and it says so', async () => {
    const { operations } = setUp({
      salesforce: () => Promise.reject(new SalesforceAuthenticationError('invalid_client')),
    });
    const { test } = await operations.addCredential(production);
    assert.deepEqual([test?.status, test?.message], ['rejected', 'invalid_client']);
    assert.equal((await operations.credentials({})).credentials.length, 2);
  });

  it('of m3ter are told to every org', async () => {
    const { operations, org } = setUp();
    assert.equal((await operations.testCredential({ credential: 'environment' })).status, 'working');
    assert.deepEqual(
      org.told.map(({ key, type, destination }) => [key, type, destination]),
      [['environment', 'M3TER_SERVICE_USER', 'M3TER']],
    );
  });

  it('that cannot be tested now are neither working nor refused', async () => {
    const away = new SalesforceError('NETWORK', 'Nobody answers.', 'transient');
    const { operations } = setUp({ salesforce: () => Promise.reject(away) });
    const { test } = await operations.addCredential(production);
    assert.deepEqual([test?.status, test?.message], ['failed', 'Nobody answers.']);
  });

  it('of clients of the API get a secret that is shown once', async () => {
    const { operations, org, credentials } = setUp();
    const { madeSecret, credential, test } = await operations.addCredential({ name: 'partner', type: 'apiClient' });
    assert.equal(test, null);
    assert.ok(await credentials.apiClient(credential.details['clientId'] ?? '', madeSecret ?? ''));
    assert.deepEqual(org.told, []);
    const rotated = await operations.rotateCredential({ name: 'partner' });
    assert.notEqual(rotated.madeSecret, madeSecret);
  });

  it('keep the old secret when the new one does not work', async () => {
    let isGood = true;
    const signIn = () => (isGood ? Promise.resolve(ORG_ID) : Promise.reject(new SalesforceAuthenticationError('No.')));
    const { operations, credentials } = setUp({ salesforce: signIn });
    await operations.addCredential(production);
    isGood = false;
    const rotating = operations.rotateCredential({ name: 'production', secret: 'other-1234567890' });
    await assert.rejects(
      rotating,
      (error: OperationError) => error.kind === 'authentication' && /old one is kept/.test(error.message),
    );
    const kept = await credentials.get('production');
    assert.deepEqual({ ...kept.secret }, { clientSecret: 'hush-1234567890' });
    isGood = true;
    await operations.rotateCredential({ name: 'production', secret: 'other-1234567890' });
    assert.deepEqual({ ...(await credentials.get('production')).secret }, { clientSecret: 'other-1234567890' });
  });

  it('are not removed under an integration that uses them, unless forced', async () => {
    const { operations, org } = setUp();
    await operations.addCredential(production);
    await assert.rejects(operations.removeCredential({ name: 'production' }), /used by All Bills/);
    org.integrations = [configured({ enabled: false })];
    await operations.removeCredential({ name: 'production' });
    assert.deepEqual(
      [org.told.at(-1)?.status, org.told.at(-1)?.statusMessage],
      ['UNTESTED', 'The agent does not have this credential any more.'],
    );
    await operations.addCredential(production);
    org.integrations = [configured()];
    assert.deepEqual(await operations.removeCredential({ name: 'production', force: true }), { removed: 'production' });
  });

  it('of the environment are not removed, and no org is told that they were', async () => {
    const { operations, org } = setUp();
    await assert.rejects(
      operations.removeCredential({ name: 'environment', force: true }),
      /comes from the environment/,
    );
    assert.deepEqual(org.told, []);
  });
});

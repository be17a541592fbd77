import assert from 'node:assert/strict';
import { createVerify, generateKeyPairSync } from 'node:crypto';
import { afterEach, describe, it } from 'node:test';
import { SetupError } from '../errors.ts';
import { scriptedServer, type ScriptedAnswer } from '../testing/scriptedServer.ts';
import { testRuntime } from '../testing/testRuntime.ts';
import { SalesforceConnection, type SalesforceOptions } from './connection.ts';
import { SalesforceAuthenticationError, SalesforceError } from './errors.ts';
import { calls, connect, CREDENTIALS, isSignIn, ORG_ID, scene, signIns } from './testing.ts';

afterEach(() => scene.server.close());

describe('signing in to Salesforce', () => {
  it('sends client credentials and learns the org', async () => {
    const connection = await connect(() => ({}));
    assert.equal(await connection.orgId(), ORG_ID);
    assert.equal(await connection.userId(), '005000000000001AAA');
    assert.equal(await connection.origin(), scene.server.url);
    const form = new URLSearchParams(signIns()[0]?.body);
    assert.equal(form.get('grant_type'), 'client_credentials');
    assert.deepEqual([form.get('client_id'), form.get('client_secret')], ['app', 'hush']);
    assert.equal(connection.apiCalls, 0);
  });

  it('sends a signed assertion for JWT bearer', async () => {
    const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    const connection = await connect(() => ({}), {
      credentials: { kind: 'jwtBearer', clientId: 'app', username: 'agent@example.com', privateKey: pem },
    });
    await connection.orgId();
    const form = new URLSearchParams(signIns()[0]?.body);
    assert.equal(form.get('grant_type'), 'urn:ietf:params:oauth:grant-type:jwt-bearer');
    assert.equal(form.get('client_secret'), null);
    const [header = '', claims = '', signature = ''] = (form.get('assertion') ?? '').split('.');
    assert.ok(createVerify('RSA-SHA256').update(`${header}.${claims}`).verify(publicKey, signature, 'base64url'));
    assert.deepEqual(JSON.parse(Buffer.from(claims, 'base64url').toString()), {
      iss: 'app',
      sub: 'agent@example.com',
      aud: scene.server.url,
      exp: scene.runtime.time.getTime() / 1000 + 180,
    });
  });

  it('names the setting when the private key is none', async () => {
    const connection = await connect(() => ({}), {
      credentials: { kind: 'jwtBearer', clientId: 'app', username: 'agent@example.com', privateKey: 'no key' },
    });
    await assert.rejects(connection.orgId(), /SALESFORCE_JWT_KEY_FILE/);
  });

  it('does not hand its session to an address that is not the org', async () => {
    const connection = await connect(() => ({}), {}, 'https://salesforce.com.evil.example');
    await assert.rejects(connection.orgId(), SetupError);
    assert.deepEqual(calls(), []);
  });

  it('asks whose session it is when signing in did not tell', async () => {
    scene.server = await scriptedServer(({ url }) => ({
      body: isSignIn({ url })
        ? { access_token: 'session', instance_url: scene.server.url, id: `${scene.server.url}/id/${ORG_ID}/` }
        : { user_id: '005000000000002AAA' },
    }));
    const options = { loginUrl: scene.server.url, credentials: CREDENTIALS, concurrency: 4 };
    assert.equal(await new SalesforceConnection(options, testRuntime()).userId(), '005000000000002AAA');
    assert.equal(calls()[0]?.url, '/services/oauth2/userinfo');
  });

  it('signs in once for calls at the same time', async () => {
    const connection = await connect(() => ({}));
    await Promise.all([connection.request('GET', '/a'), connection.request('GET', '/b')]);
    assert.equal(signIns().length, 1);
  });
});

describe('a refused sign-in', () => {
  const answered = async (answer: ScriptedAnswer, options: Partial<SalesforceOptions> = {}) => {
    scene.server = await scriptedServer(() => answer);
    scene.runtime = testRuntime();
    return new SalesforceConnection(
      { loginUrl: scene.server.url, credentials: CREDENTIALS, concurrency: 4, ...options },
      scene.runtime,
    );
  };

  it('is an authentication error that never tells the secret', async () => {
    const connection = await answered({ status: 400, body: { error: 'invalid_client', error_description: 'no' } });
    await assert.rejects(connection.orgId(), (error: Error) => {
      assert.ok(error instanceof SalesforceAuthenticationError);
      assert.match(error.message, /invalid_client.*SALESFORCE_CLIENT_ID/);
      assert.doesNotMatch(error.message, /hush/);
      return true;
    });
    assert.equal(scene.server.seen.length, 1);
  });

  for (const body of ['<html>', '[]']) {
    it(`is tried again when the org is only unavailable and says ${body}`, async () => {
      const connection = await answered({ status: 503, body });
      await assert.rejects(connection.orgId(), SalesforceError);
      assert.equal(scene.server.seen.length, 4);
    });
  }

  it('is tried once more when the org does not answer', async () => {
    const connection = await answered({ fault: 'silent' }, { timeout: 500 });
    await assert.rejects(connection.orgId(), /no answer in time/);
    assert.equal(scene.server.seen.length, 2);
  });
});

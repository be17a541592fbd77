import assert from 'node:assert/strict';
import { createVerify, generateKeyPairSync } from 'node:crypto';
import { afterEach, describe, it } from 'node:test';
import Big from 'big.js';
import { SetupError } from '../errors.ts';
import {
  scriptedServer,
  type ScriptedAnswer,
  type ScriptedServer,
  type SeenRequest,
} from '../testing/scriptedServer.ts';
import { testRuntime, type TestRuntime } from '../testing/testRuntime.ts';
import { SalesforceConnection, type SalesforceOptions } from './connection.ts';
import type { SalesforceCredentials } from './credentials.ts';
import {
  SalesforceAuthenticationError,
  SalesforceError,
  SalesforceLimitError,
  SalesforceSetupError,
} from './errors.ts';

const CREDENTIALS: SalesforceCredentials = { kind: 'clientCredentials', clientId: 'app', clientSecret: 'hush' };
const ORG_ID = '00D000000000001AAA';

let server: ScriptedServer;
let runtime: TestRuntime;

type Script = (request: SeenRequest, count: number) => ScriptedAnswer | Promise<ScriptedAnswer>;

const isSignIn = ({ url }: SeenRequest): boolean => url.startsWith('/services/oauth2/token');
const calls = (): SeenRequest[] => server.seen.filter((request) => !isSignIn(request));
const signIns = (): SeenRequest[] => server.seen.filter(isSignIn);
const refusal = (errorCode: string, message = 'why'): ScriptedAnswer['body'] => [{ errorCode, message }];

/** A connection to a server that gives out `session-1`, `session-2` ... and answers the rest by script. */
async function connect(script: Script, options: Partial<SalesforceOptions> = {}, instanceUrl?: string) {
  let sessions = 0;
  let count = 0;
  server = await scriptedServer((request) => {
    if (!isSignIn(request)) return script(request, (count += 1));
    const id = `${server.url}/id/${ORG_ID}/005000000000001AAA`;
    return { body: { access_token: `session-${(sessions += 1)}`, instance_url: instanceUrl ?? server.url, id } };
  });
  runtime = testRuntime();
  return new SalesforceConnection(
    { loginUrl: server.url, credentials: CREDENTIALS, concurrency: 4, ...options },
    runtime,
  );
}

afterEach(() => server.close());

describe('signing in to Salesforce', () => {
  it('sends client credentials and learns the org', async () => {
    const connection = await connect(() => ({}));
    assert.equal(await connection.orgId(), ORG_ID);
    assert.equal(await connection.userId(), '005000000000001AAA');
    assert.equal(await connection.origin(), server.url);
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
      aud: server.url,
      exp: runtime.time.getTime() / 1000 + 180,
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
    server = await scriptedServer(({ url }) => ({
      body: url.startsWith('/services/oauth2/token')
        ? { access_token: 'session', instance_url: server.url, id: `${server.url}/id/${ORG_ID}/` }
        : { user_id: '005000000000002AAA' },
    }));
    const options = { loginUrl: server.url, credentials: CREDENTIALS, concurrency: 4 };
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
    server = await scriptedServer(() => answer);
    runtime = testRuntime();
    return new SalesforceConnection(
      { loginUrl: server.url, credentials: CREDENTIALS, concurrency: 4, ...options },
      runtime,
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
    assert.equal(server.seen.length, 1);
  });

  for (const body of ['<html>', '[]']) {
    it(`is tried again when the org is only unavailable and says ${body}`, async () => {
      const connection = await answered({ status: 503, body });
      await assert.rejects(connection.orgId(), SalesforceError);
      assert.equal(server.seen.length, 4);
    });
  }

  it('is tried once more when the org does not answer', async () => {
    const connection = await answered({ fault: 'silent' }, { timeout: 500 });
    await assert.rejects(connection.orgId(), /no answer in time/);
    assert.equal(server.seen.length, 2);
  });
});

describe('a call to Salesforce', () => {
  it('carries exact numbers below the API version', async () => {
    const connection = await connect(() => ({ body: { done: true } }));
    const amount = new Big('12345678901234567.8901');
    assert.deepEqual(await connection.request('POST', '/composite', { amount }), { done: true });
    const [call] = calls();
    assert.equal(call?.url, '/services/data/v67.0/composite');
    assert.equal(call?.body, '{"amount":12345678901234567.8901}');
    assert.equal(call?.headers.authorization, 'Bearer session-1');
  });

  it('takes absolute paths as they are', async () => {
    const connection = await connect(() => ({}));
    await connection.request('GET', '/services/data/v67.0/query/next-2000');
    assert.equal(calls()[0]?.url, '/services/data/v67.0/query/next-2000');
  });

  it('tells what Salesforce says of the allowance', async () => {
    const connection = await connect(() => ({ headers: { 'sforce-limit-info': 'api-usage=18/100000' } }));
    await connection.request('GET', '/limits');
    assert.deepEqual(connection.usage, { used: 18, limit: 100_000, budget: 80_000 });
  });

  it('signs in again, once for all calls, when the session is over', async () => {
    const connection = await connect(({ headers }) =>
      headers.authorization === 'Bearer session-1' ? { status: 401, body: refusal('INVALID_SESSION_ID') } : {},
    );
    await Promise.all([
      connection.request('GET', '/a'),
      connection.request('GET', '/b'),
      connection.request('GET', '/c'),
    ]);
    assert.equal(signIns().length, 2);
    assert.equal(connection.apiCalls, 6);
  });

  it('does not sign in for ever when fresh sessions are refused too', async () => {
    const connection = await connect(() => ({ status: 401, body: refusal('INVALID_SESSION_ID') }));
    await assert.rejects(connection.request('GET', '/a'), SalesforceAuthenticationError);
    assert.deepEqual([signIns().length, calls().length], [2, 2]);
  });

  it('is not even tried for half a minute after the org refused a fresh session', async () => {
    const connection = await connect(() => ({ status: 401, body: refusal('INVALID_SESSION_ID') }));
    await assert.rejects(connection.request('GET', '/a'), SalesforceAuthenticationError);
    await assert.rejects(connection.request('GET', '/a'), SalesforceAuthenticationError);
    assert.equal(server.seen.length, 4);
    runtime.time = new Date(runtime.time.getTime() + 30_000);
    await assert.rejects(connection.request('GET', '/a'), SalesforceAuthenticationError);
    assert.equal(server.seen.length, 8);
    connection.forgetSession();
    await assert.rejects(connection.request('GET', '/a'), SalesforceAuthenticationError);
    assert.equal(server.seen.length, 12);
  });

  for (const status of [500, 502, 503, 504]) {
    it(`is repeated with growing pauses after ${status}`, async () => {
      const connection = await connect((_request, count) => (count < 3 ? { status, body: '<html>' } : {}));
      await connection.request('POST', '/composite', {});
      assert.deepEqual(runtime.slept, [1000, 2000]);
      assert.equal(connection.apiCalls, 3);
    });
  }

  it('is repeated when the connection breaks', async () => {
    const connection = await connect((_request, count) => (count === 1 ? { fault: 'close' } : {}));
    await connection.request('POST', '/composite', {});
    assert.equal(calls().length, 2);
  });

  it('is repeated once when there is no answer in time', async () => {
    const connection = await connect(() => ({ fault: 'silent' }), { timeout: 40 });
    await assert.rejects(connection.request('POST', '/composite', {}), (error: Error) => {
      assert.ok(error instanceof SalesforceError);
      assert.equal(error.code, 'TIMEOUT');
      return true;
    });
    // Not what the server saw: on a busy machine a call can be given up before it arrives.
    assert.equal(connection.apiCalls, 2);
  });

  it("is not repeated when the day's allowance is used up", async () => {
    const body = refusal('REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit exceeded.');
    const connection = await connect(() => ({ status: 403, body }));
    await assert.rejects(connection.request('GET', '/a'), SalesforceLimitError);
    assert.equal(calls().length, 1);
  });

  it("is not made again before the day's allowance has room, which is looked at every five minutes", async () => {
    const body = refusal('REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit exceeded.');
    let remaining = 0;
    const connection = await connect(({ url }) => {
      if (remaining === 0) return { status: 403, body };
      return url.endsWith('/limits') ? { body: { DailyApiRequests: { Max: 1000, Remaining: remaining } } } : {};
    });
    for (let time = 0; time < 3; time += 1) {
      await assert.rejects(connection.request('GET', '/a'), SalesforceLimitError);
    }
    assert.equal(calls().length, 1);
    runtime.time = new Date(runtime.time.getTime() + 300_000);
    await assert.rejects(connection.request('GET', '/a'), SalesforceLimitError);
    remaining = 900;
    runtime.time = new Date(runtime.time.getTime() + 300_000);
    await connection.request('GET', '/a');
    assert.deepEqual(
      calls().map(({ url }) => url.split('/').at(-1)),
      ['a', 'limits', 'limits', 'a'],
    );
  });

  it('is not made when the budget is used up', async () => {
    const connection = await connect(() => ({ headers: { 'sforce-limit-info': 'api-usage=500/1000' } }), {
      budgetPercent: 50,
    });
    await connection.request('GET', '/a');
    await assert.rejects(connection.request('GET', '/b'), (error: Error) => {
      assert.ok(error instanceof SalesforceLimitError);
      assert.equal(error.code, 'API_BUDGET');
      return true;
    });
    assert.equal(calls().length, 1);
    assert.deepEqual(connection.usage, { used: 500, limit: 1000, budget: 500 });
  });

  it('is made alone when the budget is nearly used up', async () => {
    let atOnce = 0;
    let most = 0;
    const connection = await connect(async () => {
      most = Math.max(most, (atOnce += 1));
      await new Promise(setImmediate);
      atOnce -= 1;
      return { headers: { 'sforce-limit-info': 'api-usage=750/1000' } };
    });
    await connection.request('GET', '/a');
    await Promise.all(Array.from({ length: 6 }, () => connection.request('GET', '/b')));
    assert.equal(most, 1);
  });

  it('waits half a minute when there are too many long calls', async () => {
    const body = refusal('REQUEST_LIMIT_EXCEEDED', 'ConcurrentRequests (Concurrent API Requests) Limit exceeded.');
    const connection = await connect((_request, count) => (count === 1 ? { status: 403, body } : {}));
    await connection.request('GET', '/a');
    assert.deepEqual(runtime.slept, [30_000]);
  });

  it('tells an administrator what to do when access is missing', async () => {
    const connection = await connect(() => ({ status: 403, body: refusal('API_DISABLED_FOR_ORG') }));
    await assert.rejects(connection.request('GET', '/a'), (error: Error) => {
      assert.ok(error instanceof SalesforceSetupError);
      assert.match(error.message, /API_DISABLED_FOR_ORG.*permission set/);
      return true;
    });
  });

  it('waits as long as Salesforce asks', async () => {
    const connection = await connect((_request, count) =>
      count === 1 ? { status: 503, headers: { 'retry-after': '4' }, body: '<html>' } : {},
    );
    await connection.request('GET', '/a');
    assert.deepEqual(runtime.slept, [4000]);
  });

  it('is given up when the answer never comes to its end', async () => {
    const connection = await connect(() => ({ body: '{"half":', fault: 'half' }), { timeout: 40 });
    await assert.rejects(connection.request('GET', '/a'), /no answer in time/);
  });

  it('that does nothing but end has no answer', async () => {
    const connection = await connect(() => ({ status: 204, body: '' }));
    assert.equal(await connection.request('DELETE', '/sobjects/Bill__c/1'), undefined);
  });

  it('names the word that a validation rule of the org begins with', async () => {
    const body = refusal('FIELD_CUSTOM_VALIDATION_EXCEPTION', 'ACCOUNTING_PERIOD_CLOSED: October is closed.');
    const connection = await connect(() => ({ status: 400, body }));
    await assert.rejects(connection.request('PATCH', '/a', {}), (error: Error) => {
      assert.ok(error instanceof SalesforceError);
      assert.deepEqual([error.code, error.errorClass], ['ACCOUNTING_PERIOD_CLOSED', 'periodClosed']);
      return true;
    });
  });

  it('counts its errors by class', async () => {
    const connection = await connect((_request, count) =>
      count < 3 ? { status: 503 } : { status: 400, body: refusal('MALFORMED_QUERY') },
    );
    await assert.rejects(connection.request('GET', '/a'), SalesforceError);
    assert.deepEqual(connection.errorsByClass, { transient: 2, badData: 1 });
  });

  it('is not repeated when it is wrong, and shows the first of several reasons', async () => {
    const body = [
      { errorCode: 'MALFORMED_QUERY', message: 'first' },
      { errorCode: 'INVALID_FIELD', message: 'second' },
    ];
    const connection = await connect(() => ({ status: 400, body }));
    await assert.rejects(connection.request('GET', '/query?q=secret'), (error: Error) => {
      assert.match(error.message, /GET \/services\/data\/v67.0\/query: MALFORMED_QUERY: first/);
      return true;
    });
    assert.equal(calls().length, 1);
  });
});

import assert from 'node:assert/strict';
import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, it } from 'node:test';
import { OperationError } from '../../operations/errors.ts';
import { SalesforceError, SalesforceLimitError, SalesforceAuthenticationError } from '../../salesforce/errors.ts';
import { apiClient, INTEGRATION, integrationRow, M3TER_ORG, memoryOrg, testApi } from './testApi.ts';

const CONFIGS = `/organizations/${M3TER_ORG}/integrationconfigs`;

describe('access tokens', () => {
  it('are given to a client by Basic or body, as JSON or form', async () => {
    const { app } = testApi();
    const basic = { authorization: `Basic ${Buffer.from('id:se:cret').toString('base64')}` };
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    const ask = (headers: Record<string, string>, payload: object | string) =>
      app.inject({ method: 'POST', url: '/oauth/token', headers, payload });
    const answers = [
      await ask(basic, { grant_type: 'client_credentials' }),
      await ask(basic, { grant_type: 'client_credentials', scope: null }),
      await ask({ ...basic, ...form }, 'grant_type=client_credentials'),
      await ask({}, { grant_type: 'client_credentials', client_id: 'id', client_secret: 'se:cret' }),
      await ask(form, 'grant_type=client_credentials&client_id=id&client_secret=se%3Acret'),
    ];
    for (const answer of answers) {
      assert.equal(answer.statusCode, 200);
      const { access_token: token, expires_in: seconds, token_type: type } = answer.json<Record<string, unknown>>();
      assert.match(String(token), /^[\w-]{43}$/);
      assert.deepEqual([seconds, type, answer.headers['cache-control']], [3600, 'Bearer', 'no-store']);
    }
    assert.equal(new Set(answers.map(({ body }) => body)).size, answers.length);
  });

  it('are refused to a stranger and for another grant', async () => {
    const { app } = testApi();
    const ask = (payload: object) => app.inject({ method: 'POST', url: '/oauth/token', payload });
    for (const secret of ['', 'wrong']) {
      const answer = await ask({ grant_type: 'client_credentials', client_id: 'id', client_secret: secret });
      assert.equal(answer.statusCode, 401);
      assert.deepEqual(Object.keys(answer.json<object>()), ['message']);
    }
    assert.equal((await ask({ grant_type: 'password', client_id: 'id', client_secret: 'se:cret' })).statusCode, 400);
    assert.equal((await ask({})).statusCode, 400);
  });

  it('are needed for everything below the organization, and end after an hour', async () => {
    const { app, signIn, runtime } = testApi();
    const get = async (token?: string) => {
      const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
      return (await app.inject({ url: CONFIGS, headers })).statusCode;
    };
    assert.equal(await get(), 401);
    assert.equal(await get('made-up'), 401);
    const [first, second] = [await signIn(), await signIn()];
    assert.equal(await get(first), 200);
    runtime.time = new Date(runtime.time.getTime() + 3600_000);
    assert.equal(await get(first), 401);
    assert.equal(await get(second), 401);
  });

  it('end when their client is removed or gets another secret', async () => {
    const { app, signIn, clients } = testApi();
    const token = await signIn();
    const get = async () =>
      (await app.inject({ url: CONFIGS, headers: { authorization: `Bearer ${token}` } })).statusCode;
    assert.equal(await get(), 200);
    clients[0] = apiClient({ rotatedAt: new Date() });
    assert.equal(await get(), 401);
    clients[0] = apiClient();
    assert.equal(await get(), 200);
    clients.pop();
    assert.equal(await get(), 401);
  });
});

describe('the Integrations API', () => {
  it('serves its own m3ter organization only', async () => {
    const { app, signIn } = testApi();
    const headers = { authorization: `Bearer ${await signIn()}` };
    assert.equal((await app.inject({ url: '/organizations/other/integrationconfigs', headers })).statusCode, 404);
  });

  it('says which orgs it could not ask, and does not call missing what may be there', async () => {
    const lost = { credentialName: 'prod-us', error: new Error('The org does not answer.') };
    const org = memoryOrg();
    org.rows.integrations.push(integrationRow());
    const { call } = testApi({}, [org, lost]);
    const listed = await call('GET', '/integrationconfigs');
    assert.deepEqual([listed.status, listed.headers['x-unreachable-orgs']], [200, 'prod-us']);
    assert.equal((await call('GET', `/integrationconfigs/${INTEGRATION}`)).status, 200);
    const unknown = await call('GET', '/integrationconfigs/a01000000000009AAA');
    assert.deepEqual([unknown.status, unknown.headers['retry-after']], [503, '30']);
    assert.match(String(unknown.body.message), /prod-us: The org does not answer\./);
    assert.equal((await call('GET', '/integrationconfigs/no-record-id')).status, 404);
  });

  it('does not show an empty list while no org can be reached', async () => {
    const lost = { credentialName: 'prod-us', error: new Error('The agent has not signed in yet.') };
    for (const orgs of [[], [lost]]) {
      const { call } = testApi({}, orgs);
      for (const path of ['/integrationconfigs', '/integrationruns/Bill/bill-1', '/events']) {
        assert.equal((await call('GET', path)).status, 503, path);
      }
    }
  });

  it('tells what went wrong behind it by status and message, and when to come again', async () => {
    const org = memoryOrg();
    let error: Error = new Error('password 1234');
    const records = { ...org.records, readIntegrations: () => Promise.reject(error) };
    const { call } = testApi({}, [{ ...org, records }]);
    const ask = async (thrown: Error) => {
      error = thrown;
      const { status, body, headers } = await call('GET', '/integrationconfigs');
      return { status, message: String(body.message), wait: headers['retry-after'] };
    };
    assert.deepEqual(await ask(new SalesforceLimitError('REQUEST_LIMIT_EXCEEDED', 'The allowance is used up.')), {
      status: 503,
      message: 'The allowance is used up.',
      wait: '30',
    });
    assert.equal((await ask(new SalesforceError('UNABLE_TO_LOCK_ROW', 'locked', 'transient'))).status, 503);
    assert.deepEqual(
      await ask(new SalesforceError('STRING_TOO_LONG', 'Salesforce refused it: STRING_TOO_LONG', 'badData')),
      {
        status: 400,
        message: 'Salesforce refused it: STRING_TOO_LONG',
        wait: undefined,
      },
    );
    assert.equal((await ask(new SalesforceAuthenticationError('refused'))).status, 502);
    const failure = new OperationError('X', 'It cannot be done.', 'm3ter-bills doctor', 'setup');
    assert.deepEqual(await ask(failure), {
      status: 422,
      message: 'It cannot be done. Next: m3ter-bills doctor',
      wait: undefined,
    });
    const unforeseen = await ask(new Error('password 1234'));
    assert.equal(unforeseen.status, 500);
    assert.doesNotMatch(unforeseen.message, /1234/);
  });
});

describe('externalmappings', () => {
  it('passes every call on to m3ter as it came, and m3ter’s answer back', async () => {
    const seen: unknown[] = [];
    let answer = { status: 200, contentType: 'application/json', body: '{"id":"m1","amount":1.10}' };
    const forward = (method: string, path: string, body: string | undefined) => {
      seen.push([method, path, body]);
      return Promise.resolve(answer);
    };
    const { app, signIn, called } = testApi({ forward });
    const headers = { authorization: `Bearer ${await signIn()}`, 'content-type': 'application/json' };
    const send = (method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, payload?: string) =>
      app.inject({ method, url: `/organizations/${M3TER_ORG}${path}`, headers, ...(payload ? { payload } : {}) });
    const body = '{"m3terEntity":"Account", "m3terId":"a1","version":1.0}';
    const listed = await send('GET', '/externalmappings?m3terIds=a%2Cb&pageSize=7');
    assert.deepEqual([listed.statusCode, listed.body], [200, answer.body]);
    await send('GET', '/externalmappings/external/Account/a1');
    await send('GET', '/externalmappings/externalid/Salesforce/Account/001%2Fx');
    await send('GET', '/externalmappingconfiguration');
    assert.deepEqual(called, []);
    answer = { ...answer, body: '{"id":"m1","m3terEntity":"Account","m3terId":"a1"}' };
    await send('POST', '/externalmappings', body);
    await send('PUT', '/externalmappings/m1', body);
    await send('DELETE', '/externalmappings/m1');
    assert.deepEqual(called, [
      ['mapped', 'a1'],
      ['mapped', 'a1'],
      ['mapped', 'a1'],
    ]);
    answer = { status: 409, contentType: 'application/json', body: '{"message":"Version mismatch"}' };
    const refused = await send('PUT', '/externalmappings/m1', body);
    assert.deepEqual([refused.statusCode, refused.body], [409, answer.body]);
    assert.deepEqual(seen, [
      ['GET', '/externalmappings?m3terIds=a%2Cb&pageSize=7', undefined],
      ['GET', '/externalmappings/external/Account/a1', undefined],
      ['GET', '/externalmappings/externalid/Salesforce/Account/001%2Fx', undefined],
      ['GET', '/externalmappingconfiguration', undefined],
      ['POST', '/externalmappings', body],
      ['PUT', '/externalmappings/m1', body],
      ['DELETE', '/externalmappings/m1', undefined],
      ['PUT', '/externalmappings/m1', body],
    ]);
  });

  it('does not lead out of the mappings', async () => {
    const { app, signIn } = testApi();
    const headers = { authorization: `Bearer ${await signIn()}` };
    await app.listen({ host: '127.0.0.1', port: 0 });
    const { port } = app.server.address() as AddressInfo;
    // Unlike fetch, this sends the path as it is.
    const status = async (path: string): Promise<number | undefined> => {
      const request = http.request({ port, path: `/organizations/${M3TER_ORG}${path}`, headers, agent: false }).end();
      const [response] = (await once(request, 'response')) as [http.IncomingMessage];
      response.resume();
      return response.statusCode;
    };
    const steps = ['/..', '/%2e%2e', '/external/.%2E/bills', String.raw`/..\bills\bill-1`, String.raw`/%2e%2e\bills`];
    for (const path of steps.map((step) => `/externalmappings${step}`)) {
      assert.equal(await status(path), 404, path);
    }
    await app.close();
  });
});

import assert from 'node:assert/strict';
import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, describe, it } from 'node:test';
import { eventRow, INTEGRATION, integrationRow, M3TER_ORG, memoryOrg, testApi } from './testApi.ts';

/** The headers that m3ter's SDK for TypeScript (0.3) puts on every request. */
const SDK_HEADERS = {
  accept: 'application/json',
  'user-agent': 'M3ter/JS 0.3.2',
  'x-stainless-retry-count': '0',
  'x-stainless-timeout': '60',
  'x-stainless-lang': 'js',
  'x-stainless-package-version': '0.3.2',
  'x-stainless-os': 'Linux',
  'x-stainless-arch': 'x64',
  'x-stainless-runtime': 'node',
  'x-stainless-runtime-version': 'v24.11.0',
};

interface Answer {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: Record<string, unknown>;
}

const org = memoryOrg();
org.rows.integrations.push(integrationRow());
org.rows.events.push(eventRow(), eventRow({ id: 'a04000000000002AAA' }));
const forwarded: unknown[] = [];
const { app } = testApi(
  {
    forward: (...request) => {
      forwarded.push(request);
      return Promise.resolve({ status: 200, contentType: 'application/json', body: '{"data":[]}' });
    },
    operations: {
      enable: () => {
        const test = { credential: 'prod-uk', status: 'working' as const, message: '', orgId: null, testedAt: '' };
        return Promise.resolve({ integration: {} as never, test });
      },
      disable: () => assert.fail(),
      replay: () => assert.fail(),
      actionEvents: () => assert.fail(),
    },
  },
  [org],
);
await app.listen({ host: '127.0.0.1', port: 0 });
after(() => app.close());
const { port } = app.server.address() as AddressInfo;

/** Sends what the SDK sends, byte by byte: a body only where the SDK has one, and a content type only with it. */
async function send(method: string, path: string, headers: Record<string, string>, body?: object): Promise<Answer> {
  const text = body === undefined ? undefined : JSON.stringify(body);
  const typed =
    text === undefined ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) };
  // Like fetch, which says so of a POST without a body.
  const empty = text === undefined && method !== 'GET' && method !== 'DELETE' ? { 'content-length': 0 } : {};
  const request = http.request({ port, method, path, headers: { ...SDK_HEADERS, ...headers, ...typed, ...empty } });
  request.end(text);
  const [response] = (await once(request, 'response')) as [http.IncomingMessage];
  const parts: Buffer[] = [];
  for await (const part of response) parts.push(part as Buffer);
  const answer = JSON.parse(Buffer.concat(parts).toString('utf8')) as Record<string, unknown>;
  return { status: response.statusCode ?? 0, headers: response.headers, body: answer };
}

const basic = { authorization: `Basic ${Buffer.from('id:se:cret').toString('base64')}` };
const token = await send('POST', '/oauth/token', basic, { grant_type: 'client_credentials' });
const bearer = { authorization: `Bearer ${String(token.body['access_token'])}` };
const call = (method: string, path: string, body?: object, more: Record<string, string> = {}) =>
  send(method, `/organizations/${M3TER_ORG}${path}`, { ...bearer, ...more }, body);

describe('what m3ter’s SDK for TypeScript sends', () => {
  it('gets a token with Basic credentials and a JSON body', () => {
    assert.equal(token.status, 200);
    assert.deepEqual(Object.keys(token.body), ['access_token', 'expires_in', 'token_type']);
  });

  it('drives integrations: create, retrieve, update, enable without a body, delete', async () => {
    const made = await call('POST', '/integrationconfigs', {
      entityType: 'Bill',
      destination: 'Salesforce',
      name: 'by the SDK',
      configData: { accountIds: ['account-1'] },
    });
    assert.equal(made.status, 200);
    const path = `/integrationconfigs/${String(made.body['id'])}`;
    assert.deepEqual((await call('GET', path)).body, made.body);
    const change = { entityType: 'Bill', destination: 'Salesforce', name: 'again', version: made.body['version'] };
    assert.equal((await call('PUT', path, change)).body['name'], 'again');
    assert.equal((await call('POST', `${path}/enable`)).status, 200);
    assert.equal((await call('DELETE', path)).body['id'], made.body['id']);
    assert.equal((await call('GET', path)).status, 404);
  });

  it('is told not to try a conflict of versions again, which it would do twice', async () => {
    const change = { entityType: 'Bill', destination: 'Salesforce', name: 'stale', version: 99 };
    const refused = await call('PUT', `/integrationconfigs/${INTEGRATION}`, change);
    assert.deepEqual([refused.status, refused.headers['x-should-retry']], [409, 'false']);
    assert.equal(typeof refused.body['message'], 'string');
  });

  it('pages by nextToken, which it sends with the query of the first page', async () => {
    org.rows.integrations.push(integrationRow({ id: 'a01000000000005AAA', name: 'second' }));
    const first = await call('GET', '/integrationconfigs?pageSize=1');
    const nextToken = encodeURIComponent(String(first.body['nextToken']));
    const second = await call('GET', `/integrationconfigs?pageSize=1&nextToken=${nextToken}`);
    assert.deepEqual((second.body['data'] as { name: string }[])[0]?.name, 'second');
    assert.ok(!('nextToken' in second.body));
  });

  it('sends lists as one parameter with escaped commas', async () => {
    const { body } = await call('GET', '/events?ids=a04000000000001AAA%2Ca04000000000002AAA');
    assert.equal((body['data'] as unknown[]).length, 2);
    const filtered = await call('GET', '/events?eventType=IntegrationEvent&includeActioned=true&pageSize=50');
    assert.equal(filtered.status, 200);
  });

  it('escapes parts of a path, which reach m3ter as they are', async () => {
    const path = '/externalmappings/externalid/Salesforce/Account/SDK%20drive%2F%C3%A4%20b';
    assert.equal((await call('GET', path)).status, 200);
    assert.deepEqual(forwarded.at(-1), ['GET', path, undefined]);
  });

  it('may send an idempotency key and say that it tries again', async () => {
    const more = { 'idempotency-key': 'stainless-node-retry-1', 'x-stainless-retry-count': '1' };
    assert.equal((await call('GET', '/integrationconfigs', undefined, more)).status, 200);
    assert.equal((await call('POST', `/integrationconfigs/${INTEGRATION}/enable`, undefined, more)).status, 200);
  });
});

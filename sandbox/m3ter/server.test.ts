import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { DataSet } from '../data/dataSet.ts';
import { stringifyExact } from '../shared/exactJson.ts';
import { buildApp } from './app.ts';
import { JOB_PACE } from './jobs/billJobs.ts';
import { createRateLimit } from './rateLimit.ts';
import { ORG_ID, startM3ter } from './server.ts';
import { openStore } from './store.ts';
import { NOON, read, requestToken, signIn, smallDataSet, startTestApi } from './testApi.ts';
import type { TestApi } from './testApi.ts';

describe('signing in', () => {
  let api: TestApi;
  before(async () => void (api = await startTestApi()));
  after(() => api.m3ter.close());
  const bills = async (token: string, orgId = api.m3ter.orgId) =>
    read(
      await fetch(`${api.m3ter.baseUrl}/organizations/${orgId}/bills`, {
        headers: { authorization: `Bearer ${token}` },
      }),
    );

  it('gives a token for five hours, asked with JSON or a form', async () => {
    const { baseUrl, apiKey, apiSecret } = api.m3ter;
    const form = 'grant_type=client_credentials';
    const answer = await requestToken(baseUrl, `${apiKey}:${apiSecret}`, form, 'application/x-www-form-urlencoded');
    assert.equal(answer.status, 200);
    assert.equal(answer.body['expires_in'], 18_000);
    assert.equal((await bills(answer.body['access_token'] as string)).status, 200);
    assert.equal((await bills(await signIn(api.m3ter))).status, 200);
  });

  it('refuses a wrong secret and another grant', async () => {
    const { baseUrl, apiKey, apiSecret } = api.m3ter;
    const wrong = await requestToken(baseUrl, `${apiKey}:wrong`, '{"grant_type":"client_credentials"}');
    assert.equal(wrong.status, 401);
    assert.match(String(wrong.body['message']), /access key/);
    assert.equal((await requestToken(baseUrl, `${apiKey}:${apiSecret}`, '{"grant_type":"password"}')).status, 400);
  });

  it('refuses an unknown or expired token, and another Organization', async () => {
    assert.equal((await bills('unknown')).status, 401);
    const token = await signIn(api.m3ter);
    assert.equal((await bills(token, '00000000-0000-0000-0000-000000000000')).status, 403);
    api.advance(18_000_000);
    const expired = await bills(token);
    assert.equal(expired.status, 401);
    assert.equal(typeof expired.body['message'], 'string');
  });
});

describe('the server', () => {
  it('keeps its state and its access key in a file, and then ignores the data set', async (t) => {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'm3ter-state-'));
    t.after(() => rmSync(folder, { recursive: true }));
    const stateFile = path.join(folder, 'm3ter.sqlite');
    const first = await startTestApi({ stateFile });
    const played = await first.sandbox('approve');
    await first.m3ter.close();
    const empty: DataSet = { ...smallDataSet(), bills: [], accounts: [], externalMappings: [] };
    const second = await startTestApi({ stateFile, dataSet: empty });
    t.after(() => second.m3ter.close());
    assert.equal(second.m3ter.apiSecret, first.m3ter.apiSecret);
    assert.equal((await second.get(`/bills/${String(played.body['billId'])}`)).body['status'], 'APPROVED');
  });

  it('says which port is busy', async (t) => {
    const api = await startTestApi();
    t.after(() => api.m3ter.close());
    const port = Number(new URL(api.m3ter.baseUrl).port);
    await assert.rejects(startM3ter({ port, dataSet: smallDataSet() }), new RegExp(`port ${port} is in use.*--port`));
  });

  it('answers an unknown path and a broken body with a message', async (t) => {
    const api = await startTestApi();
    t.after(() => api.m3ter.close());
    const unknown = await read(await fetch(`${api.m3ter.baseUrl}/nowhere`));
    assert.equal(unknown.status, 404);
    assert.match(String(unknown.body['message']), /GET \/nowhere/);
    const broken = await fetch(`${api.m3ter.baseUrl}/oauth/token`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{',
    });
    assert.equal(broken.status, 400);
  });

  it('refuses requests over the cap of the Organization', async (t) => {
    const store = openStore(smallDataSet(), NOON);
    const rateLimit = createRateLimit({ perSecond: 2, perFiveMinutes: 100 }, () => 0);
    const app = buildApp({ store, orgId: ORG_ID, now: () => NOON, jobPace: JOB_PACE, rateLimit });
    t.after(() => app.close());
    const { apiKey, apiSecret } = store.credentials;
    const login = await app.inject({
      method: 'POST',
      url: '/oauth/token',
      headers: { authorization: `Basic ${Buffer.from(`${apiKey}:${apiSecret}`).toString('base64')}` },
      payload: { grant_type: 'client_credentials' },
    });
    const headers = { authorization: `Bearer ${login.json<{ access_token: string }>().access_token}` };
    const statuses: number[] = [];
    for (let count = 0; count < 3; count += 1) {
      statuses.push((await app.inject({ url: `/organizations/${ORG_ID}/events/types`, headers })).statusCode);
    }
    assert.deepEqual(statuses, [200, 200, 429]);
  });

  it('hands a data set through without touching a digit', async (t) => {
    const dataSet = smallDataSet();
    const api = await startTestApi({ dataSet });
    t.after(() => api.m3ter.close());
    for (const bill of dataSet.bills.slice(0, 10)) {
      const { lineItems, billTotal, ...header } = bill;
      const expected = stringifyExact({ ...header, billTotal, lineItems });
      assert.equal((await api.get(`/bills/${bill.id}`)).text, expected);
    }
  });
});

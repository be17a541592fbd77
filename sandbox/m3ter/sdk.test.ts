import assert from 'node:assert/strict';
import { once } from 'node:events';
import http from 'node:http';
import { after, before, describe, it } from 'node:test';
import { smallDataSet, startTestApi } from './testApi.ts';
import type { TestApi } from './testApi.ts';

/** The headers that m3ter's SDK for TypeScript (0.3) puts on every request. */
const SDK_HEADERS = {
  accept: 'application/json',
  'user-agent': 'M3ter/JS 0.3.2',
  'x-stainless-retry-count': '0',
  'x-stainless-timeout': '60',
  'x-stainless-lang': 'js',
  'x-stainless-package-version': '0.3.2',
  'x-stainless-runtime': 'node',
};

const dataSet = smallDataSet();
const [first, second] = dataSet.bills.filter(({ status }) => status === 'PENDING');

let api: TestApi;
let authorization: string;

/** Sends what the SDK sends: a body and its content type only where there is one, else a content length of 0. */
async function send(method: string, path: string, body?: object): Promise<{ status: number; body: Answered }> {
  const text = body === undefined ? undefined : JSON.stringify(body);
  const typed = text === undefined ? {} : { 'content-type': 'application/json' };
  const length = method === 'GET' || method === 'DELETE' ? {} : { 'content-length': Buffer.byteLength(text ?? '') };
  const headers = { ...SDK_HEADERS, authorization, ...typed, ...length };
  const request = http.request(api.m3ter.baseUrl + path, { method, headers });
  request.end(text);
  const [response] = (await once(request, 'response')) as [http.IncomingMessage];
  const parts: Buffer[] = [];
  for await (const part of response) parts.push(part as Buffer);
  return { status: response.statusCode ?? 0, body: JSON.parse(Buffer.concat(parts).toString('utf8')) as Answered };
}

type Answered = Record<string, unknown> & { data?: Array<Record<string, unknown>> };

const call = (method: string, path: string, body?: object) =>
  send(method, `/organizations/${api.m3ter.orgId}${path}`, body);

describe('what m3ter’s SDK for TypeScript sends to local m3ter', () => {
  before(async () => {
    api = await startTestApi({ dataSet });
    const { apiKey, apiSecret } = api.m3ter;
    authorization = `Basic ${Buffer.from(`${apiKey}:${apiSecret}`).toString('base64')}`;
    const token = await send('POST', '/oauth/token', { grant_type: 'client_credentials' });
    authorization = `Bearer ${String(token.body['access_token'])}`;
  });
  after(() => api.m3ter.close());

  it('lists with arrays joined by commas, and takes an empty page or a missing token as the end', async () => {
    const bills = await call('GET', `/bills?ids=${first?.id},${second?.id}&pageSize=1&includeBillTotal=true`);
    assert.equal(bills.body.data?.length, 1);
    const query = `ids=${first?.id},${second?.id}&pageSize=1&nextToken=${String(bills.body['nextToken'])}`;
    assert.equal((await call('GET', `/bills?${query}`)).body['nextToken'], undefined);
    assert.deepEqual((await call('GET', '/bills?ids=none')).body, { data: [] });
  });

  it('changes Bills by PUT and POST without a body', async () => {
    assert.equal((await call('POST', '/bills/approve', { billIds: [first?.id] })).status, 200);
    assert.equal((await call('PUT', `/bills/${first?.id}/lock`)).body['locked'], true);
    assert.equal((await call('PUT', `/bills/${second?.id}/status`, { status: 'APPROVED' })).status, 200);
    const job = await call('POST', '/billjobs/recalculate', { billIds: [second?.id] });
    const cancelled = await call('POST', `/billjobs/${String(job.body['id'])}/cancel`);
    assert.equal(cancelled.body['status'], 'CANCELLED');
    assert.equal((await call('GET', '/billjobs?active=true&status=RUNNING')).status, 200);
    assert.equal((await call('GET', '/bills/search?searchQuery=locked%3Atrue&fromDocument=0')).status, 200);
  });

  it('keeps External Mappings, credits, webhooks and integrations, and enables one without a body', async () => {
    const mapping = { m3terEntity: 'Account', m3terId: dataSet.accounts[0]?.id, externalSystem: 'Salesforce' };
    const made = await call('POST', '/externalmappings', { ...mapping, externalTable: 'Account', externalId: 'a/ä b' });
    assert.equal(made.status, 200);
    const found = await call('GET', `/externalmappings/externalid/Salesforce/Account/${encodeURIComponent('a/ä b')}`);
    assert.equal(found.body.data?.[0]?.['id'], made.body['id']);
    const [line] = second?.lineItems ?? [];
    const credit = await call('POST', `/bills/${second?.id}/creditlineitems`, {
      ...{ productId: line?.['productId'], accountingProductId: line?.['accountingProductId'], amount: 1.5 },
      ...{ description: 'SDK', referencedBillId: second?.id, referencedLineItemId: line?.id },
      ...{ servicePeriodStartDate: '2026-10-01T00:00:00Z', servicePeriodEndDate: '2026-11-01T00:00:00Z' },
    });
    assert.equal(credit.status, 200);
    const credentials = { type: 'M3TER_SIGNED_REQUEST', apiKey: 'k', secret: 's', empty: false };
    const webhook = { name: 'SDK', description: 'SDK', url: 'http://127.0.0.1:9/hook', credentials };
    const destination = await call('POST', '/integrationdestinations/webhooks', webhook);
    assert.equal(destination.status, 200, JSON.stringify(destination.body));
    const config = await call('POST', '/integrationconfigs', { entityType: 'Bill', destination: 'Salesforce' });
    assert.equal((await call('POST', `/integrationconfigs/${String(config.body['id'])}/enable`)).status, 200);
  });

  it('learns of a stale version by 409 and of a missing entity by 404', async () => {
    const { body } = await call('GET', `/accounts/${dataSet.accounts[0]?.id}`);
    const { name, code, emailAddress } = body;
    const account = { name, code, emailAddress, version: Number(body['version']) + 1 };
    assert.equal((await call('PUT', `/accounts/${String(body['id'])}`, account)).status, 409);
    assert.equal((await call('GET', '/accounts/none')).status, 404);
    const types = (await call('GET', '/events/types')).body['events'];
    assert.ok((types as string[]).includes('billing.bill.updated'));
  });
});

import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import type { Bill } from '../data/model.ts';
import { smallDataSet, startTestApi } from './testApi.ts';
import type { TestApi } from './testApi.ts';

const dataSet = smallDataSet();

describe('the control paths', () => {
  let api: TestApi;
  beforeEach(async () => void (api = await startTestApi({ dataSet })));
  afterEach(() => api.m3ter.close());
  const bill = async (id: unknown) => (await api.get(`/bills/${String(id)}`)).body as Bill;

  it('make a Bill for an Account that has none this month, and tell whose', async () => {
    const { status, body } = await api.sandbox('bill-run');
    assert.equal(status, 200);
    const made = await bill(body['billId']);
    assert.deepEqual([made.startDate, made.status, made.billingFrequency], ['2026-11-01', 'PENDING', 'MONTHLY']);
    assert.ok(
      dataSet.bills.every(({ accountId, startDate }) => accountId !== made.accountId || startDate !== '2026-11-01'),
    );
    const account = dataSet.accounts.find(({ id }) => id === made.accountId);
    assert.equal(body['accountName'], account?.name);
    assert.equal(body['reference'], made.sequentialInvoiceNumber);
    assert.match(String(body['message']), new RegExp(String(made.sequentialInvoiceNumber)));
  });

  it('make several Bills, ad hoc ones where the month is billed already', async () => {
    const { body } = await api.sandbox('bill-run', { count: 4 });
    const bills = body['bills'] as Array<{ billId: string }>;
    const made = await Promise.all(bills.map(({ billId }) => bill(billId)));
    assert.equal(new Set(made.map(({ accountId }) => accountId)).size, 4);
    assert.ok(made.some(({ billingFrequency }) => billingFrequency === 'AD_HOC'));
    const numbers = made.map(({ sequentialInvoiceNumber }) => sequentialInvoiceNumber);
    assert.equal(
      new Set([...numbers, ...dataSet.bills.map((b) => b.sequentialInvoiceNumber)]).size,
      4 + dataSet.bills.length,
    );
  });

  it('recalculate, add late usage, approve and delete a Bill that they pick', async () => {
    for (const [action, status] of [
      ['recalculate', 'PENDING'],
      ['late-usage', 'PENDING'],
      ['approve', 'APPROVED'],
    ] as const) {
      const { body } = await api.sandbox(action);
      const after = await bill(body['billId']);
      assert.equal(after.status, status, action);
      assert.ok((after.version ?? 0) > (dataSet.bills.find(({ id }) => id === after.id)?.version ?? 0), action);
      const events = await api.list(`/events?resourceId=${after.id}&eventName=billing.bill.updated`);
      assert.ok(events.length > 0, action);
    }
    const { body } = await api.sandbox('delete');
    assert.equal((await api.get(`/bills/${String(body['billId'])}`)).status, 404);
  });

  it('put in a Bill as it is given, once', async () => {
    const given = { id: 'given', accountId: dataSet.accounts[0]?.id, version: 1, billTotal: 0.1, lineItems: [] };
    assert.equal((await api.sandbox('bills', given)).status, 200);
    const { body } = await api.get('/bills/given');
    assert.deepEqual([body['accountId'], String(body['billTotal'])], [given.accountId, '0.1']);
    const [event] = await api.list('/events?resourceId=given');
    assert.equal(event?.['eventName'], 'billing.bill.created');
    assert.equal((await api.sandbox('bills', given)).status, 409);
  });

  it('take a Bill by id, and refuse unknown, locked and misspelt ones', async () => {
    const target = dataSet.bills.find(({ status }) => status === 'PENDING');
    const { body } = await api.sandbox('approve', { billId: target?.id });
    assert.equal(body['billId'], target?.id);
    const locked = dataSet.bills.find((candidate) => candidate.locked);
    assert.equal((await api.sandbox('approve', { billId: 'none' })).status, 404);
    assert.equal((await api.sandbox('recalculate', { billId: locked?.id })).status, 409);
    assert.equal((await api.sandbox('late-usage', { billId: locked?.id })).status, 400);
    assert.equal((await api.sandbox('bill-run', { accountId: 'none' })).status, 404);
    assert.equal((await api.sandbox('approve', { bill: 'x' })).status, 400);
  });

  it('say so when there is no Bill to act on', async () => {
    const empty = await startTestApi({ dataSet: { ...dataSet, bills: [], accounts: [] } });
    const answer = await empty.sandbox('approve');
    assert.equal(answer.status, 409);
    assert.match(String(answer.body['message']), /bill run/);
    assert.equal((await empty.sandbox('bill-run')).status, 409);
    await empty.m3ter.close();
  });

  it('answer pages of this machine only', async () => {
    const post = (origin: string) =>
      fetch(`${api.m3ter.baseUrl}/sandbox/approve`, { method: 'POST', headers: { origin } });
    const own = await post('http://localhost:4680');
    assert.deepEqual([own.status, own.headers.get('access-control-allow-origin')], [200, 'http://localhost:4680']);
    assert.equal((await post('https://example.com')).status, 403);
  });
});

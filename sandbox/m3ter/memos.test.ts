import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import Big from 'big.js';
import type { Bill } from '../data/model.ts';
import { big } from '../data/pricing.ts';
import { smallDataSet, startTestApi } from './testApi.ts';
import type { TestApi } from './testApi.ts';

const dataSet = smallDataSet();
const approved = dataSet.bills.find(({ status, locked }) => status === 'APPROVED' && locked !== true) as Bill;
const locked = dataSet.bills.find((bill) => bill.locked === true) as Bill;
const line = approved.lineItems?.[0];

let api: TestApi;
before(async () => void (api = await startTestApi({ dataSet })));
after(() => api.m3ter.close());

const memo = (amount: unknown, more: object = {}) => ({
  amount,
  description: 'Goodwill',
  productId: line?.['productId'],
  accountingProductId: line?.['accountingProductId'],
  referencedBillId: approved.id,
  referencedLineItemId: line?.id,
  servicePeriodStartDate: '2026-10-01T00:00:00.000Z',
  servicePeriodEndDate: '2026-11-01T00:00:00.000Z',
  ...more,
});
const read = async (id = approved.id) => (await api.get(`/bills/${id}`)).body as Bill;
const memosOf = (bill: Bill, type: string) =>
  (bill.lineItems ?? []).filter(({ lineItemType, id }) => lineItemType === type && !known.has(id));
const known = new Set(approved.lineItems?.map(({ id }) => id));
const total = (bill: Bill): Big => big(bill.billTotal);

describe('credit and debit line items', () => {
  it('put lines on their Bill, move its total, and leave it APPROVED', async () => {
    const before = await read();
    const credit = await api.call('POST', `/bills/${approved.id}/creditlineitems`, memo(12.5, { creditReasonId: 'r' }));
    assert.deepEqual(
      [credit.body['version'], String(credit.body['amount']), credit.body['creditReasonId']],
      [1, '12.5', 'r'],
    );
    const debit = await api.call('POST', `/bills/${approved.id}/debitlineitems`, memo(2));
    const bill = await read();
    assert.equal(total(bill).toFixed(), total(before).minus('10.5').toFixed());
    assert.deepEqual([bill.status, bill.version], ['APPROVED', (before.version ?? 0) + 2]);
    const [creditLine] = memosOf(bill, 'CREDIT_MEMO');
    const [debitLine] = memosOf(bill, 'DEBIT_MEMO');
    assert.deepEqual([creditLine?.id, String(creditLine?.subtotal)], [credit.body['id'], '-12.5']);
    assert.deepEqual([debitLine?.id, String(debitLine?.subtotal)], [debit.body['id'], '2']);
    assert.equal(creditLine?.['reasonId'], 'r');
    const [event] = await api.list(`/events?resourceId=${approved.id}`);
    assert.equal(event?.['eventName'], 'billing.bill.updated');
  });

  it('are listed, read, changed by version and deleted, and the Bill follows', async () => {
    const path = `/bills/${approved.id}/creditlineitems`;
    const [listed] = await api.list(path);
    const one = `${path}/${String(listed?.['id'])}`;
    assert.equal((await api.get(one)).body['description'], 'Goodwill');
    assert.equal((await api.get(one.replace('credit', 'debit'))).status, 404);
    assert.equal((await api.call('PUT', one, memo(1))).status, 400);
    assert.equal((await api.call('PUT', one, memo(1, { version: 9 }))).status, 409);
    const before = total(await read());
    assert.equal((await api.call('PUT', one, memo(20, { version: 1 }))).body['version'], 2);
    assert.equal(total(await read()).toFixed(), before.minus('7.5').toFixed());
    assert.equal((await api.call('DELETE', one)).body['id'], listed?.['id']);
    assert.equal(total(await read()).toFixed(), before.plus('12.5').toFixed());
    assert.equal((await api.get(one)).status, 404);
  });

  it('stay on the Bill when it is recalculated', async () => {
    await api.sandbox('recalculate', { billId: approved.id });
    const bill = await read();
    assert.equal(bill.status, 'PENDING');
    assert.equal(memosOf(bill, 'DEBIT_MEMO').length, 1);
  });

  it('are refused on locked Bills, without an amount, and with a negative one', async () => {
    const post = (billId: string, body: object) => api.call('POST', `/bills/${billId}/debitlineitems`, body);
    assert.match(String((await post(locked.id, memo(1))).body['message']), /locked/);
    assert.equal((await post(approved.id, memo(-1))).status, 400);
    assert.equal((await post(approved.id, memo('many'))).status, 400);
    assert.equal((await post(approved.id, { amount: 1 })).status, 400);
    assert.equal((await post('none', memo(1))).status, 404);
    assert.deepEqual(memosOf(await read(locked.id), 'DEBIT_MEMO').length, memosOf(locked, 'DEBIT_MEMO').length);
  });
});

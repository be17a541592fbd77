import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import Big from 'big.js';
import type { Bill, LineItem } from '../data/model.ts';
import { big } from '../data/pricing.ts';
import { stringifyExact } from '../shared/exactJson.ts';
import { smallDataSet, startTestApi } from './testApi.ts';
import type { TestApi } from './testApi.ts';

const dataSet = smallDataSet();
const ids = (bills: Array<Record<string, unknown>>): string[] => bills.map(({ id }) => String(id)).sort();
const idsWhere = (test: (bill: Bill) => boolean): string[] => ids(dataSet.bills.filter(test));
const asBill = (body: Record<string, unknown>): Bill => body as Bill;
const find = (test: (bill: Bill) => boolean): Bill => {
  const bill = dataSet.bills.find(test);
  assert.ok(bill);
  return bill;
};

describe('listing Bills', () => {
  let api: TestApi;
  before(async () => void (api = await startTestApi({ dataSet })));
  after(() => api.m3ter.close());

  it('pages through all Bills, newest first, each once', async () => {
    const listed = await api.list('/bills?pageSize=7');
    assert.deepEqual(ids(listed), ids(dataSet.bills));
    const created = listed.map(({ dtCreated }) => String(dtCreated));
    assert.deepEqual(created, created.toSorted().reverse());
  });

  it('gives totals and Line Items only as asked', async () => {
    const [plain] = await api.list('/bills');
    assert.equal(plain?.['billTotal'], undefined);
    assert.ok(Array.isArray(plain?.['lineItems']));
    const [asked] = await api.list('/bills?includeBillTotal=true&excludeLineItems=true');
    assert.notEqual(asked?.['billTotal'], undefined);
    assert.equal(asked?.['lineItems'], undefined);
  });

  it('filters by each documented parameter', async () => {
    const some = find(({ status, locked }) => status === 'APPROVED' && !locked);
    const { accountId, billDate = '', billJobId } = some;
    const invoiced = (bill: Bill) => String(bill['externalInvoiceDate']);
    const cases: Array<[query: string, expected: string[]]> = [
      [`accountId=${accountId}`, idsWhere((bill) => bill.accountId === accountId)],
      [`ids=${dataSet.bills[0]?.id},${dataSet.bills[3]?.id}`, ids(dataSet.bills.filter((_, n) => n === 0 || n === 3))],
      ['status=PENDING', idsWhere((bill) => bill.status === 'PENDING')],
      ['locked=true', idsWhere(() => true)],
      ['locked=false', idsWhere((bill) => bill.locked !== true)],
      [`billDate=${billDate}`, idsWhere((bill) => bill.billDate === billDate)],
      [`billDateStart=${billDate}`, idsWhere((bill) => (bill.billDate ?? '') >= billDate)],
      [`billDateEnd=${billDate}`, idsWhere((bill) => (bill.billDate ?? '') < billDate)],
      [`externalInvoiceDateStart=${billDate}`, idsWhere((bill) => invoiced(bill) >= billDate)],
      [`externalInvoiceDateEnd=${billDate}`, idsWhere((bill) => invoiced(bill) < billDate)],
      [`billingFrequency=MONTHLY&billDate=${billDate}`, idsWhere((bill) => bill.billDate === billDate)],
      [`billJobId=${billJobId}`, idsWhere((bill) => bill.billJobId === billJobId)],
      [`accountId=${accountId}&status=APPROVED`, idsWhere((b) => b.accountId === accountId && b.status === 'APPROVED')],
    ];
    for (const [query, expected] of cases) {
      assert.ok(expected.length > 0, query);
      assert.deepEqual(ids(await api.list(`/bills?excludeLineItems=true&${query}`)), expected, query);
    }
  });

  it('refuses parameters that are wrong, naming them', async () => {
    const wrong = [
      ['pageSize=0', /pageSize/],
      ['pageSize=101', /pageSize/],
      ['pageSize=many', /pageSize/],
      ['status=LOCKED', /status/],
      ['locked=perhaps', /locked/],
      ['billDateStart=yesterday', /billDateStart/],
      ['billingFrequency=MONTHLY', /billDate/],
      ['nextToken=invented', /nextToken/],
    ] as const;
    for (const [query, reason] of wrong) {
      const answer = await api.get(`/bills?${query}`);
      assert.equal(answer.status, 400, query);
      assert.match(String(answer.body['message']), reason);
    }
  });

  it('gets a Bill, the latest of an Account, and all of an Account', async () => {
    const bill = find(() => true);
    assert.equal((await api.get(`/bills/${bill.id}`)).body['id'], bill.id);
    const own = dataSet.bills.filter(({ accountId }) => accountId === bill.accountId);
    const latest = own.toSorted((a, b) => ((a.billDate ?? '') < (b.billDate ?? '') ? 1 : -1))[0];
    assert.equal((await api.get(`/bills/latest/${bill.accountId}`)).body['id'], latest?.id);
    assert.deepEqual(ids(await api.list(`/bills/accountid/${bill.accountId}?pageSize=2`)), ids(own));
    for (const route of ['/bills/none', '/bills/latest/none', '/bills/none/lineitems']) {
      assert.equal((await api.get(route)).status, 404, route);
    }
  });

  it('lists the Line Items of a Bill with exact amounts', async () => {
    const bill = find(({ lineItems = [] }) => lineItems.length > 200);
    const lines = await api.list(`/bills/${bill.id}/lineitems?pageSize=40`);
    const amounts = (items: Array<Record<string, unknown>>) =>
      stringifyExact(
        items.map(({ id, quantity, subtotal, convertedSubtotal }) => [id, quantity, subtotal, convertedSubtotal]),
      );
    assert.equal(amounts(lines), amounts(bill.lineItems ?? []));
    const [first] = lines;
    const one = await api.get(`/bills/${bill.id}/lineitems/${String(first?.['id'])}`);
    assert.equal(one.body['billId'], bill.id);
    assert.equal((await api.get(`/bills/${bill.id}/lineitems/none`)).status, 404);
  });
});

describe('changing Bills', () => {
  let api: TestApi;
  before(async () => void (api = await startTestApi({ dataSet })));
  after(() => api.m3ter.close());
  const read = async (id: string) => asBill((await api.get(`/bills/${id}`)).body);
  const newestEvent = async (billId: string) => {
    const [event] = await api.list(`/events?resourceId=${billId}`);
    const { eventData } = event?.['m3terEvent'] as { eventData: { newDto?: Partial<Bill>; oldDto?: Partial<Bill> } };
    return { name: event?.['eventName'], ...eventData };
  };
  /** Starts a job and lets it run to its end. */
  const run = async (route: string, body: object) => {
    const { body: job, text } = await api.call('POST', route, body);
    assert.equal(job['status'], 'PENDING', text);
    api.advance(60_000);
    return (await api.get(`/billjobs/${String(job['id'])}`)).body;
  };
  const pending = (skip: number) => {
    const bill = dataSet.bills.filter(({ status }) => status === 'PENDING')[skip];
    assert.ok(bill);
    return bill;
  };

  it('approves, moves version and time, and records old and new', async () => {
    const before = pending(0);
    api.advance(60_000);
    const answer = await api.call('POST', '/bills/approve', { billIds: [before.id] });
    assert.match(String(answer.body['message']), /1 of 1/);
    const bill = await read(before.id);
    assert.equal(bill.status, 'APPROVED');
    assert.equal(bill.version, (before.version ?? 0) + 1);
    assert.ok(String(bill.dtLastModified) > String(before.dtLastModified));
    assert.equal(bill['dtApproved'], bill.dtLastModified);
    const event = await newestEvent(before.id);
    assert.equal(event.name, 'billing.bill.updated');
    assert.deepEqual([event.oldDto?.status, event.newDto?.status], ['PENDING', 'APPROVED']);
    assert.equal(event.newDto?.accountId, before.accountId);
  });

  it('approves all or none of a batch', async () => {
    const { id } = pending(1);
    assert.equal((await api.call('POST', '/bills/approve', { billIds: [id, 'none'] })).status, 404);
    assert.equal((await read(id)).status, 'PENDING');
    assert.equal((await api.call('POST', '/bills/approve', { billIds: [] })).status, 400);
    assert.equal((await api.call('POST', '/bills/approve')).status, 400);
  });

  it('sets the status back and forth, and moves nothing when it stays', async () => {
    const { id } = pending(1);
    await api.call('PUT', `/bills/${id}/status`, { status: 'APPROVED' });
    const { version } = await read(id);
    await api.call('PUT', `/bills/${id}/status`, { status: 'APPROVED' });
    assert.equal((await read(id)).version, version);
    const back = asBill((await api.call('PUT', `/bills/${id}/status`, { status: 'PENDING' })).body);
    assert.deepEqual([back.status, back.version, back['dtApproved']], ['PENDING', (version ?? 0) + 1, undefined]);
    assert.equal((await api.call('PUT', `/bills/${id}/status`, { status: 'LOCKED' })).status, 400);
  });

  it('locks an approved Bill only, which then cannot change', async () => {
    const { id } = pending(2);
    const early = await api.call('PUT', `/bills/${id}/lock`);
    assert.equal(early.status, 400);
    assert.match(String(early.body['message']), /PENDING/);
    await api.call('PUT', `/bills/${id}/status`, { status: 'APPROVED' });
    const locked = asBill((await api.call('PUT', `/bills/${id}/lock`)).body);
    assert.deepEqual([locked.locked, locked.status], [true, 'APPROVED']);
    assert.equal((await api.call('PUT', `/bills/${id}/status`, { status: 'PENDING' })).status, 400);
    assert.equal((await api.call('DELETE', `/bills/${id}`)).status, 400);
    const job = await run('/billjobs/recalculate', { billIds: [id] });
    assert.deepEqual([job['status'], job['billIds']], ['COMPLETE', []]);
    assert.equal((await read(id)).version, locked.version);
  });

  it('deletes, answers what was deleted and records it', async () => {
    const { id } = pending(3);
    assert.equal((await api.call('DELETE', `/bills/${id}`)).body['id'], id);
    assert.equal((await api.get(`/bills/${id}`)).status, 404);
    const event = await newestEvent(id);
    assert.equal(event.name, 'billing.bill.deleted');
    assert.deepEqual([event.oldDto?.id, event.newDto], [id, undefined]);
  });

  it('recalculates: quantities move, a line goes, one comes, and the Bill is PENDING again', async () => {
    const before = find(
      ({ status, locked, lineItems = [] }) => status === 'APPROVED' && !locked && lineItems.length > 5,
    );
    api.advance(60_000);
    const job = await run('/billjobs/recalculate', { billIds: [before.id] });
    assert.deepEqual([job['type'], job['status'], job['billIds']], ['RECALCULATE', 'COMPLETE', [before.id]]);
    const bill = await read(before.id);
    assert.deepEqual([bill.status, bill['dtApproved'], bill.billJobId], ['PENDING', undefined, job['id']]);
    assert.equal(bill.version, (before.version ?? 0) + 1);
    assert.equal(bill.lastCalculatedDate, bill.dtLastModified);
    const [was, is] = [lineIds(before), lineIds(bill)];
    const kept = is.filter((id) => was.includes(id));
    assert.ok(kept.length > 0 && kept.length < is.length);
    assert.equal(new Set(is).size, is.length);
    assert.equal(is.length, was.length);
    assert.ok(bill.lineItems?.some(({ description }) => description?.endsWith('(late data)')));
    assert.ok(big(bill.billTotal).eq(totalOf(bill)));
    const byJob = await api.list(`/bills?billJobId=${String(job['id'])}`);
    assert.deepEqual(ids(byJob), [before.id]);
  });

  it('makes the Bills of a period, once each, for the Accounts asked', async () => {
    const waiting = dataSet.accounts.find(({ id }) =>
      dataSet.bills.every((bill) => bill.accountId !== id || bill.startDate !== '2026-11-01'),
    );
    const request = { accountIds: [waiting?.id], lastDateInBillingPeriod: '2026-11-30', billingFrequency: 'MONTHLY' };
    const job = await run('/billjobs', request);
    assert.equal(job['type'], 'CREATE');
    const [id] = job['billIds'] as string[];
    const bill = await read(id ?? '');
    assert.deepEqual(
      [bill.startDate, bill.endDate, bill.status, bill.version],
      ['2026-11-01', '2026-12-01', 'PENDING', 1],
    );
    assert.ok(big(bill.billTotal).eq(totalOf(bill)));
    assert.equal((await newestEvent(bill.id)).name, 'billing.bill.created');
    const again = await run('/billjobs', request);
    assert.deepEqual(again['billIds'], [id]);
    assert.equal((await read(bill.id)).version, 2);
    assert.ok((await api.list('/billjobs?status=COMPLETE&pageSize=1')).length >= 2);
    assert.equal((await api.call('POST', '/billjobs', { accountIds: ['none'] })).status, 404);
  });
});

const lineIds = (bill: Bill): string[] => (bill.lineItems ?? []).map(({ id }) => String(id));
const totalOf = (bill: Bill): Big =>
  (bill.lineItems ?? []).reduce((sum: Big, line: LineItem) => sum.plus(big(line.convertedSubtotal)), new Big(0));

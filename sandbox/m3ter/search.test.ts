import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { big } from '../data/pricing.ts';
import type { Bill } from '../data/model.ts';
import { smallDataSet, startTestApi } from './testApi.ts';
import type { TestApi } from './testApi.ts';

const dataSet = smallDataSet();
const ids = (entities: Array<Record<string, unknown>>): unknown[] => entities.map(({ id }) => id).sort();

let api: TestApi;
before(async () => void (api = await startTestApi({ dataSet })));
after(() => api.m3ter.close());

const search = async (path: string, query: Record<string, string>) => {
  const { body, status, text } = await api.get(`${path}/search?${new URLSearchParams(query).toString()}`);
  assert.equal(status, 200, text);
  return { data: body['data'] as Array<Record<string, unknown>>, nextToken: body['nextToken'] as string | undefined };
};
const bills = (searchQuery: string, more = {}) => search('/bills', { searchQuery, pageSize: '100', ...more });
const where = (test: (bill: Bill) => boolean) => ids(dataSet.bills.filter(test));

describe('searching', () => {
  it('compares Bills by every comparator, joined by AND or OR', async () => {
    const [first] = dataSet.bills as [Bill];
    const accountId = String(first.accountId);
    const cases: Array<[searchQuery: string, expected: unknown[]]> = [
      [
        `startDate>2026-09-01$accountId:${accountId}`,
        where((b) => b.accountId === accountId && b.startDate! > '2026-09-01'),
      ],
      ['startDate>=2026-09-01', where((b) => b.startDate! >= '2026-09-01')],
      ['endDate<2026-10-01', where((b) => b.endDate! < '2026-10-01')],
      ['billDate<=2026-10-01', where((b) => b.billDate! <= '2026-10-01')],
      ['locked:true', where((b) => b.locked === true)],
      ['billingFrequency~month', where(() => true)],
      [`ids:${first.id},none`, [first.id]],
    ];
    for (const [searchQuery, expected] of cases) {
      assert.ok(expected.length > 0, searchQuery);
      assert.deepEqual(ids((await bills(searchQuery)).data), expected, searchQuery);
    }
    const either = await bills(`id:${first.id}$locked:true`, { operator: 'OR' });
    assert.deepEqual(
      ids(either.data),
      where((b) => b.id === first.id || b.locked === true),
    );
  });

  it('sorts by any field, and pages by document, ten at a time', async () => {
    const { data } = await bills('', { sortBy: 'billTotal', sortOrder: 'DESC' });
    const totals = data.map(({ billTotal }) => Number(big(billTotal as Bill['billTotal'])));
    assert.deepEqual(
      totals,
      totals.toSorted((a, b) => b - a),
    );
    const seen: unknown[] = [];
    let fromDocument: string | undefined = '0';
    do {
      const page = await search('/bills', { fromDocument });
      assert.ok(page.data.length <= 10);
      seen.push(...page.data.map(({ id }) => id));
      fromDocument = page.nextToken;
    } while (fromDocument !== undefined);
    assert.deepEqual(
      seen.sort(),
      where(() => true),
    );
  });

  it('finds Accounts by the start of a word, and refuses what the call does not have', async () => {
    const [account] = dataSet.accounts;
    const word = String(account?.name).split(' ').at(-1);
    const { data } = await search('/accounts', { searchQuery: `name~${word}$currency:${String(account?.currency)}` });
    assert.ok(ids(data).includes(account?.id));
    for (const query of ['searchQuery=dtLastModified>2026', 'searchQuery=name', 'pageSize=101', 'sortBy=a;b']) {
      assert.equal((await api.get(`/bills/search?${query}`)).status, 400, query);
    }
  });
});

describe('other lists', () => {
  it('give the Line Items of all Bills, filtered and page by page', async () => {
    const all = dataSet.bills.flatMap(({ lineItems = [] }) => lineItems);
    const usage = await api.list('/lineitems?lineItemType=STANDING_CHARGE&pageSize=30');
    assert.equal(usage.length, all.filter(({ lineItemType }) => lineItemType === 'STANDING_CHARGE').length);
    const commitmentId = all.find((line) => line['commitmentId'] !== undefined)?.['commitmentId'];
    const drawn = await api.list(`/lineitems?commitmentId=${String(commitmentId)}`);
    assert.equal(drawn.length, all.filter((line) => line['commitmentId'] === commitmentId).length);
    const [bill] = dataSet.bills as [Bill];
    const own = await api.list(`/lineitems?billId=${bill.id}`);
    assert.deepEqual(ids(own), ids(bill.lineItems as Array<Record<string, unknown>>));
  });

  it('give and approve the Bills of a billing period', async () => {
    const path = '/bills/billingperiod/2026-10-31/monthly';
    const october = dataSet.bills.filter(({ endDate }) => endDate === '2026-11-01');
    assert.deepEqual(ids(await api.list(`${path}?pageSize=3`)), ids(october));
    const { body } = await api.call('POST', `${path}/approve`);
    assert.match(String(body['message']), new RegExp(`of ${october.length} Bills approved`));
    assert.deepEqual(
      (await api.list(path)).filter(({ status }) => status !== 'APPROVED'),
      [],
    );
    assert.equal((await api.get('/bills/billingperiod/2026-10-31/yearly')).status, 400);
    assert.equal((await api.get('/bills/billingperiod/october/monthly')).status, 400);
  });

  it('preview the Bill of one Account without keeping it', async () => {
    const [account] = dataSet.accounts;
    const { body } = await api.call('POST', '/bills/preview', { accountIds: [account?.id] });
    assert.equal(body['accountId'], account?.id);
    assert.equal((await api.get(`/bills/${String(body['id'])}`)).status, 404);
    const two = dataSet.accounts.slice(0, 2).map(({ id }) => id);
    assert.equal((await api.call('POST', '/bills/preview', { accountIds: two })).status, 400);
  });

  it('give the children of an Account, and forget a deleted one with an event', async () => {
    const child = dataSet.accounts.find((account) => account['parentAccountId'] !== undefined);
    const children = await api.list(`/accounts/${String(child?.['parentAccountId'])}/children`);
    assert.ok(ids(children).includes(child?.id));
    assert.equal((await api.call('DELETE', `/accounts/${child?.id}`)).body['id'], child?.id);
    assert.equal((await api.get(`/accounts/${child?.id}`)).status, 404);
    const [event] = await api.list(`/events?accountId=${child?.id}`);
    assert.equal(event?.['eventName'], 'configuration.account.deleted');
  });

  it('keep currencies, reasons, custom fields and integrations that are not ours', async () => {
    const euro = { name: 'Euro', code: 'EUR', maxDecimalPlaces: 2, roundingMode: 'HALF_EVEN' };
    await api.call('POST', '/picklists/currency', euro);
    await api.call('POST', '/picklists/currency', { ...euro, code: 'XXX', archived: true });
    assert.deepEqual(
      (await api.list('/picklists/currency')).map(({ code }) => code),
      ['EUR'],
    );
    assert.equal((await api.list('/picklists/currency?archived=true')).length, 2);
    assert.equal(
      (await api.call('POST', '/picklists/creditreasons', { name: 'Goodwill', code: 'goodwill' })).status,
      200,
    );
    const fields = await api.call('PUT', '/customfields', { version: 1, account: { tier: 'none' } });
    assert.deepEqual([fields.body['version'], fields.body['account']], [2, { tier: 'none' }]);
    const config = { entityType: 'Bill', destination: 'Stripe', configData: { accountIds: ['a'] } };
    const made = await api.call('POST', '/integrationconfigs', config);
    assert.deepEqual([made.body['enabled'], made.body['authorized']], [true, false]);
    assert.equal((await api.get('/integrationconfigs/entity/Bill?destination=Stripe')).body['id'], made.body['id']);
    assert.equal((await api.get('/integrationconfigs/entity/Contract')).status, 404);
    const enabled = await api.call('POST', `/integrationconfigs/${String(made.body['id'])}/enable`);
    assert.equal(enabled.body['version'], 2);
    assert.match((await api.get('/integrationconfigs/available/systems')).text, /Salesforce/);
    assert.equal((await api.get('/externalmappingconfiguration/values/Salesforce/Account')).text, '[]');
  });
});

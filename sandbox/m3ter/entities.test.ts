import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { smallDataSet, startTestApi } from './testApi.ts';
import type { TestApi } from './testApi.ts';

const dataSet = smallDataSet();
const ids = (entities: Array<Record<string, unknown>>): string[] => entities.map(({ id }) => String(id)).sort();

let api: TestApi;
before(async () => void (api = await startTestApi({ dataSet })));
after(() => api.m3ter.close());

describe('Accounts', () => {
  const request = { name: 'Elm & Ash Ltd', code: 'elm-ash', emailAddress: 'ap@elm-ash.example' };

  it('lists all, by ids and by codes', async () => {
    const [first, second] = dataSet.accounts;
    assert.deepEqual(ids(await api.list('/accounts?pageSize=4')), ids(dataSet.accounts));
    assert.deepEqual(
      ids(await api.list(`/accounts?ids=${first?.id},${second?.id},none`)),
      ids(dataSet.accounts.slice(0, 2)),
    );
    assert.deepEqual(ids(await api.list(`/accounts?codes=${first?.code}`)), [first?.id]);
    assert.equal((await api.get(`/accounts/${first?.id}`)).body['name'], first?.name);
    assert.equal((await api.get('/accounts/none')).status, 404);
  });

  it('creates and updates as a whole, with exact custom fields and an event for each', async () => {
    const created = await api.call('POST', '/accounts', {
      ...request,
      customFields: { tier: 'Growth', score: 0.1, none: null },
    });
    assert.equal(created.body['version'], 1);
    assert.match(created.text, /"customFields":\{"tier":"Growth","score":0\.1\}/);
    const id = String(created.body['id']);
    const updated = await api.call('PUT', `/accounts/${id}`, { ...request, name: 'Elm Ltd', version: 1 });
    assert.deepEqual(
      [updated.body['version'], updated.body['name'], updated.body['customFields']],
      [2, 'Elm Ltd', undefined],
    );
    const names = (await api.list(`/events?accountId=${id}`)).map(({ eventName }) => eventName);
    assert.deepEqual(names, ['configuration.account.updated', 'configuration.account.created']);
  });

  it('refuses a stale or missing version, a taken code and a missing name', async () => {
    const { id, version = 1 } = dataSet.accounts[2] ?? { id: '' };
    assert.equal(
      (await api.call('PUT', `/accounts/${id}`, { ...request, code: 'x', version: version + 1 })).status,
      409,
    );
    assert.equal((await api.call('PUT', `/accounts/${id}`, { ...request, code: 'x' })).status, 400);
    const taken = await api.call('POST', '/accounts', { ...request, code: dataSet.accounts[0]?.code });
    assert.equal(taken.status, 409);
    assert.equal((await api.call('POST', '/accounts', { code: 'x', emailAddress: 'a@b.example' })).status, 400);
  });
});

describe('External Mappings', () => {
  it('lists by system, by m3ter ids and by configuration', async () => {
    const [first, second] = dataSet.externalMappings;
    assert.deepEqual(ids(await api.list('/externalmappings?pageSize=3')), ids(dataSet.externalMappings));
    assert.deepEqual(
      ids(await api.list('/externalmappings?externalSystemId=Salesforce')),
      ids(dataSet.externalMappings),
    );
    assert.deepEqual(await api.list('/externalmappings?externalSystemId=Stripe'), []);
    assert.deepEqual(await api.list('/externalmappings?integrationConfigId=none'), []);
    const both = await api.list(`/externalmappings?m3terIds=${first?.m3terId},${second?.m3terId}`);
    assert.deepEqual(ids(both), ids(dataSet.externalMappings.slice(0, 2)));
    assert.equal((await api.get('/externalmappings?pageSize=200')).status, 200);
    assert.equal((await api.get('/externalmappings?pageSize=201')).status, 400);
  });

  it('finds by either side', async () => {
    const mapping = dataSet.externalMappings[1];
    const inside = await api.list(`/externalmappings/external/Account/${mapping?.m3terId}`);
    const outside = await api.list(`/externalmappings/externalid/Salesforce/Account/${mapping?.externalId}`);
    assert.deepEqual([ids(inside), ids(outside)], [[mapping?.id], [mapping?.id]]);
  });

  it('creates, updates under the version lock, and deletes', async () => {
    const fields = {
      m3terEntity: 'Account',
      m3terId: dataSet.accounts[4]?.id,
      externalSystem: 'Salesforce',
      externalTable: 'Account',
      externalId: 'CUS-1',
    };
    const created = await api.call('POST', '/externalmappings', fields);
    const route = `/externalmappings/${String(created.body['id'])}`;
    const updated = await api.call('PUT', route, { ...fields, externalId: 'CUS-2', version: 1 });
    assert.deepEqual([updated.body['externalId'], updated.body['version']], ['CUS-2', 2]);
    assert.equal((await api.call('PUT', route, { ...fields, version: 1 })).status, 409);
    assert.equal((await api.list('/externalmappings/externalid/Salesforce/Account/CUS-2')).length, 1);
    assert.equal((await api.call('DELETE', route)).body['externalId'], 'CUS-2');
    assert.equal((await api.get(route)).status, 404);
    assert.equal((await api.call('POST', '/externalmappings', { ...fields, externalId: ' padded' })).status, 400);
    assert.equal((await api.call('POST', '/externalmappings', { m3terEntity: 'Account' })).status, 400);
  });

  it('tells the vocabulary', async () => {
    const { body } = await api.get('/externalmappingconfiguration');
    assert.match(JSON.stringify(body), /"name":"Salesforce","tables":\["Account"\]/);
  });
});

describe('Events', () => {
  it('starts with the Bills made in the last 28 days, newest first', async () => {
    const recent = dataSet.bills.filter(({ dtCreated = '' }) => dtCreated >= '2026-10-25T12:00:00.000Z');
    const events = await api.list('/events?eventName=billing.bill.created&pageSize=5');
    assert.equal(events.length, recent.length);
    const times = events.map(({ eventTime }) => String(eventTime));
    assert.deepEqual(times, times.toSorted().reverse());
  });

  it('filters by type, resource and ids, and gets one', async () => {
    const [event] = await api.list('/events');
    const id = String(event?.['id']);
    assert.equal((await api.get(`/events/${id}`)).body['eventName'], event?.['eventName']);
    assert.deepEqual(ids(await api.list(`/events?ids=${id}`)), [id]);
    assert.ok((await api.list('/events?eventType=Notification&includeActioned=true')).length > 0);
    assert.deepEqual(await api.list('/events?eventType=IntegrationEvent'), []);
    assert.deepEqual(await api.list('/events?notificationCode=none'), []);
    assert.equal((await api.get(`/events?ids=${id}&eventName=billing.bill.created`)).status, 400);
    assert.equal((await api.get('/events?eventType=Birthday')).status, 400);
    assert.equal((await api.get('/events/none')).status, 404);
    const { body } = await api.get('/events/types');
    const types = body['events'] as string[];
    assert.ok(types.includes('billing.bill.updated') && types.includes('integration.perform.error'));
    assert.equal(new Set(types).size, 106);
  });

  it('forgets events after 28 days', async (t) => {
    const own = await startTestApi({ dataSet });
    t.after(() => own.m3ter.close());
    const played = await own.sandbox('approve');
    own.advance(28 * 86_400_000 - 1);
    await own.renewToken();
    assert.deepEqual(
      (await own.list('/events')).map(({ eventName }) => eventName),
      ['billing.bill.updated'],
    );
    own.advance(2);
    assert.deepEqual(await own.list(`/events?resourceId=${String(played.body['billId'])}`), []);
  });
});

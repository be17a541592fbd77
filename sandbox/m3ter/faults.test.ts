import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import type { M3terFault } from './faults.ts';
import { signIn, smallDataSet, startTestApi } from './testApi.ts';
import type { TestApi } from './testApi.ts';

describe('faults of local m3ter', () => {
  const dataSet = smallDataSet();
  let api: TestApi;
  let token: string;

  before(async () => {
    api = await startTestApi({ dataSet });
    token = await signIn(api.m3ter);
  });
  after(() => api.m3ter.close());
  afterEach(() => fetch(`${api.m3ter.baseUrl}/sandbox/faults`, { method: 'DELETE' }));
  const fault = (kind: M3terFault, path = '/bills') =>
    api.sandbox('faults', { match: { path }, times: 1, fault: kind });
  const send = (path: string, init: RequestInit = {}) =>
    fetch(`${api.m3ter.baseUrl}/organizations/${api.m3ter.orgId}${path}`, {
      ...init,
      headers: { authorization: `Bearer ${token}` },
    });

  it('answers a status with headers, once, to the requests that match', async () => {
    await fault({ kind: 'status', status: 429, headers: { 'retry-after': '2' } });
    assert.equal((await send('/accounts')).status, 200);
    const answer = await send('/bills');
    assert.deepEqual([answer.status, answer.headers.get('retry-after')], [429, '2']);
    assert.equal((await send('/bills')).status, 200);
    await fault({ kind: 'status', status: 401 }, '/oauth/token');
    assert.equal((await fetch(`${api.m3ter.baseUrl}/oauth/token`, { method: 'POST' })).status, 401);
  });

  it('closes the connection before or after the work is done, or says nothing', async () => {
    const approve = (id: string, signal?: AbortSignal) =>
      send(`/bills/${id}/lock`, { method: 'PUT', ...(signal ? { signal } : {}) });
    const approved = dataSet.bills.filter(({ status, locked }) => status === 'APPROVED' && locked !== true);
    const isLocked = async (id: string) => (await api.get(`/bills/${id}`)).body['locked'];
    const [before, later] = approved.map(({ id }) => id) as [string, string];
    await fault({ kind: 'dropBefore' });
    await assert.rejects(approve(before), TypeError);
    assert.equal(await isLocked(before), false);
    await fault({ kind: 'dropAfterCommit' });
    await assert.rejects(approve(later), TypeError);
    assert.equal(await isLocked(later), true);
    await fault({ kind: 'halfOpen' });
    await assert.rejects(approve(before, AbortSignal.timeout(200)), /timeout/);
    assert.equal(await isLocked(before), false);
  });

  it('forgets its events, as m3ter does after 28 days', async () => {
    assert.notEqual((await api.list('/events')).length, 0);
    await api.sandbox('forget-events');
    assert.deepEqual(await api.list('/events'), []);
  });

  it('counts requests by route and refuses rules it cannot play', async () => {
    const stats = async () =>
      (await (await fetch(`${api.m3ter.baseUrl}/sandbox/stats`)).json()) as { routes: Record<string, number> };
    const before = (await stats()).routes['GET /bills/:id'] ?? 0;
    await send(`/bills/${dataSet.bills[0]?.id}`);
    const { routes } = await stats();
    assert.equal(routes['GET /bills/:id'], before + 1);
    assert.ok(Object.keys(routes).every((route) => !route.includes('sandbox')));
    assert.equal((await api.sandbox('faults', { match: {}, fault: { kind: 'meteor' } })).status, 400);
  });
});

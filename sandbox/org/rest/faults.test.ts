import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';
import { billFields, startTestOrg } from '../testServer.ts';

const client = await startTestOrg();

afterEach(async () => {
  await client.send('DELETE', '/sandbox/faults');
});

async function bills(id: string): Promise<number> {
  return (await client.query(`SELECT Id FROM Bill__c WHERE M3ter_Bill_Id__c = '${id}'`)).length;
}

describe('faults', () => {
  it('answers a status as often as asked, to the requests that match', async () => {
    const body = [{ errorCode: 'REQUEST_LIMIT_EXCEEDED', message: 'TotalRequests Limit exceeded.' }];
    const rule = { match: { method: 'GET', path: '/limits' }, times: 1, fault: { kind: 'status', status: 403, body } };
    assert.equal((await client.send('POST', '/sandbox/faults', rule)).status, 201);
    assert.equal((await client.send('GET', 'sobjects')).status, 200);
    const hit = await client.send('GET', 'limits');
    assert.deepEqual([hit.status, hit.body], [403, body]);
    assert.equal((await client.send('GET', 'limits')).status, 200);
    assert.deepEqual((await client.send('GET', '/sandbox/faults')).body, [{ ...rule, times: 0 }]);
  });

  it('drops the connection before the work is done', async () => {
    await client.send('POST', '/sandbox/faults', {
      match: { path: '/before' },
      times: 1,
      fault: { kind: 'dropBefore' },
    });
    await assert.rejects(
      client.send('PATCH', 'sobjects/Bill__c/M3ter_Bill_Id__c/before', billFields('before')),
      TypeError,
    );
    assert.equal(await bills('before'), 0);
  });

  it('drops the connection after the work is done', async () => {
    await client.send('POST', '/sandbox/faults', {
      match: { path: '/after' },
      times: 1,
      fault: { kind: 'dropAfterCommit' },
    });
    await assert.rejects(
      client.send('PATCH', 'sobjects/Bill__c/M3ter_Bill_Id__c/after', billFields('after')),
      TypeError,
    );
    assert.equal(await bills('after'), 1);
  });

  it('ends a session', async () => {
    await client.send('POST', '/sandbox/faults', { match: {}, times: 1, fault: { kind: 'expireSession' } });
    assert.equal((await client.send('GET', 'limits', undefined, 'viewer')).status, 401);
    assert.equal((await client.send('GET', 'limits', undefined, 'viewer')).status, 401);
  });

  it('refuses a locked row: all of a composite, for the sake of its first write, and no reads', async () => {
    await client.send('POST', '/sandbox/faults', { match: {}, times: 2, fault: { kind: 'rowLock' } });
    const url = '/services/data/v67.0/sobjects/Bill__c/M3ter_Bill_Id__c/';
    const compositeRequest = ['one', 'two'].map((id) => ({
      method: 'PATCH',
      url: url + id,
      referenceId: id,
      body: billFields(id),
    }));
    const { status, body } = await client.send('POST', 'composite', { allOrNone: true, compositeRequest });
    const { compositeResponse } = body as { compositeResponse: Array<{ referenceId: string; body: unknown }> };
    assert.deepEqual([status, compositeResponse.map(({ referenceId }) => referenceId)], [200, ['one', 'two']]);
    assert.match(JSON.stringify(compositeResponse[0]?.body), /UNABLE_TO_LOCK_ROW/);
    assert.match(JSON.stringify(compositeResponse[1]?.body), /PROCESSING_HALTED/);
    assert.equal((await client.send('GET', 'limits')).status, 200);
    assert.equal((await client.send('PATCH', url + 'one', billFields('one'))).status, 400);
    assert.equal((await bills('one')) + (await bills('two')), 0);
  });

  it('delays an answer and refuses rules it cannot play', async () => {
    await client.send('POST', '/sandbox/faults', [{ match: {}, times: 1, fault: { kind: 'latency', ms: 5 } }]);
    assert.equal((await client.send('GET', 'limits')).status, 200);
    assert.equal((await client.send('POST', '/sandbox/faults', { fault: { kind: 'meteor' } })).status, 400);
  });
});

describe('statistics', () => {
  it('count requests by route, sign-in and knobs not among them', async () => {
    const stats = async () => (await client.send('GET', '/sandbox/stats')).body as { routes: Record<string, number> };
    const before = (await stats()).routes['GET sobjects/:object/describe'] ?? 0;
    await client.send('GET', 'sobjects/Bill__c/describe');
    const { routes } = await stats();
    assert.equal(routes['GET sobjects/:object/describe'], before + 1);
    assert.ok(Object.keys(routes).every((route) => !route.includes('sandbox') && !route.includes('oauth')));
  });
});

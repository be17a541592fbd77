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

  it('leaves a connection open without a word, before or after the work is done', async () => {
    const silent = (signal: AbortSignal, id: string) =>
      fetch(`${client.org.instanceUrl}/services/data/v67.0/sobjects/Bill__c/M3ter_Bill_Id__c/${id}`, {
        method: 'PATCH',
        headers: { authorization: `Bearer ${client.tokenOf('agent')}`, 'content-type': 'application/json' },
        body: JSON.stringify(billFields(id)),
        signal,
      });
    for (const [id, afterCommit, written] of [
      ['silent', false, 0],
      ['silent-after', true, 1],
    ] as const) {
      await client.send('POST', '/sandbox/faults', {
        match: { path: id },
        times: 1,
        fault: { kind: 'halfOpen', afterCommit },
      });
      await assert.rejects(silent(AbortSignal.timeout(200), id), /aborted due to timeout/);
      assert.equal(await bills(id), written);
    }
  });

  it("refuses as an org does whose calls are used up, by a rule or by the day's allowance", async () => {
    await client.send('POST', '/sandbox/faults', {
      match: {},
      times: 1,
      fault: { kind: 'limit', of: 'TotalRequests' },
    });
    const refused = await client.send('GET', 'sobjects');
    assert.equal(refused.status, 403);
    assert.match(JSON.stringify(refused.body), /REQUEST_LIMIT_EXCEEDED.*TotalRequests/);
    await client.send('POST', '/sandbox/limits', { dailyApiRequests: 2, used: 0 });
    const [first, second, third] = [
      await client.send('GET', 'limits'),
      await client.send('GET', 'sobjects'),
      await client.send('GET', 'sobjects'),
    ];
    assert.deepEqual([first.status, second.status, third.status], [200, 200, 403]);
    assert.equal(first.headers.get('sforce-limit-info'), 'api-usage=1/2');
    assert.deepEqual((first.body as Record<string, unknown>)['DailyApiRequests'], { Max: 2, Remaining: 1 });
    assert.equal((await client.send('POST', '/sandbox/limits', {})).status, 400);
    await client.send('POST', '/sandbox/limits', { dailyApiRequests: 100_000, used: 0 });
  });

  it('refuses the records it is told to, in whatever they are written', async () => {
    const rule = { match: {}, times: 1 };
    const fault = { kind: 'refuse', code: 'REQUIRED_FIELD_MISSING', message: 'Required fields are missing: [X]' };
    await client.send('POST', '/sandbox/faults', { ...rule, after: 1, fault: { ...fault, object: 'Bill__c' } });
    const records = ['pass', 'meets', 'later'].map((id) => ({
      attributes: { type: 'Bill__c' },
      M3ter_Bill_Id__c: id,
      ...billFields(id),
    }));
    const url = 'composite/sobjects/Bill__c/M3ter_Bill_Id__c';
    const { body } = await client.send('PATCH', url, { allOrNone: false, records });
    assert.deepEqual(
      (body as Array<{ success: boolean }>).map(({ success }) => success),
      [true, false, true],
    );
    await client.send('POST', '/sandbox/faults', { ...rule, fault: { ...fault, containing: 'meets' } });
    assert.equal((await client.send('PATCH', `sobjects/Bill__c/M3ter_Bill_Id__c/meets`, billFields('m'))).status, 400);
    assert.equal(await bills('meets'), 0);
  });

  it('refuses a sign-in in whatever words it is given', async () => {
    const body = { error: 'invalid_client', error_description: 'invalid client credentials' };
    const match = { path: '/services/oauth2/token' };
    await client.send('POST', '/sandbox/faults', { match, times: 1, fault: { kind: 'status', status: 400, body } });
    const answer = await fetch(`${client.org.instanceUrl}/services/oauth2/token`, { method: 'POST' });
    assert.deepEqual([answer.status, await answer.json()], [400, body]);
  });

  it('takes its time for a request and for each record of it, beside whatever else befalls it', async () => {
    const latency = { kind: 'latency', ms: { lognormal: { median: 2, p99: 5 } }, perRecordMs: 1 };
    const status = { kind: 'status', status: 503, body: 'Server Unavailable' };
    await client.send('POST', '/sandbox/faults', [
      { match: {}, seed: 'a', fault: latency },
      { match: { path: '/limits' }, fault: status },
    ]);
    assert.equal((await client.send('GET', 'query?q=SELECT+Id+FROM+User')).status, 200);
    await assert.rejects(client.send('GET', 'limits'), SyntaxError);
  });

  it('lets a body arrive slowly, or not to its end', async () => {
    const rule = { match: {}, times: 1 };
    await client.send('POST', '/sandbox/faults', { ...rule, fault: { kind: 'slowBody', ms: 10 } });
    const slow = await client.send('GET', 'sobjects/Bill__c/describe');
    assert.equal((slow.body as { name: string }).name, 'Bill__c');
    await client.send('POST', '/sandbox/faults', { ...rule, fault: { kind: 'cutBody' } });
    await assert.rejects(client.send('GET', 'sobjects/Bill__c/describe'), /terminated/);
  });

  it('refuses rules it cannot play', async () => {
    for (const fault of [{ kind: 'meteor' }, { kind: 'latency', ms: -1 }, { kind: 'slowBody' }, undefined]) {
      assert.equal((await client.send('POST', '/sandbox/faults', { match: {}, fault })).status, 400);
    }
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

  it('tell calls that only read from those that write, also composites', async () => {
    const stats = async () =>
      (await client.send('GET', '/sandbox/stats')).body as { apiRequests: number; reading: number };
    const counted = async (...methods: string[]): Promise<number[]> => {
      const before = await stats();
      const url = '/services/data/v67.0/query?q=SELECT+Id+FROM+Account+LIMIT+1';
      const compositeRequest = methods.map((method, index) => ({ method, url, referenceId: `part${index}` }));
      await client.send('POST', 'composite', { compositeRequest });
      const { apiRequests, reading } = await stats();
      return [apiRequests - before.apiRequests, reading - before.reading];
    };
    assert.deepEqual(await counted('GET', 'GET'), [1, 1]);
    assert.deepEqual(await counted('GET', 'DELETE'), [1, 0]);
  });
});

describe('the write log', () => {
  it('tells which records each request wrote, from when until when', async () => {
    await client.send('POST', 'composite', {
      allOrNone: true,
      compositeRequest: [
        {
          method: 'PATCH',
          url: '/services/data/v67.0/composite/sobjects/Bill__c/M3ter_Bill_Id__c',
          referenceId: 'bills',
          body: { records: [{ attributes: { type: 'Bill__c' }, M3ter_Bill_Id__c: 'logged', ...billFields('l') }] },
        },
      ],
    });
    const log = (await client.send('GET', '/sandbox/writes')).body as Array<Record<string, unknown>>;
    const last = log.at(-1);
    assert.deepEqual(last?.['keys'], ['Bill__c:logged']);
    assert.ok(Number(last['from']) < Number(last['until']));
  });
});

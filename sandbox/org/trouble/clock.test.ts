import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';
import { startTestOrg, TestClient } from '../testServer.ts';

const client = await startTestOrg();
const setClock = (body: object) => client.send('POST', '/sandbox/clock', body);
const setLimits = (body: object) => client.send('POST', '/sandbox/limits', body);

afterEach(async () => {
  await client.send('DELETE', '/sandbox/clock');
  await setLimits({ dailyApiRequests: 100_000, used: 0, longRequests: 25, longRequestMs: 20_000, sessionMinutes: 120 });
  await client.send('DELETE', '/sandbox/faults');
});

async function session(): Promise<string> {
  const { clientId, clientSecret, instanceUrl } = client.org;
  const form = { grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret };
  const answer = await fetch(`${instanceUrl}/services/oauth2/token`, {
    method: 'POST',
    body: new URLSearchParams(form),
  });
  return ((await answer.json()) as { access_token: string }).access_token;
}

const statusWith = async (token: string): Promise<number> => {
  const headers = { authorization: `Bearer ${token}` };
  return (await fetch(`${client.org.instanceUrl}/services/data/v67.0/limits`, { headers })).status;
};

describe("the org's clock", () => {
  it('is told, set and stopped; system fields and date literals go by it', async () => {
    const set = await setClock({ now: '2030-02-28T23:30:00Z', isStopped: true });
    assert.deepEqual(set.body, { now: '2030-02-28T23:30:00.000Z', isStopped: true });
    await client.send('POST', 'sobjects/Account', { Name: 'Of that day' }, 'admin');
    const [account] = await client.query('SELECT CreatedDate FROM Account WHERE CreatedDate = TODAY');
    assert.equal(account?.['CreatedDate'], '2030-02-28T23:30:00.000+0000');
    const { headers } = await client.send('GET', 'limits');
    assert.equal(headers.get('date'), 'Thu, 28 Feb 2030 23:30:00 GMT');
    await setClock({ now: '2030-03-02T12:00:00Z' });
    assert.deepEqual(await client.query('SELECT Id FROM Account WHERE CreatedDate = TODAY'), []);
    await client.send('DELETE', '/sandbox/clock');
    const { body } = await client.send('GET', '/sandbox/clock');
    assert.equal((body as { now: string }).now.slice(0, 10), new Date().toISOString().slice(0, 10));
  });

  it('refuses what is no instant', async () => {
    for (const wrong of [{ now: 'soon' }, { now: 5 }, { isStopped: 'yes' }]) {
      assert.equal((await setClock(wrong)).status, 400);
    }
  });

  it('lets calls count for 24 hours', async () => {
    await setClock({ now: '2030-01-01T00:00:00Z', isStopped: true });
    await setLimits({ dailyApiRequests: 10, used: 9 });
    assert.deepEqual(
      [(await client.send('GET', 'limits')).status, (await client.send('GET', 'limits')).status],
      [200, 403],
    );
    await setClock({ now: '2030-01-01T23:59:00Z' });
    assert.equal((await client.send('GET', 'limits')).status, 403);
    await setClock({ now: '2030-01-02T00:00:00Z' });
    const { status, headers } = await client.send('GET', 'limits');
    assert.deepEqual([status, headers.get('sforce-limit-info')], [200, 'api-usage=2/10']);
  });

  it('ends sessions that nobody has used for long enough', async () => {
    await setClock({ now: '2030-01-01T00:00:00Z', isStopped: true });
    const [used, unused] = [await session(), await session()];
    await setClock({ now: '2030-01-01T01:30:00Z' });
    assert.equal(await statusWith(used), 200);
    await setClock({ now: '2030-01-01T02:30:00Z' });
    assert.deepEqual([await statusWith(used), await statusWith(unused)], [200, 401]);
    await setLimits({ sessionMinutes: 15 });
    await setClock({ now: '2030-01-01T02:45:00Z' });
    assert.equal(await statusWith(used), 401);
    assert.equal(await statusWith(client.tokenOf('agent')), 200);
  });
});

describe('requests that take long', () => {
  it('make the org refuse all further ones while too many of them run', async () => {
    await setLimits({ longRequests: 1, longRequestMs: 0 });
    const silent = new AbortController();
    const rule = { match: { path: '/query' }, times: 1, fault: { kind: 'halfOpen' } };
    await client.send('POST', '/sandbox/faults', rule);
    const hanging = fetch(`${client.org.instanceUrl}/services/data/v67.0/query?q=SELECT+Id+FROM+User`, {
      headers: { authorization: `Bearer ${client.tokenOf('agent')}` },
      signal: silent.signal,
    }).catch((error: Error) => error.name);
    const refused = await until(403);
    assert.match(JSON.stringify(refused.body), /REQUEST_LIMIT_EXCEEDED.*ConcurrentRequests/);
    silent.abort();
    assert.equal(await hanging, 'AbortError');
    await until(200);
  });
});

describe('limits', () => {
  it('are refused when they are none', async () => {
    for (const wrong of [{}, { used: 'all' }, { dailyApiRequests: -1 }, { wings: 2 }]) {
      assert.equal((await setLimits(wrong)).status, 400);
    }
  });
});

/** Asks until the answer has this status, which comes as soon as the org has noticed what was done to it. */
async function until(status: number): Promise<Awaited<ReturnType<TestClient['send']>>> {
  for (let tries = 0; tries < 1000; tries += 1) {
    const answer = await client.send('GET', 'limits');
    if (answer.status === status) return answer;
  }
  throw new Error(`The org never answered ${status}.`);
}

import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';
import Big from 'big.js';
import { scriptedServer, type ScriptedAnswer } from '../testing/scriptedServer.ts';
import { testRuntime } from '../testing/testRuntime.ts';
import { M3terClient } from './client.ts';
import {
  M3terAuthenticationError,
  M3terRateLimitError,
  M3terRequestError,
  M3terResponseError,
  M3terUnavailableError,
} from './errors.ts';
import { calls, clientOf, keysOf, scene, signIns } from './testing.ts';

const page = (...ids: string[]): ScriptedAnswer => ({ body: { data: ids.map((id) => ({ id, lineItems: [] })) } });

async function collect<T>(values: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const value of values) all.push(value);
  return all;
}

afterEach(() => scene.server.close());

describe('the m3ter client', () => {
  it('signs in with the access key by Basic authentication and sends the token', async () => {
    const client = await clientOf(() => page('a'));
    await client.getBills(['a']);
    const [signIn] = signIns();
    assert.equal(signIn?.headers.authorization, `Basic ${Buffer.from('key:secret').toString('base64')}`);
    assert.deepEqual(JSON.parse(signIn?.body ?? ''), { grant_type: 'client_credentials' });
    assert.equal(calls()[0]?.headers.authorization, 'Bearer token-1');
  });

  it('keeps to its part of what m3ter takes while other workers run', async () => {
    const client = await clientOf(() => page());
    const shares = [4, 60, 1].map((workers) => {
      client.shareWith(workers);
      return client.requestsPerSecond;
    });
    assert.deepEqual(shares, [12, 1, 50]);
    await client.getBills(['a']);
    assert.equal(calls().length, 1);
  });

  it('signs in once for requests at the same time', async () => {
    const client = await clientOf(() => page('a'));
    await Promise.all([client.getBills(['a']), client.getBills(['a']), client.getBills(['a'])]);
    assert.equal(signIns().length, 1);
    assert.equal(client.apiCalls, 3);
  });

  it('takes a new token five minutes before the old one ends', async () => {
    const client = await clientOf(() => page('a'));
    await client.getBills(['a']);
    scene.runtime.time = new Date(scene.runtime.time.getTime() + 17_699_000);
    await client.getBills(['a']);
    assert.equal(signIns().length, 1);
    scene.runtime.time = new Date(scene.runtime.time.getTime() + 1000);
    await client.getBills(['a']);
    assert.equal(signIns().length, 2);
  });

  it('tries once more with a fresh token when m3ter answers 401', async () => {
    const client = await clientOf(({ headers }) =>
      headers.authorization === 'Bearer token-1' ? { status: 401, body: {} } : page('a'),
    );
    assert.equal((await client.getBills(['a'])).length, 1);
    assert.deepEqual([signIns().length, calls().length], [2, 2]);
  });

  it('gives up when m3ter answers 401 to a fresh token', async () => {
    const client = await clientOf(() => ({ status: 401, body: {} }));
    await assert.rejects(client.getBills(['a']), M3terAuthenticationError);
    assert.equal(calls().length, 2);
  });

  it('names the missing permission when m3ter answers 403', async () => {
    const client = await clientOf(() => ({ status: 403, body: { message: 'no access' } }));
    await assert.rejects(client.getBills(['a']), (error: Error) => {
      assert.ok(error instanceof M3terAuthenticationError);
      assert.match(error.message, /403: no access.*permission/);
      return true;
    });
  });

  it('reads all pages and asks for what the sweep needs', async () => {
    const client = await clientOf(({ url }) => {
      const isSecond = url.includes('nextToken=two');
      return { body: isSecond ? { data: [{ id: 'b' }] } : { data: [{ id: 'a' }], nextToken: 'two' } };
    });
    const pages = await collect(client.listBills({ withLineItems: false }));
    assert.deepEqual(pages, [[{ id: 'a' }], [{ id: 'b' }]]);
    const first = calls()[0]?.url;
    assert.equal(first, '/organizations/org/bills?includeBillTotal=true&excludeLineItems=true&pageSize=100');
  });

  it('refuses to page in a circle', async () => {
    const client = await clientOf(() => ({ body: { data: [{ id: 'a' }], nextToken: 'same' } }));
    await assert.rejects(collect(client.listBills({ withLineItems: true })), M3terResponseError);
    assert.equal(calls().length, 2);
  });

  it('joins ids by commas and asks for at most 100 Accounts at once', async () => {
    const client = await clientOf(() => page());
    await client.getAccounts(Array.from({ length: 150 }, (_, index) => `id/${index}`));
    const ids = calls().map(({ url }) => new URL(url, scene.server.url).searchParams.get('ids')?.split(',').length);
    assert.deepEqual(ids, [100, 50]);
    assert.match(calls()[0]?.url ?? '', /ids=id%2F0,id%2F1,/);
  });

  it('reads the Line Items of a Bill that has none embedded', async () => {
    const client = await clientOf(({ url }) =>
      url.includes('/lineitems')
        ? { body: { data: [{ description: 'a line without id' }] } }
        : { body: { data: [{ id: 'a' }] } },
    );
    const [bill] = await client.getBills(['a']);
    assert.deepEqual(bill?.lineItems, [{ description: 'a line without id' }]);
  });

  it('keeps the digits of amounts', async () => {
    const client = await clientOf(() => ({ body: '{"id":"a","billTotal":12345678901234567.891}' }));
    const bill = await client.getBill('a');
    assert.ok(bill?.billTotal instanceof Big);
    assert.equal(bill.billTotal.toFixed(), '12345678901234567.891');
  });

  it('gets the address of a statement, and none where m3ter answers 404', async () => {
    const client = await clientOf(({ url }) =>
      url.endsWith('/bills/a%2Fb/statement/csv')
        ? { body: { downloadUrl: 'https://files.example/a.csv?signature=x' } }
        : { status: 404, body: { message: 'not found' } },
    );
    assert.equal(await client.statementAddress('a/b', 'csv'), 'https://files.example/a.csv?signature=x');
    assert.equal(await client.statementAddress('a/b', 'json'), undefined);
  });

  it('takes nothing but a web address for the address of a statement', async () => {
    for (const downloadUrl of ['javascript:alert(1)', undefined]) {
      const client = await clientOf(() => ({ body: { downloadUrl } }));
      await assert.rejects(client.statementAddress('a', 'csv'), M3terResponseError);
      await scene.server.close();
    }
  });

  it('has no Bill where m3ter answers 404', async () => {
    const client = await clientOf(() => ({ status: 404, body: { message: 'not found' } }));
    assert.equal(await client.getBill('gone'), undefined);
  });

  it('tries again after 5xx with growing pauses, and counts every request', async () => {
    const client = await clientOf((_request, count) => (count < 4 ? { status: 503 } : page('a')));
    await client.getBills(['a']);
    assert.deepEqual(scene.runtime.slept, [250, 500, 1000]);
    assert.equal(client.apiCalls, 4);
  });

  it('waits as long as m3ter asks after 429', async () => {
    const client = await clientOf((_request, count) =>
      count === 1 ? { status: 429, headers: { 'retry-after': '7' } } : page('a'),
    );
    await client.getBills(['a']);
    assert.deepEqual(scene.runtime.slept, [7000]);
  });

  it('waits until the time that m3ter names', async () => {
    const client = await clientOf((_request, count) =>
      count === 1 ? { status: 503, headers: { 'retry-after': 'Sun, 22 Nov 2026 12:00:09 GMT' } } : page('a'),
    );
    await client.getBills(['a']);
    assert.deepEqual(scene.runtime.slept, [9000]);
  });

  it('gives up on 429 in the end, naming the setting to lower', async () => {
    const client = await clientOf(() => ({ status: 429 }));
    await assert.rejects(client.getBills(['a']), (error: Error) => {
      assert.ok(error instanceof M3terRateLimitError);
      assert.match(error.message, /M3TER_REQUESTS_PER_SECOND/);
      return true;
    });
    assert.equal(calls().length, 5);
  });

  it('does not repeat a request that m3ter refuses', async () => {
    const client = await clientOf(() => ({ status: 400, body: { message: 'bad ids' } }));
    await assert.rejects(client.getBills(['a']), M3terRequestError);
    assert.equal(calls().length, 1);
  });

  it('says that m3ter cannot be reached when connections break', async () => {
    const client = await clientOf(() => ({ fault: 'close' }));
    await assert.rejects(client.getBills(['a']), M3terUnavailableError);
    assert.equal(calls().length, 5);
  });

  it('says that m3ter does not answer in time', async () => {
    const client = await clientOf(() => ({ fault: 'silent' }), { timeout: 30 });
    await assert.rejects(client.getBills(['a']), /no answer in time/);
  });

  for (const body of ['<html>', '{"items":[]}', '{"data":[{"name":"without id"}]}']) {
    it(`does not take ${body} for a list of Bills`, async () => {
      const client = await clientOf(() => ({ body }));
      await assert.rejects(client.getBills(['a']), M3terResponseError);
    });
  }

  it('asks for the Salesforce mappings of Accounts', async () => {
    const client = await clientOf(() => page('mapping'));
    assert.deepEqual(await client.listExternalMappings({ m3terIds: [] }), []);
    assert.equal((await client.listExternalMappings({ m3terIds: ['a', 'a', 'b'] })).length, 1);
    assert.match(calls()[0]?.url ?? '', /\/externalmappings\?externalSystemId=Salesforce&m3terIds=a,b&/);
  });
});

describe('signing in to m3ter', () => {
  const signIn = async (answer: ScriptedAnswer): Promise<M3terClient> => {
    scene.server = await scriptedServer(() => answer);
    scene.runtime = testRuntime();
    const settings = { baseUrl: scene.server.url, orgId: 'org', keys: keysOf('hush'), requestsPerSecond: 50 };
    return new M3terClient(settings, scene.runtime);
  };

  it('names the settings to check when m3ter refuses the key, and never the secret', async () => {
    const client = await signIn({ status: 401, body: {} });
    await assert.rejects(client.getBill('a'), (error: Error) => {
      assert.ok(error instanceof M3terAuthenticationError);
      assert.match(error.message, /M3TER_API_SECRET/);
      assert.doesNotMatch(error.message, /hush/);
      return true;
    });
    assert.equal(scene.server.seen.length, 1);
  });

  it('does not take a 5xx for a refusal', async () => {
    const client = await signIn({ status: 502, body: '<html>' });
    await assert.rejects(client.getBill('a'), M3terUnavailableError);
  });

  it('does not take just any answer for a token', async () => {
    const client = await signIn({ body: { token: 'x' } });
    await assert.rejects(client.getBill('a'), M3terResponseError);
  });
});

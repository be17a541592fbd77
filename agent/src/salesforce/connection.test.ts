import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import Big from 'big.js';
import { sendComposite } from './composite.ts';
import {
  SalesforceAuthenticationError,
  SalesforceError,
  SalesforceLimitError,
  SalesforceSetupError,
} from './errors.ts';
import { calls, connect, refusal, scene, signIns } from './testing.ts';

afterEach(() => scene.server.close());

describe('a call to Salesforce', () => {
  it('carries exact numbers below the API version', async () => {
    const connection = await connect(() => ({ body: { done: true } }));
    const amount = new Big('12345678901234567.8901');
    assert.deepEqual(await connection.request('POST', '/composite', { amount }), { done: true });
    const [call] = calls();
    assert.equal(call?.url, '/services/data/v67.0/composite');
    assert.equal(call?.body, '{"amount":12345678901234567.8901}');
    assert.equal(call?.headers.authorization, 'Bearer session-1');
  });

  it('compresses a body that is large enough', async () => {
    const connection = await connect(() => ({}), { compressFrom: 20 });
    await connection.request('POST', '/composite', { text: 'long enough for it' });
    await connection.request('POST', '/composite', {});
    assert.deepEqual(
      calls().map(({ headers }) => headers['content-encoding']),
      ['gzip', undefined],
    );
  });

  it('has company up to ten as long as calls that send something work, and half of it after trouble', async () => {
    const connection = await connect(
      ({ url }, count) => (url.endsWith('/busy') && count === 9 ? { status: 503 } : {}),
      {
        concurrency: 10,
      },
    );
    await connection.request('GET', '/limits');
    assert.equal(connection.lanes, 4);
    for (let call = 0; call < 7; call += 1) await connection.request('POST', '/composite', {});
    assert.equal(connection.lanes, 10);
    await connection.request('POST', '/busy', {});
    assert.equal(connection.lanes, 5);
  });

  it('that only reads does not wait for those that write', async () => {
    let goOn: () => void = () => undefined;
    const blocked = new Promise<void>((resolve) => (goOn = resolve));
    const connection = await connect(
      async ({ method }) => {
        if (method === 'PATCH') await blocked;
        return {};
      },
      { concurrency: 1 },
    );
    const writes = [1, 2].map(() => connection.request('PATCH', '/sobjects/Bill__c/1', {}));
    const reads = [
      connection.request('GET', '/limits'),
      sendComposite(connection, [{ method: 'GET', path: '/limits', referenceId: 'a' }], false).catch(() => 'answered'),
    ];
    try {
      const late = delay(5000, 'too late', { ref: false });
      assert.notEqual(await Promise.race([Promise.all(reads), late]), 'too late');
      assert.deepEqual(
        calls()
          .map(({ method }) => method)
          .sort(),
        ['GET', 'PATCH', 'POST'],
      );
    } finally {
      goOn();
      await Promise.all(writes);
    }
  });

  it('takes absolute paths as they are', async () => {
    const connection = await connect(() => ({}));
    await connection.request('GET', '/services/data/v67.0/query/next-2000');
    assert.equal(calls()[0]?.url, '/services/data/v67.0/query/next-2000');
  });

  it('tells what Salesforce says of the allowance', async () => {
    const connection = await connect(() => ({ headers: { 'sforce-limit-info': 'api-usage=18/100000' } }));
    await connection.request('GET', '/limits');
    assert.deepEqual(connection.usage, { used: 18, limit: 100_000, budget: 80_000 });
  });

  it('signs in again, once for all calls, when the session is over', async () => {
    const connection = await connect(({ headers }) =>
      headers.authorization === 'Bearer session-1' ? { status: 401, body: refusal('INVALID_SESSION_ID') } : {},
    );
    await Promise.all([
      connection.request('GET', '/a'),
      connection.request('GET', '/b'),
      connection.request('GET', '/c'),
    ]);
    assert.equal(signIns().length, 2);
    assert.equal(connection.apiCalls, 6);
  });

  it('does not sign in for ever when fresh sessions are refused too', async () => {
    const connection = await connect(() => ({ status: 401, body: refusal('INVALID_SESSION_ID') }));
    await assert.rejects(connection.request('GET', '/a'), SalesforceAuthenticationError);
    assert.deepEqual([signIns().length, calls().length], [2, 2]);
  });

  it('is not even tried for half a minute after the org refused a fresh session', async () => {
    const connection = await connect(() => ({ status: 401, body: refusal('INVALID_SESSION_ID') }));
    await assert.rejects(connection.request('GET', '/a'), SalesforceAuthenticationError);
    await assert.rejects(connection.request('GET', '/a'), SalesforceAuthenticationError);
    assert.equal(scene.server.seen.length, 4);
    scene.runtime.time = new Date(scene.runtime.time.getTime() + 30_000);
    await assert.rejects(connection.request('GET', '/a'), SalesforceAuthenticationError);
    assert.equal(scene.server.seen.length, 8);
    connection.forgetSession();
    await assert.rejects(connection.request('GET', '/a'), SalesforceAuthenticationError);
    assert.equal(scene.server.seen.length, 12);
    scene.runtime.time = new Date(scene.runtime.time.getTime() - 3_600_000);
    await assert.rejects(connection.request('GET', '/a'), SalesforceAuthenticationError);
    assert.equal(scene.server.seen.length, 16);
  });

  for (const status of [500, 502, 503, 504]) {
    it(`is repeated with growing pauses after ${status}`, async () => {
      const connection = await connect((_request, count) => (count < 3 ? { status, body: '<html>' } : {}));
      await connection.request('POST', '/composite', {});
      assert.deepEqual(scene.runtime.slept, [1000, 2000]);
      assert.equal(connection.apiCalls, 3);
    });
  }

  for (const [status, body] of [
    [503, refusal('SOMETHING_OF_A_GATEWAY')],
    [500, refusal('SOMETHING_NEW')],
    [529, '<html>'],
  ] as const) {
    it(`is repeated after ${status} though nobody knows the code`, async () => {
      const connection = await connect((_request, count) => (count < 2 ? { status, body } : {}));
      await connection.request('POST', '/composite', {});
      assert.equal(calls().length, 2);
    });
  }

  it('that is refused by a code that nobody knows fails by its name', async () => {
    const connection = await connect(() => ({ status: 400, body: refusal('SOMETHING_NEW', 'which says more') }));
    await assert.rejects(connection.request('POST', '/composite', {}), (error: Error) => {
      assert.ok(error instanceof SalesforceError);
      assert.deepEqual([error.code, error.errorClass], ['SOMETHING_NEW', 'badData']);
      assert.match(error.message, /SOMETHING_NEW: which says more/);
      return true;
    });
  });

  it('is repeated when the connection breaks', async () => {
    const connection = await connect((_request, count) => (count === 1 ? { fault: 'close' } : {}));
    await connection.request('POST', '/composite', {});
    assert.equal(calls().length, 2);
  });

  it('is repeated once when there is no answer in time', async () => {
    const connection = await connect(() => ({ fault: 'silent' }), { timeout: 250 });
    await assert.rejects(connection.request('POST', '/composite', {}), (error: Error) => {
      assert.ok(error instanceof SalesforceError);
      assert.equal(error.code, 'TIMEOUT');
      return true;
    });
    // Not what the scene.server saw: on a busy machine a call can be given up before it arrives.
    assert.equal(connection.apiCalls, 2);
  });

  it("is not repeated when the day's allowance is used up", async () => {
    const body = refusal('REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit exceeded.');
    const connection = await connect(() => ({ status: 403, body }));
    await assert.rejects(connection.request('GET', '/a'), SalesforceLimitError);
    assert.equal(calls().length, 1);
  });

  it("is not made again before the day's allowance has room, which is looked at every five minutes", async () => {
    const body = refusal('REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit exceeded.');
    let remaining = 0;
    const connection = await connect(({ url }) => {
      if (remaining === 0) return { status: 403, body };
      return url.endsWith('/limits') ? { body: { DailyApiRequests: { Max: 1000, Remaining: remaining } } } : {};
    });
    for (let time = 0; time < 3; time += 1) {
      await assert.rejects(connection.request('GET', '/a'), SalesforceLimitError);
    }
    assert.equal(calls().length, 1);
    scene.runtime.time = new Date(scene.runtime.time.getTime() + 300_000);
    await assert.rejects(connection.request('GET', '/a'), SalesforceLimitError);
    remaining = 900;
    scene.runtime.time = new Date(scene.runtime.time.getTime() + 300_000);
    await connection.request('GET', '/a');
    assert.deepEqual(
      calls().map(({ url }) => url.split('/').at(-1)),
      ['a', 'limits', 'limits', 'a'],
    );
  });

  it('is not made when the budget is used up', async () => {
    const connection = await connect(() => ({ headers: { 'sforce-limit-info': 'api-usage=500/1000' } }), {
      budgetPercent: 50,
    });
    await connection.request('GET', '/a');
    await assert.rejects(connection.request('GET', '/b'), (error: Error) => {
      assert.ok(error instanceof SalesforceLimitError);
      assert.equal(error.code, 'API_BUDGET');
      return true;
    });
    assert.equal(calls().length, 1);
    assert.deepEqual(connection.usage, { used: 500, limit: 1000, budget: 500 });
  });

  it('is made alone when the budget is nearly used up', async () => {
    let atOnce = 0;
    let most = 0;
    const connection = await connect(async () => {
      most = Math.max(most, (atOnce += 1));
      await new Promise(setImmediate);
      atOnce -= 1;
      return { headers: { 'sforce-limit-info': 'api-usage=750/1000' } };
    });
    await connection.request('GET', '/a');
    await Promise.all(Array.from({ length: 6 }, () => connection.request('GET', '/b')));
    assert.equal(most, 1);
  });

  it('waits half a minute when there are too many long calls', async () => {
    const body = refusal('REQUEST_LIMIT_EXCEEDED', 'ConcurrentRequests (Concurrent API Requests) Limit exceeded.');
    const connection = await connect((_request, count) => (count === 1 ? { status: 403, body } : {}));
    Object.assign(scene.runtime, { random: () => 0.5 });
    await connection.request('GET', '/a');
    // And a little more, so that calls that were refused together do not come back together.
    assert.deepEqual(scene.runtime.slept, [33_750]);
  });

  it('tells an administrator what to do when access is missing', async () => {
    const connection = await connect(() => ({ status: 403, body: refusal('API_DISABLED_FOR_ORG') }));
    await assert.rejects(connection.request('GET', '/a'), (error: Error) => {
      assert.ok(error instanceof SalesforceSetupError);
      assert.match(error.message, /API_DISABLED_FOR_ORG.*permission set/);
      return true;
    });
  });

  it('waits as long as Salesforce asks', async () => {
    const connection = await connect((_request, count) =>
      count === 1 ? { status: 503, headers: { 'retry-after': '4' }, body: '<html>' } : {},
    );
    await connection.request('GET', '/a');
    assert.deepEqual(scene.runtime.slept, [4000]);
  });

  it('is tried as often within other work that is retried as it is by itself', async () => {
    const connection = await connect(() => ({ status: 503 }), { retries: 2 });
    await assert.rejects(
      connection.retrying(() => connection.request('GET', '/a')),
      SalesforceError,
    );
    assert.equal(calls().length, 3);
  });

  it('is given up when the answer never comes to its end', async () => {
    const connection = await connect(() => ({ body: '{"half":', fault: 'half' }), { timeout: 250 });
    await assert.rejects(connection.request('GET', '/a'), /no answer in time/);
  });

  it('has as long as Salesforce gives it when it carries the data of a bulk job', async (test) => {
    const timeout = AbortSignal.timeout.bind(AbortSignal);
    const times: number[] = [];
    const connection = await connect(() => ({ body: '' }), { timeout: 5000 });
    await connection.orgId();
    test.mock.method(AbortSignal, 'timeout', (milliseconds: number) => {
      times.push(milliseconds);
      return timeout(milliseconds);
    });
    await connection.upload('/jobs/ingest/1/batches', 'Name\nx\n');
    await connection.download('/jobs/ingest/1/failedResults');
    await connection.request('GET', '/jobs/ingest/1');
    assert.deepEqual(times, [600_000, 600_000, 5000]);
  });

  it('that does nothing but end has no answer', async () => {
    const connection = await connect(() => ({ status: 204, body: '' }));
    assert.equal(await connection.request('DELETE', '/sobjects/Bill__c/1'), undefined);
  });

  it('names the word that a validation rule of the org begins with', async () => {
    const body = refusal('FIELD_CUSTOM_VALIDATION_EXCEPTION', 'ACCOUNTING_PERIOD_CLOSED: October is closed.');
    const connection = await connect(() => ({ status: 400, body }));
    await assert.rejects(connection.request('PATCH', '/a', {}), (error: Error) => {
      assert.ok(error instanceof SalesforceError);
      assert.deepEqual([error.code, error.errorClass], ['ACCOUNTING_PERIOD_CLOSED', 'periodClosed']);
      return true;
    });
  });

  it('counts its errors by class', async () => {
    const connection = await connect((_request, count) =>
      count < 3 ? { status: 503 } : { status: 400, body: refusal('MALFORMED_QUERY') },
    );
    await assert.rejects(connection.request('GET', '/a'), SalesforceError);
    assert.deepEqual(connection.errorsByClass, { transient: 2, badData: 1 });
  });

  it('is not repeated when it is wrong, and shows the first of several reasons', async () => {
    const body = [
      { errorCode: 'MALFORMED_QUERY', message: 'first' },
      { errorCode: 'INVALID_FIELD', message: 'second' },
    ];
    const connection = await connect(() => ({ status: 400, body }));
    await assert.rejects(connection.request('GET', '/query?q=secret'), (error: Error) => {
      assert.match(error.message, /GET \/services\/data\/v67.0\/query: MALFORMED_QUERY: first/);
      return true;
    });
    assert.equal(calls().length, 1);
  });
});

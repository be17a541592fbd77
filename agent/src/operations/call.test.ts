import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { describe, it } from 'node:test';
import { AuthenticationError, SetupError } from '../errors.ts';
import { callOperation, streamOperation } from './call.ts';
import { readEndpoint, removeEndpoint, writeEndpoint } from './endpoint.ts';
import { errorDocument, httpStatusOf, OperationError } from './errors.ts';
import type { Operations } from './operations.ts';
import { isAlive, remoteOperations } from './remote.ts';

/** Operations of which only `runs` and `sync` do something. */
const operations = {
  runs: (input: unknown) => Promise.resolve({ runs: [], input }),
  sync: async (_input: unknown, caller?: { onProgress?: (progress: object) => void }) => {
    caller?.onProgress?.({ what: 'Bills', done: 3, total: 9 });
    await new Promise((resolve) => setImmediate(resolve));
    throw new OperationError('WHY', 'It broke.', 'm3ter-bills status');
  },
} as unknown as Operations;

async function lines(name: string, input: unknown): Promise<unknown[]> {
  const found: unknown[] = [];
  for await (const line of streamOperation(operations, name, input)) found.push(JSON.parse(line));
  return found;
}

describe('calling an operation by name', () => {
  it('takes input that fits, and none for none', async () => {
    assert.deepEqual(await callOperation(operations, 'runs', { limit: 5 }), { runs: [], input: { limit: 5 } });
    assert.deepEqual(await callOperation(operations, 'runs', undefined), { runs: [], input: {} });
  });

  const wrong: [string, unknown, RegExp][] = [
    ['frobnicate', {}, /no operation frobnicate/],
    ['constructor', {}, /no operation/],
    ['runs', { limit: 'many' }, /runs does not fit: limit/],
    ['runs', { lmit: 5 }, /runs does not fit/],
    ['runs', 'text', /runs does not fit/],
    ['runs', { trigger: 'NOON' }, /runs does not fit: trigger takes EVENT, SCHEDULE, MANUAL, RECONCILE\./],
  ];
  for (const [name, input, message] of wrong) {
    it(`refuses ${name} with ${JSON.stringify(input)}`, async () => {
      await assert.rejects(callOperation(operations, name, input), (error: OperationError) => {
        assert.equal(error.kind, 'usage');
        assert.match(error.message, message);
        return true;
      });
    });
  }

  it('streams progress and then the result or the error', async () => {
    assert.deepEqual(await lines('runs', {}), [{ result: { runs: [], input: {} } }]);
    assert.deepEqual(await lines('sync', {}), [
      { progress: { what: 'Bills', done: 3, total: 9 } },
      { error: { code: 'WHY', message: 'It broke.', next: 'm3ter-bills status', kind: 'failed' } },
    ]);
  });
});

describe('an error as a document', () => {
  const cases: [Error, string, string, number][] = [
    [new OperationError('X', 'm', 'n', 'usage'), 'X', 'usage', 400],
    [new SetupError('m'), 'SETUP', 'setup', 409],
    [new AuthenticationError('m'), 'AUTHENTICATION', 'authentication', 403],
    [new TypeError('m'), 'UNKNOWN', 'failed', 500],
  ];
  for (const [error, code, kind, status] of cases) {
    it(`has code ${code} and kind ${kind}`, () => {
      const { error: document } = errorDocument(error);
      assert.deepEqual(
        [document.code, document.kind, document.message, httpStatusOf(error)],
        [code, kind, 'm', status],
      );
      assert.notEqual(document.next, '');
    });
  }
});

async function served<T>(listener: RequestListener, work: (url: string) => Promise<T>): Promise<T> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  try {
    return await work(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

describe('the operations of a running agent', () => {
  it('are called with the token, tell progress, and give the result', async () => {
    const seen: string[] = [];
    const listener: RequestListener = (request, response) => {
      seen.push(`${request.method} ${request.url} ${request.headers.authorization}`);
      response.write('{"progress":{"what":"Bills","done":1}}\n{"alive":true}\n{"res');
      response.end('ult":{"runs":[]}}\n');
    };
    const progress: unknown[] = [];
    const result = await served(listener, (url) =>
      remoteOperations({ url, token: 't', processId: 1 }).runs({}, { onProgress: (each) => progress.push(each) }),
    );
    assert.deepEqual(result, { runs: [] });
    assert.deepEqual(progress, [{ what: 'Bills', done: 1 }]);
    assert.deepEqual(seen, ['POST /operations/runs Bearer t']);
  });

  it('throw the error that the agent answers, streamed or not', async () => {
    const error = { code: 'WHY', message: 'It broke.', next: 'n', kind: 'usage' };
    for (const end of ['\n', '']) {
      const listener: RequestListener = (_, response) => response.end(JSON.stringify({ error }) + end);
      const calling = served(listener, (url) => remoteOperations({ url, token: 't', processId: 1 }).runs({}));
      await assert.rejects(calling, (thrown: OperationError) => thrown.code === 'WHY' && thrown.kind === 'usage');
    }
  });

  it('say so when the agent is lost, or is none', async () => {
    const breaks: RequestListener = (_, response) => {
      response.write('{"alive":true}\n');
      response.destroy();
    };
    const call = (url: string) => remoteOperations({ url, token: 't', processId: 1 }).runs({});
    await assert.rejects(served(breaks, call), (error: OperationError) => error.code === 'AGENT_LOST');
    await assert.rejects(call('http://127.0.0.1:1'), (error: OperationError) => error.code === 'AGENT_LOST');
    const other: RequestListener = (_, response) => response.end('<html>');
    await assert.rejects(served(other, call), (error: OperationError) => error.code === 'BAD_ANSWER');
  });

  it('are looked for at an agent that answers', async () => {
    assert.equal(await isAlive({ url: 'http://127.0.0.1:1', token: '', processId: 1 }), false);
    const live: RequestListener = (request, response) =>
      response.writeHead(request.url === '/health/live' ? 200 : 404).end();
    assert.equal(await served(live, (url) => isAlive({ url, token: '', processId: 1 })), true);
  });
});

describe('the file that names the endpoint', () => {
  it('is for its owner alone, and gone when it is taken away', () => {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'm3ter-bills-endpoint-'));
    try {
      assert.equal(readEndpoint(folder), undefined);
      const endpoint = { url: 'http://127.0.0.1:4690', token: 'hush', processId: 7 };
      writeEndpoint(folder, endpoint);
      assert.equal(statSync(path.join(folder, 'agent.endpoint.json')).mode & 0o777, 0o600);
      assert.deepEqual(readEndpoint(folder), endpoint);
      removeEndpoint(folder);
      assert.equal(readEndpoint(folder), undefined);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

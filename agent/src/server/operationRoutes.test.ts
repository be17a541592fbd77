import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { describe, it } from 'node:test';
import { OperationError } from '../operations/errors.ts';
import type { Operations } from '../operations/operations.ts';
import { remoteOperations } from '../operations/remote.ts';
import { testRuntime } from '../testing/testRuntime.ts';
import { createHttp } from './http.ts';
import { operationRoutes } from './operationRoutes.ts';

const TOKEN = 'the-token-of-this-start';

function server(operations: Partial<Operations>) {
  const app = createHttp(testRuntime().logger);
  void app.register(operationRoutes(operations as Operations, TOKEN));
  const headers = { authorization: `Bearer ${TOKEN}` };
  const post = (name: string, payload: object | undefined, more: Record<string, string> = headers) =>
    app.inject({ method: 'POST', url: `/operations/${name}`, headers: more, ...(payload ? { payload } : {}) });
  return { app, post };
}

describe('operations over HTTP', () => {
  it('answers with the result', async () => {
    const removeCredential = ({ name }: { name: string }) => Promise.resolve({ removed: name });
    const { post } = server({ removeCredential });
    const answer = await post('removeCredential', { name: 'old' });
    assert.deepEqual([answer.statusCode, answer.json()], [200, { removed: 'old' }]);
  });

  it('answers nobody without the token', async () => {
    const { post } = server({ redrive: () => assert.fail() });
    for (const authorization of ['', 'Bearer other', `Basic ${TOKEN}`]) {
      const answer = await post('redrive', {}, { authorization });
      assert.equal(answer.statusCode, 403);
      assert.equal(answer.json<{ error: { code: string } }>().error.code, 'WRONG_TOKEN');
    }
  });

  it('names wrong operations, wrong input and wrong bodies, each with the next step', async () => {
    const { app, post } = server({});
    const code = (answer: { json: () => { error: { code: string; next: string } } }) => answer.json().error;
    const unknown = await post('constructor', {});
    assert.deepEqual([unknown.statusCode, code(unknown).code], [400, 'UNKNOWN_OPERATION']);
    const wrong = await post('integration', { integration: 7 });
    assert.deepEqual([wrong.statusCode, code(wrong).code], [400, 'WRONG_INPUT']);
    const headers = { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' };
    const body = await app.inject({ method: 'POST', url: '/operations/status', headers, payload: '{' });
    assert.deepEqual([body.statusCode, code(body).next], [400, 'm3ter-bills help']);
  });

  it('gives the status and the next step of an error', async () => {
    const doctor = () => Promise.reject(new OperationError('NO_ORG', 'No org.', 'm3ter-bills doctor', 'setup'));
    const { post } = server({ doctor });
    const answer = await post('doctor', undefined);
    assert.equal(answer.statusCode, 409);
    assert.deepEqual(answer.json(), {
      error: { code: 'NO_ORG', message: 'No org.', next: 'm3ter-bills doctor', kind: 'setup' },
    });
  });

  it('serves the command line: progress, result, error, and the end of a caller', async () => {
    const aborted = Promise.withResolvers<void>();
    const sync: Operations['sync'] = (_input, caller) => {
      caller?.onProgress?.({ what: 'Reading Bills', done: 3, total: 10 });
      caller?.signal?.addEventListener('abort', () => aborted.resolve());
      return new Promise(() => undefined);
    };
    const redrive: Operations['redrive'] = (_input, caller) => {
      caller?.onProgress?.({ what: 'Queueing', done: 1 });
      return Promise.resolve({ redriven: 2, queue: { queued: 2, active: 0, retrying: 0, dead: 0 } });
    };
    const { app } = server({
      sync,
      redrive,
      doctor: () => Promise.reject(new OperationError('X', 'It broke.', 'm3ter-bills status')),
    });
    await app.listen({ host: '127.0.0.1', port: 0 });
    const { port } = app.server.address() as AddressInfo;
    const remote = remoteOperations({ url: `http://127.0.0.1:${port}`, token: TOKEN, processId: process.pid });
    assert.equal((await remote.redrive({})).redriven, 2);
    await assert.rejects(remote.doctor({}), { code: 'X', message: 'It broke.', next: 'm3ter-bills status' });
    const controller = new AbortController();
    const progress: unknown[] = [];
    const waiting = remote.sync(
      {},
      {
        signal: controller.signal,
        onProgress: (next) => {
          progress.push(next);
          controller.abort();
        },
      },
    );
    await assert.rejects(waiting, { code: 'AGENT_LOST' });
    await aborted.promise;
    assert.deepEqual(progress, [{ what: 'Reading Bills', done: 3, total: 10 }]);
    const stranger = remoteOperations({ url: `http://127.0.0.1:${port}`, token: 'other', processId: process.pid });
    await assert.rejects(stranger.redrive({}), { code: 'WRONG_TOKEN', kind: 'authentication' });
    const closed = once(app.server, 'close');
    app.server.closeAllConnections();
    await app.close();
    await closed;
  });
});

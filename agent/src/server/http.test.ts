import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { afterEach, describe, it } from 'node:test';
import Type from 'typebox';
import { testRuntime } from '../testing/testRuntime.ts';
import { createHttp, LIMITS, type HttpLimits } from './http.ts';

const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

async function listen(changes: Partial<HttpLimits> = {}) {
  const app = createHttp(testRuntime().logger, { ...LIMITS, ...changes });
  app.post('/echo', (request) => ({ got: request.body }));
  await app.listen({ host: '127.0.0.1', port: 0 });
  closers.push(() => app.close());
  const { port } = app.server.address() as AddressInfo;
  return { app, port, url: `http://127.0.0.1:${port}` };
}

async function open(port: number): Promise<Socket> {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => undefined);
  closers.push(() => Promise.resolve(socket.destroy()));
  await once(socket, 'connect');
  return socket;
}

const echo = (url: string): Promise<Response> =>
  fetch(`${url}/echo`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"a":1}' });

describe('the HTTP server', () => {
  it('answers while a thousand sockets stay idle and others send their headers by drops', async () => {
    const { port, url } = await listen();
    await Promise.all(Array.from({ length: 1000 }, () => open(port)));
    const slow = await Promise.all(Array.from({ length: 50 }, () => open(port)));
    for (const socket of slow) socket.write('POST /echo HTTP/1.1\r\nHost: a\r\nX-Slow: ');
    assert.deepEqual(await (await echo(url)).json(), { got: { a: 1 } });
  });

  it('makes room for a newcomer by closing the connection that is idle for longest', async () => {
    const { port, url } = await listen({ connections: 3 });
    const sockets: Socket[] = [];
    for (let count = 0; count < 3; count += 1) sockets.push(await open(port));
    const oldest = once(sockets[0] as Socket, 'close');
    assert.equal((await echo(url)).status, 200);
    await oldest;
    assert.deepEqual(
      sockets.map(({ closed }) => closed),
      [true, false, false],
    );
  });

  it('closes a connection whose headers, or whose body, do not arrive in time', async () => {
    const { port } = await listen({ headers: 100, request: 200, check: 20 });
    const headers = await open(port);
    headers.write('POST /echo HTTP/1.1\r\nX-Slow: ');
    const body = await open(port);
    body.write('POST /echo HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{');
    for (const socket of [headers, body]) socket.resume();
    await Promise.all([once(headers, 'close'), once(body, 'close')]);
  });

  it('takes a POST without a body, whatever content type comes with it', async () => {
    const { app } = await listen();
    const bare = await app.inject({ method: 'POST', url: '/echo' });
    const typed = await app.inject({ method: 'POST', url: '/echo', headers: { 'content-type': 'application/json' } });
    assert.deepEqual([bare.statusCode, typed.statusCode], [200, 200]);
  });

  it('does not fail at a path that is no URL', async () => {
    const { port } = await listen();
    const socket = await open(port);
    socket.write('GET //[ HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n');
    const [answer] = (await once(socket, 'data')) as [Buffer];
    assert.match(answer.toString(), /^HTTP\/1.1 404 /);
  });

  it('tells a wrong path from a wrong method', async () => {
    const { app } = await listen();
    const wrongPath = await app.inject({ method: 'GET', url: '/nowhere?at=all' });
    assert.equal(wrongPath.statusCode, 404);
    const wrongMethod = await app.inject({ method: 'DELETE', url: '/echo?now=1' });
    assert.equal(wrongMethod.statusCode, 405);
    assert.equal(wrongMethod.headers.allow, 'POST');
  });

  it('does not take a body that would change what objects are', async () => {
    const { app } = await listen();
    for (const payload of ['{"__proto__":{"isAdmin":true}}', '{"constructor":{"prototype":{}}}']) {
      const headers = { 'content-type': 'application/json' };
      assert.equal((await app.inject({ method: 'POST', url: '/echo', headers, payload })).statusCode, 400);
    }
  });

  it('answers malformed HTTP with 400 and nothing else', async () => {
    const { port } = await listen();
    const socket = await open(port);
    socket.end('GARBAGE\r\n\r\n');
    const [data] = (await once(socket, 'data')) as [Buffer];
    assert.match(data.toString(), /^HTTP\/1\.1 400 Bad Request\r\n/);
  });
});

describe('validation of requests', () => {
  const app = createHttp(testRuntime().logger);
  const querystring = Type.Object({
    ids: Type.Optional(Type.Array(Type.String())),
    pageSize: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
    includeActioned: Type.Optional(Type.Boolean()),
  });
  app.get('/query', { schema: { querystring } }, (request) => request.query);
  const body = Type.Object({ name: Type.String(), config: Type.Optional(Type.Object({ isOn: Type.Boolean() })) });
  app.post('/body', { schema: { body } }, (request) => request.body);

  it('reads lists joined by commas or repeated, numbers and booleans from a query', async () => {
    const get = async (query: string): Promise<unknown> => (await app.inject(`/query?${query}`)).json();
    assert.deepEqual(await get('ids=a,b'), { ids: ['a', 'b'] });
    assert.deepEqual(await get('ids=a%2Cb'), { ids: ['a', 'b'] });
    assert.deepEqual(await get('ids=a&ids=b'), { ids: ['a', 'b'] });
    assert.deepEqual(await get('pageSize=7&includeActioned=true'), { pageSize: 7, includeActioned: true });
  });

  it('says what does not fit and where', async () => {
    const message = async (query: string): Promise<string> =>
      (await app.inject(`/query?${query}`)).json<{ message: string }>().message;
    assert.match(await message('pageSize=500'), /^The query does not fit: pageSize must be <= 200\.$/);
    const wrong = await app.inject({ method: 'POST', url: '/body', payload: { name: 'a', config: { isOn: 'true' } } });
    assert.equal(wrong.statusCode, 400);
    assert.match(wrong.json<{ message: string }>().message, /^The body does not fit: config\.isOn must be boolean\.$/);
    const missing = await app.inject({ method: 'POST', url: '/body' });
    assert.equal(missing.statusCode, 400);
  });
});

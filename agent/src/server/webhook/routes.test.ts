import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { describe, it } from 'node:test';
import { createMetrics } from '../../metrics/metrics.ts';
import { testRuntime } from '../../testing/testRuntime.ts';
import { createHttp } from '../http.ts';
import { webhookRoutes, type WebhookOptions } from './routes.ts';
import { signatureVerifier } from './verifier.ts';

const EVENT = {
  id: 'event-1',
  eventName: 'billing.bill.updated',
  m3terEvent: { eventData: { newDto: { id: 'bill-1' } } },
};

function receiver(changes: Partial<WebhookOptions> = {}) {
  const runtime = testRuntime();
  const hints: string[][] = [];
  const app = createHttp(runtime.logger);
  const hint = (billIds: readonly string[]): 'accepted' => {
    hints.push([...billIds]);
    return 'accepted';
  };
  const metrics = createMetrics({ withProcess: false });
  const options = { pathSecret: 'path-secret', verify: undefined, hint, metrics, logger: runtime.logger, ...changes };
  void app.register(webhookRoutes(options));
  const send = (payload: unknown, url = '/webhooks/m3ter/path-secret', headers: Record<string, string> = {}) =>
    app.inject({
      method: 'POST',
      url,
      headers: { 'content-type': 'application/json', ...headers },
      payload: typeof payload === 'string' ? payload : JSON.stringify(payload),
    });
  return { app, send, hints, metrics, runtime };
}

describe('the webhook receiver', () => {
  it('takes an event as a hint', async () => {
    const { send, hints } = receiver();
    const answer = await send(EVENT);
    assert.equal(answer.statusCode, 202);
    assert.deepEqual(answer.json(), { status: 'accepted', bills: 1 });
    assert.deepEqual(hints, [['bill-1']]);
  });

  it('takes the same event once, and says duplicate', async () => {
    const { send, hints } = receiver();
    await send(EVENT);
    const again = await send(EVENT);
    assert.equal(again.statusCode, 200);
    assert.deepEqual(again.json(), { status: 'duplicate', bills: 1 });
    assert.equal(hints.length, 1);
  });

  it('answers 2xx to what does not concern it', async () => {
    const { send, hints } = receiver();
    const answer = await send({ id: 'event-2', eventName: 'configuration.meter.created', m3terEvent: {} });
    assert.deepEqual([answer.statusCode, answer.json()], [200, { status: 'ignored', bills: 0 }]);
    assert.deepEqual(hints, []);
  });

  it('says when it is full, and then takes the same event later', async () => {
    let isFull = true;
    const { send, metrics } = receiver({ hint: () => (isFull ? 'full' : 'accepted') });
    const refused = await send(EVENT);
    assert.equal(refused.statusCode, 503);
    assert.ok(Number(refused.headers['retry-after']) > 0);
    isFull = false;
    assert.equal((await send(EVENT)).statusCode, 202);
    assert.match(await metrics.text(), /webhooks_total\{result="full"\} 1/);
  });

  it('does not know a path with another secret, or none', async () => {
    const { send, hints } = receiver();
    for (const url of ['/webhooks/m3ter/path-secreT', '/webhooks/m3ter', '/webhooks/m3ter/']) {
      assert.equal((await send(EVENT, url)).statusCode, 404, url);
    }
    assert.deepEqual(hints, []);
  });

  it('does not exist without a path secret and without a signature secret', async () => {
    const { send } = receiver({ pathSecret: undefined });
    assert.equal((await send(EVENT, '/webhooks/m3ter')).statusCode, 404);
    assert.equal((await send(EVENT, '/webhooks/m3ter/undefined')).statusCode, 404);
  });

  it('verifies the signature over the bytes that came, before it reads them', async () => {
    const verify = signatureVerifier({
      secret: 's',
      signatureHeader: 'x-signature',
      timestampHeader: 'x-timestamp',
      canonicalForm: '{body}',
      tolerance: 300,
      now: () => new Date(),
    });
    const { send, hints, runtime } = receiver({ pathSecret: undefined, verify });
    const raw = `{ "billId" :  "bill-9", "note": "\\u00e9" }`;
    const signature = createHmac('sha256', 's').update(raw).digest('hex');
    assert.equal((await send(raw, '/webhooks/m3ter', { 'x-signature': signature })).statusCode, 202);
    const changed = await send(`${raw} `, '/webhooks/m3ter', { 'x-signature': signature });
    assert.equal(changed.statusCode, 401);
    assert.equal((await send('no json', '/webhooks/m3ter', { 'x-signature': signature })).statusCode, 401);
    assert.deepEqual(hints, [['bill-9']]);
    assert.doesNotMatch(JSON.stringify(runtime.logged), new RegExp(signature));
  });

  it('refuses wrong method, type, size and text, each by its status, without a word of the inside', async () => {
    const { app, send } = receiver();
    const url = '/webhooks/m3ter/path-secret';
    const wrongMethod = await app.inject({ method: 'PUT', url, payload: {} });
    assert.equal(wrongMethod.statusCode, 405);
    assert.equal(wrongMethod.headers.allow, 'POST');
    const answers = [
      [415, await send('<a/>', url, { 'content-type': 'text/xml' })],
      [413, await send({ billId: 'x'.repeat(256 * 1024) })],
      [400, await send('{"billId":')],
    ] as const;
    for (const [status, answer] of answers) {
      assert.equal(answer.statusCode, status);
      assert.deepEqual(Object.keys(answer.json<object>()), ['message']);
      assert.doesNotMatch(answer.body, /node_modules|\.ts|:\d+:\d+/);
    }
  });

  it('tells nothing of an error inside', async () => {
    const hint = (): never => {
      throw new Error('password 1234 of the store');
    };
    const { send, runtime } = receiver({ hint });
    const answer = await send(EVENT);
    assert.equal(answer.statusCode, 500);
    assert.doesNotMatch(answer.body + JSON.stringify(runtime.logged), /1234/);
  });
});

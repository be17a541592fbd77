import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, afterEach, before, describe, it } from 'node:test';
import { SIGNATURE_HEADER, TIMESTAMP_HEADER } from './notifications.ts';
import { smallDataSet, startTestApi } from './testApi.ts';
import type { TestApi } from './testApi.ts';

const SECRET = 'webhook-secret';

interface Received {
  headers: IncomingHttpHeaders;
  body: string;
}

/** Takes webhooks and answers the given statuses in turn, then 202. */
class Receiver {
  readonly received: Received[] = [];
  readonly statuses: number[] = [];
  private readonly arrivals = new EventTarget();
  private readonly server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      this.received.push({ headers: request.headers, body });
      response.writeHead(this.statuses.shift() ?? 202).end();
      this.arrivals.dispatchEvent(new Event('arrival'));
    });
  });

  async start(): Promise<string> {
    this.server.listen(0, '127.0.0.1');
    await once(this.server, 'listening');
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/hook`;
  }

  async has(count: number): Promise<Received[]> {
    while (this.received.length < count) await once(this.arrivals, 'arrival');
    return this.received;
  }

  stop(): void {
    this.server.close();
    this.server.closeAllConnections();
  }
}

describe('webhooks', () => {
  const dataSet = smallDataSet();
  const bills = dataSet.bills.filter(({ locked }) => locked !== true);
  const receiver = new Receiver();
  let api: TestApi;
  let webhookId: string;
  let ruleId: string;

  before(async () => {
    api = await startTestApi({ dataSet });
    const rule = { name: 'Bills', code: 'bills', description: 'Bills', eventName: 'billing.bill.updated' };
    ruleId = String((await api.call('POST', '/notifications/configurations', rule)).body['id']);
    const webhook = {
      name: 'Agent',
      description: 'Agent',
      url: await receiver.start(),
      credentials: { type: 'M3TER_SIGNED_REQUEST', apiKey: 'agent', secret: SECRET },
    };
    webhookId = String((await api.call('POST', '/integrationdestinations/webhooks', webhook)).body['id']);
    const link = { entityType: 'Notification', entityId: ruleId, destination: 'Webhook', destinationId: webhookId };
    assert.equal((await api.call('POST', '/integrationconfigs', link)).status, 200);
  });
  after(() => {
    receiver.stop();
    return api.m3ter.close();
  });
  afterEach(async () => {
    receiver.received.length = 0;
    await fetch(`${api.m3ter.baseUrl}/sandbox/faults`, { method: 'DELETE' });
  });
  const change = (index: number) => api.sandbox('recalculate', { billId: bills[index]?.id });
  const billOf = ({ body }: Received): string =>
    (JSON.parse(body) as { m3terEvent: { eventData: { newDto: { id: string } } } }).m3terEvent.eventData.newDto.id;

  it('carry the event, signed with the secret of the destination', async () => {
    await change(0);
    const [first] = await receiver.has(1);
    assert.equal(billOf(first as Received), bills[0]?.id);
    const { headers, body } = first as Received;
    const signed = `${String(headers[TIMESTAMP_HEADER])}.${body}`;
    assert.equal(headers[SIGNATURE_HEADER], createHmac('sha256', SECRET).update(signed).digest('hex'));
  });

  it('are tried again while they are refused', async () => {
    receiver.statuses.push(503);
    await change(0);
    const [first, second] = await receiver.has(2);
    assert.equal(first?.body, second?.body);
  });

  it('are lost, repeated and overtaken as the fault rules say', async () => {
    const match = {};
    await api.sandbox('faults', [
      { match, times: 1, fault: { kind: 'loseDelivery' } },
      { match, times: 1, fault: { kind: 'delayDelivery', ms: 300 } },
      { match, times: 1, fault: { kind: 'repeatDelivery' } },
    ]);
    for (const index of [0, 1, 2]) await change(index);
    const received = await receiver.has(3);
    assert.deepEqual(received.map(billOf), [bills[2]?.id, bills[2]?.id, bills[1]?.id]);
  });

  it('do not go to a webhook that is switched off, nor for events without a rule', async () => {
    await api.call('PUT', `/integrationdestinations/webhooks/${webhookId}/active?active=false`);
    await change(0);
    await api.call('PUT', `/integrationdestinations/webhooks/${webhookId}/active?active=true`);
    await api.sandbox('bill-run');
    await change(1);
    assert.deepEqual((await receiver.has(1)).map(billOf), [bills[1]?.id]);
  });

  it('need a rule and a webhook that are there, and a rule without a calculation', async () => {
    const link = { entityType: 'Notification', entityId: 'none', destination: 'Webhook', destinationId: webhookId };
    assert.equal((await api.call('POST', '/integrationconfigs', link)).status, 400);
    assert.equal(
      (await api.call('POST', '/integrationconfigs', { ...link, entityId: ruleId, destinationId: 'none' })).status,
      400,
    );
    const rule = {
      name: 'x',
      code: 'x',
      description: 'x',
      eventName: 'billing.bill.created',
      calculation: 'new.x > 1',
    };
    assert.equal((await api.call('POST', '/notifications/configurations', rule)).status, 400);
  });

  it('can be listed, changed by version and deleted', async () => {
    const all = await api.list('/integrationdestinations/webhooks');
    assert.deepEqual(
      all.map(({ id }) => id),
      [webhookId],
    );
    const rule = { name: 'New', code: 'new', description: 'New', eventName: 'billing.bill.created' };
    const { body } = await api.call('POST', '/notifications/configurations', rule);
    const path = `/notifications/configurations/${String(body['id'])}`;
    assert.equal((await api.call('PUT', path, { ...rule, version: 7 })).status, 409);
    assert.equal((await api.call('PUT', path, { ...rule, active: false, version: 1 })).body['version'], 2);
    assert.equal((await api.call('DELETE', path)).status, 200);
    assert.equal((await api.get(path)).status, 404);
  });
});

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

  it('need a rule and a webhook that are there', async () => {
    const link = { entityType: 'Notification', entityId: 'none', destination: 'Webhook', destinationId: webhookId };
    assert.equal((await api.call('POST', '/integrationconfigs', link)).status, 400);
    assert.equal(
      (await api.call('POST', '/integrationconfigs', { ...link, entityId: ruleId, destinationId: 'none' })).status,
      400,
    );
  });

  it('go out when the calculation of the rule holds for the event', async () => {
    const path = `/notifications/configurations/${ruleId}`;
    const { version, id, dtCreated, dtLastModified, createdBy, lastModifiedBy, ...rule } = (await api.get(path)).body;
    const put = (calculation: string, at: number) =>
      api.call('PUT', path, { ...rule, version: at, alwaysFireEvent: false, calculation });
    const approval = 'new.status == APPROVED AND old.status == PENDING';
    assert.equal((await put(approval, Number(version))).status, 200);
    await change(3);
    await api.sandbox('approve', { billId: bills[3]?.id });
    assert.deepEqual((await receiver.has(1)).map(billOf), [bills[3]?.id]);
    assert.match(receiver.received[0]?.body ?? '', /"status":"APPROVED"/);
    const wrong = await put('new.colour == red', Number(version) + 1);
    assert.match(String(wrong.body['message']), /new\.colour is no field of billing\.bill\.updated/);
    assert.equal((await put('', Number(version) + 1)).status, 200);
    assert.ok([id, dtCreated, dtLastModified, createdBy, lastModifiedBy].every((value) => value !== undefined));
  });

  it('have calculations that can be tried without firing anything', async () => {
    const evaluate = (body: object) => api.call('POST', '/notifications/evaluate', body);
    const eventName = 'billing.bill.created';
    assert.deepEqual((await evaluate({ eventName, calculation: 'new.billTotal > 5000' })).body, { success: true });
    assert.equal((await evaluate({ eventName, calculation: 'new.billTotal >' })).body['success'], false);
    assert.equal((await evaluate({ eventName, calculation: 'old.billTotal > 1' })).body['success'], false);
    const [event] = await api.list('/events?eventName=billing.bill.created');
    assert.equal((await evaluate({ eventId: event?.['id'], calculation: 'new.locked == true' })).body['success'], true);
    assert.equal((await evaluate({ calculation: 'true' })).status, 400);
    const { events } = (await api.get(`/events/fields?eventName=billing.bill.updated`)).body as {
      events: Record<string, Record<string, string>>;
    };
    assert.equal(events['billing.bill.updated']?.['old.billTotal'], 'double');
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

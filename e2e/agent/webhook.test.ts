/** m3ter tells the agent at once what happened to a Bill, by webhook, and the agent believes only m3ter. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { signedHeaders } from '../../sandbox/m3ter/notifications.ts';
import { connectWebhook, webhookSettings } from '../../sandbox/run/webhook.ts';
import { bill, billId, line, manyBills } from './builders.ts';
import { LiveAgent } from './liveAgent.ts';
import { Opened } from './opened.ts';
import { heldBills, one, untilHeld } from './people.ts';
import { Recorder } from '../../sandbox/traffic/recorder.ts';
import { until } from './until.ts';
import { World } from './world.ts';

const SECRETS = { pathSecret: 'a-path-that-nobody-guesses', secret: 'a-secret-that-signs' };
const FIRST = ['bill-0', 'bill-1', 'bill-2'].map(billId);

describe('a webhook', () => {
  const opened = new Opened();
  let world: World;
  let m3ter: Recorder;
  let agent: LiveAgent;

  before(async () => {
    world = opened.keep(await World.start(manyBills(3, 2), { store: 'none' }));
    m3ter = opened.keep(await Recorder.before(world.m3ter.baseUrl));
    // Nothing but webhooks tells of changes.
    const settings = { M3TER_BASE_URL: m3ter.url, EVENTS_POLL_SECONDS: '3600', ...webhookSettings(SECRETS) };
    agent = opened.keep(await LiveAgent.start(world, settings));
    await untilHeld(world, FIRST);
    await connectWebhook(world.m3ter, agent.url, SECRETS);
  });
  after(() => opened.close());

  /** What stands at the end of a path is a secret too. */
  const send = (body: string, headers: Record<string, string>, path = SECRETS.pathSecret): Promise<Response> =>
    fetch(`${agent.url}/webhooks/m3ter/${path}`, { method: 'POST', headers, body });

  const signed = (body: string, now = new Date(), secret = SECRETS.secret): Record<string, string> =>
    signedHeaders({ id: '', url: '', credentials: { apiKey: '', secret } }, body, now);

  const told = (id: string, eventId: string): string =>
    JSON.stringify({ id: eventId, eventName: 'billing.bill.updated', m3terEvent: { eventData: { newDto: { id } } } });

  const readsOfBills = (): string[] =>
    m3ter.calls.filter(({ path }) => path.includes('/bills')).map(({ path }) => path);

  it('brings a Bill that is made, and one that is recalculated', async () => {
    await world.addBill(bill('new', 'customer-1', [line('new', 1, '7')]));
    await untilHeld(world, [...FIRST, billId('new')]);
    const version = async (): Promise<unknown> =>
      (await one(world, `SELECT Source_Version__c FROM Bill__c WHERE M3ter_Bill_Id__c = '${billId('bill-1')}'`))[
        'Source_Version__c'
      ];
    const before = await version();
    await world.play('recalculate', billId('bill-1'));
    await until('the recalculated Bill', async () => (await version()) !== before);
  });

  it('of a deletion marks the Bill in Salesforce', async () => {
    await world.play('recalculate', billId('bill-2'));
    await world.play('delete', billId('bill-2'));
    await untilHeld(world, [billId('bill-2')], 'Deleted_In_M3ter__c = true');
    assert.equal((await heldBills(world)).length, 4);
  });

  it('is told to nobody who cannot sign: wrong, missing or old signatures and wrong paths are refused', async () => {
    const body = told(billId('bill-0'), 'forged');
    m3ter.forget();
    const old = new Date(Date.now() - 10 * 60_000);
    const answers = await Promise.all([
      send(body, { ...signed(body), 'x-m3ter-sandbox-signature': 'f'.repeat(64) }),
      send(body, signed(body, new Date(), 'another secret')),
      send(`${body} `, signed(body)),
      send(body, { 'content-type': 'application/json' }),
      send(body, signed(body, old)),
      send(body, signed(body), 'another-path'),
    ]);
    assert.deepEqual(
      answers.map(({ status }) => status),
      [401, 401, 401, 401, 401, 404],
    );
    // What is taken afterwards is looked at; the refused ones before it were not.
    const good = told(billId('new'), 'good');
    assert.equal((await send(good, signed(good))).status, 202);
    await until('a look at the Bill', async () => Promise.resolve(readsOfBills().length > 0));
    assert.ok(
      readsOfBills().every((path) => !path.includes(billId('bill-0'))),
      readsOfBills().join(' '),
    );
  });

  it('that comes twice is taken once', async () => {
    const body = told(billId('bill-0'), 'twice');
    const first = await send(body, signed(body));
    assert.deepEqual([first.status, await first.json()], [202, { status: 'accepted', bills: 1 }]);
    const second = await send(body, signed(body));
    assert.deepEqual([second.status, await second.json()], [200, { status: 'duplicate', bills: 1 }]);
  });

  it('of a Bill that did not change is no more than a look', async () => {
    const body = told(billId('new'), 'nothing happened');
    const before = await world.query('SELECT Id FROM Integration_Run__c');
    m3ter.forget();
    await send(body, signed(body));
    await until('a look at the Bill', async () => Promise.resolve(readsOfBills().length > 0));
    await until('an idle queue', async () => {
      const { queued, active } = (await agent.command(['status'])).document['queue'] as {
        queued: number;
        active: number;
      };
      return queued + active === 0;
    });
    assert.equal((await world.query('SELECT Id FROM Integration_Run__c')).length, before.length);
  });

  it('shows among the metrics, and the agent is healthy', async () => {
    const metrics = await (await fetch(`${agent.url}/metrics`)).text();
    assert.match(metrics, /webhooks_total\{result="accepted"\} \d+/);
    assert.match(metrics, /webhooks_total\{result="duplicate"\} 1/);
    for (const path of ['live', 'ready']) assert.equal((await fetch(`${agent.url}/health/${path}`)).status, 200, path);
  });
});

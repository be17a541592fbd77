import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';
import { billFields, startTestOrg } from '../testServer.ts';

const client = await startTestOrg();
const API = '/services/data/v67.0';
const FOR_EVER = 60_000;
const SHORT = 20;

afterEach(async () => {
  await client.send('DELETE', '/sandbox/locks');
  await client.send('DELETE', '/sandbox/faults');
});

const upsertBill = (key: string, more = {}) =>
  client.send('PATCH', `sobjects/Bill__c/M3ter_Bill_Id__c/${key}`, billFields(key, more));

async function newBill(key: string): Promise<string> {
  return ((await upsertBill(key)).body as { id: string }).id;
}

const line = (key: string, billKey: string) => ({
  attributes: { type: 'Bill_Line_Item__c' },
  Line_Item_Key__c: key,
  Bill__r: { M3ter_Bill_Id__c: billKey },
});
const upsertLines = (...records: object[]) =>
  client.send('PATCH', 'composite/sobjects/Bill_Line_Item__c/Line_Item_Key__c', { allOrNone: false, records });

const hold = async (ids: string[], waitMs: number): Promise<void> => {
  assert.equal((await client.send('POST', '/sandbox/locks', { ids, waitMs })).status, 204);
};

const codes = (body: unknown): unknown[] =>
  (body as Array<{ success: boolean; errors: Array<{ statusCode: string }> }>).map(
    ({ success, errors }) => success || errors[0]?.statusCode,
  );

describe('locked rows', () => {
  it('refuse whoever has waited long enough, record by record, and let others pass', async () => {
    const held = await newBill('held');
    await newBill('free');
    await hold([held], SHORT);
    const single = await upsertBill('held');
    assert.equal(single.status, 400);
    assert.match(JSON.stringify(single.body), /UNABLE_TO_LOCK_ROW/);
    assert.equal((await upsertBill('free')).status, 200);
    const records = ['held', 'free'].map((key) => ({
      attributes: { type: 'Bill__c' },
      M3ter_Bill_Id__c: key,
      ...billFields(key),
    }));
    const { body } = await client.send('PATCH', 'composite/sobjects/Bill__c/M3ter_Bill_Id__c', { records });
    assert.deepEqual(codes(body), ['UNABLE_TO_LOCK_ROW', true]);
  });

  it('are those of the masters too', async () => {
    const held = await newBill('master');
    await newBill('other');
    await hold([held], SHORT);
    const { body } = await upsertLines(line('l1', 'master'), line('l2', 'other'));
    assert.deepEqual(codes(body), ['UNABLE_TO_LOCK_ROW', true]);
  });

  it('refuse a change in the user interface too, once it has waited', async () => {
    const held = await newBill('shown');
    await hold([held], SHORT);
    const change = { fields: { Status__c: 'APPROVED' } };
    const { status, body } = await client.send('PATCH', `ui-api/records/${held}`, change);
    assert.equal(status, 400);
    assert.match(JSON.stringify(body), /UNABLE_TO_LOCK_ROW/);
    await client.send('DELETE', '/sandbox/locks');
    assert.equal((await client.send('PATCH', `ui-api/records/${held}`, change)).status, 200);
  });

  it('undo the rest of an all-or-none composite', async () => {
    const held = await newBill('busy');
    await hold([held], SHORT);
    const compositeRequest = ['idle', 'busy'].map((key) => ({
      method: 'PATCH',
      url: `${API}/sobjects/Bill__c/M3ter_Bill_Id__c/${key}`,
      referenceId: key,
      body: billFields(key),
    }));
    const { body } = await client.send('POST', 'composite', { allOrNone: true, compositeRequest });
    assert.match(JSON.stringify(body), /PROCESSING_HALTED.*UNABLE_TO_LOCK_ROW/);
    assert.deepEqual(await client.query("SELECT Id FROM Bill__c WHERE M3ter_Bill_Id__c = 'idle'"), []);
  });

  it('are waited for until they are let go', async () => {
    const held = await newBill('soon free');
    await hold([held], FOR_EVER);
    const waiting = upsertBill('soon free', { Status__c: 'APPROVED' });
    assert.equal((await client.query('SELECT Id FROM Account')).length, 0);
    await client.send('DELETE', '/sandbox/locks');
    assert.equal((await waiting).status, 200);
  });

  it('are held by requests that take time: of two that create the same record, the second finds it there', async () => {
    await hold([], FOR_EVER);
    await client.send('POST', '/sandbox/faults', {
      match: { path: '/Bill__c/' },
      fault: { kind: 'latency', ms: SHORT },
    });
    const answers = await Promise.all([upsertBill('raced'), upsertBill('raced')]);
    assert.deepEqual(answers.map(({ status }) => status).toSorted(), [201, 400]);
    assert.match(JSON.stringify(answers.map(({ body }) => body)), /DUPLICATE_VALUE/);
    assert.equal((await upsertBill('raced')).status, 200);
  });

  it('need ids', async () => {
    assert.equal((await client.send('POST', '/sandbox/locks', { ids: ['nonsense'] })).status, 400);
  });
});

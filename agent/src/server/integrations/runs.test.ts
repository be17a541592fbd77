import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { batchRow, eventRow, INTEGRATION, memoryOrg, ORG, OTHER_ORG, runRow, testApi } from './testApi.ts';

const BATCH = 'a02000000000009AAA';
const later = (minutes: number): Date => new Date(Date.parse('2026-11-22T10:00:00Z') + minutes * 60_000);
const run = (at: number, billId: string) =>
  runRow({ id: `a0200000000000${at}AAA`, m3terBillId: billId, createdAt: later(-at), key: `key-${at}` });
const ids = (body: Record<string, unknown>): string[] => (body.data as { id: string }[]).map(({ id }) => id);

describe('integrationruns', () => {
  it('gives the Run of a Bill in m3ter’s shape', async () => {
    const org = memoryOrg();
    org.rows.runs.push(runRow({ error: 'Region__c is required.', status: 'ERROR', replayedFromId: BATCH }));
    const { call } = testApi({}, [org]);
    const { status, body } = await call('GET', '/integrationruns/a02000000000001AAA');
    assert.equal(status, 200);
    assert.deepEqual(body, {
      id: 'a02000000000001AAA',
      dtCreated: '2026-11-22T10:00:00.000Z',
      dtLastModified: '2026-11-22T10:00:00.000Z',
      entityType: 'Bill',
      entityId: 'bill-1',
      status: 'ERROR',
      destination: 'Salesforce',
      destinationId: ORG,
      dtStarted: '2026-11-22T10:00:00.000Z',
      dtCompleted: '2026-11-22T10:00:00.000Z',
      error: 'Region__c is required.',
      url: 'https://acme.my.salesforce.com/a03000000000001AAA',
      externalId: 'a03000000000001AAA',
      parentIntegrationRunId: BATCH,
      replayedFromIntegrationRunId: BATCH,
    });
  });

  it('gives the Run of a batch, whose entity is its integration', async () => {
    const org = memoryOrg();
    org.rows.runs.push(batchRow());
    const { call } = testApi({}, [org]);
    const { body } = await call('GET', `/integrationruns/${BATCH}`);
    assert.deepEqual([body.entityId, body.parentIntegrationRunId, body.url], [INTEGRATION, undefined, undefined]);
  });

  it('lists the Runs of a Bill page by page over all orgs, with m3ter’s filters', async () => {
    const [one, other] = [memoryOrg(ORG), memoryOrg(OTHER_ORG, 'us')];
    one.rows.runs.push(run(1, 'bill-1'), run(2, 'bill-2'), run(3, 'bill-1'));
    other.rows.runs.push(run(4, 'bill-1'));
    const { call } = testApi({}, [one, other]);
    const first = await call('GET', '/integrationruns/Bill/bill-1?pageSize=2');
    assert.deepEqual(ids(first.body), ['a02000000000001AAA', 'a02000000000003AAA']);
    const token = String(first.body.nextToken);
    const second = await call('GET', `/integrationruns/Bill/bill-1?pageSize=2&nextToken=${token}`);
    assert.deepEqual(ids(second.body), ['a02000000000004AAA']);
    assert.equal(second.body.nextToken, undefined);
    await call(
      'GET',
      '/integrationruns/Bill/bill-1?startDate=2026-11-01&endDate=2026-12-01T00:00:00Z&status=ERROR&order=ASC',
    );
    assert.deepEqual(one.seen.at(-1), {
      m3terBillIds: ['bill-1'],
      level: 'bills',
      order: 'oldestFirst',
      since: new Date('2026-11-01'),
      until: new Date('2026-12-01'),
      status: 'ERROR',
      limit: 100,
    });
    assert.equal((await call('GET', '/integrationruns/Bill/bill-1?startDate=yesterday')).status, 400);
    assert.equal((await call('GET', '/integrationruns/Bill/bill-1?status=DONE')).status, 400);
    assert.deepEqual((await call('GET', '/integrationruns/Notification/bill-1')).body, { data: [] });
  });

  it('lists the batches of an integration by its record id', async () => {
    const org = memoryOrg();
    org.rows.runs.push(batchRow(), runRow());
    const { call } = testApi({}, [org]);
    assert.deepEqual(ids((await call('GET', `/integrationruns/Bill/${INTEGRATION}`)).body), [BATCH]);
    assert.deepEqual(org.seen.at(-1), {
      integrationId: INTEGRATION,
      level: 'batches',
      order: 'newestFirst',
      limit: 100,
    });
  });

  it('lists what went to one destination', async () => {
    const [one, other] = [memoryOrg(ORG), memoryOrg(OTHER_ORG, 'us')];
    one.rows.runs.push(run(1, 'bill-1'));
    other.rows.runs.push(run(2, 'bill-2'));
    const { call } = testApi({}, [one, other]);
    const list = async (path: string) => ids((await call('GET', `/integrationruns/destinations/${path}`)).body);
    assert.deepEqual(await list(OTHER_ORG), ['a02000000000002AAA']);
    assert.deepEqual(await list(`${OTHER_ORG}?destination=Stripe`), []);
  });

  it('knows the latest Run of one Bill and of many, whichever org it went to', async () => {
    const [one, other] = [memoryOrg(ORG), memoryOrg(OTHER_ORG, 'us')];
    one.rows.runs.push(run(2, 'bill-1'), run(4, 'bill-1'), run(5, 'bill-2'));
    other.rows.runs.push(run(1, 'bill-1'));
    const { call } = testApi({}, [one, other]);
    assert.equal((await call('GET', '/integrationruns/Bill/latest/bill-1')).body.id, 'a02000000000001AAA');
    const many = await call('GET', '/integrationruns/Bill/latest?ids=bill-2,bill-3,bill-1');
    assert.deepEqual(ids(many.body), ['a02000000000005AAA', 'a02000000000001AAA']);
    assert.equal((await call('GET', '/integrationruns/Bill/latest/bill-9')).status, 404);
  });

  it('finds the latest Runs behind the many Runs of another Bill', async () => {
    const org = memoryOrg();
    for (let count = 0; count < 2500; count += 1) org.rows.runs.push(runRow({ m3terBillId: 'busy', key: `${count}` }));
    org.rows.runs.push(run(3, 'quiet'));
    const { call } = testApi({}, [org]);
    const { body } = await call('GET', '/integrationruns/Bill/latest?ids=busy,quiet');
    assert.equal((body.data as unknown[]).length, 2);
    assert.equal(org.seen.length, 2);
  });

  it('gives the log of a batch with its Bills and Events, in base64', async () => {
    const org = memoryOrg();
    org.rows.runs.push(batchRow({ skippedByReason: '{"accountFilter":9}' }), runRow());
    org.rows.events.push(eventRow());
    const { call } = testApi({}, [org]);
    const { body } = await call('GET', `/integrationruns/logs/${BATCH}`);
    const log = JSON.parse(Buffer.from(String(body.Payload), 'base64').toString('utf8')) as {
      run: { skippedByReason: object };
      bills: { m3terBillId: string }[];
      events: { message: string }[];
    };
    assert.deepEqual(log.run.skippedByReason, { accountFilter: 9 });
    assert.deepEqual(
      log.bills.map(({ m3terBillId }) => m3terBillId),
      ['bill-1'],
    );
    assert.match(String(log.events[0]?.message), /Region__c/);
  });

  it('replays a Run and gives the Run of the new batch', async () => {
    const org = memoryOrg();
    org.rows.runs.push(runRow(), batchRow({ key: 'batch-2', replayedFromId: 'a02000000000001AAA' }));
    let runKey: string | null = 'batch-2';
    const replay = (input: object, caller?: { signal?: AbortSignal }) => {
      assert.ok(caller?.signal, 'it does not wait for ever');
      assert.deepEqual(input, { run: 'a02000000000001AAA', org: ORG });
      return Promise.resolve({ replayedFrom: 'batch-1:bill-1', runKey, results: [] });
    };
    const none = () => assert.fail();
    const operations = { replay, enable: none, disable: none, actionEvents: none };
    const { call } = testApi({ operations }, [org]);
    const { status, body } = await call('POST', '/integrationruns/a02000000000001AAA/replay');
    assert.deepEqual([status, body.id, body.replayedFromIntegrationRunId], [200, BATCH, 'a02000000000001AAA']);
    runKey = 'batch-that-is-not-written-yet';
    assert.equal((await call('POST', '/integrationruns/a02000000000001AAA/replay')).status, 202);
    runKey = null;
    assert.equal((await call('POST', '/integrationruns/a02000000000001AAA/replay')).status, 422);
  });

  it('does not know ids of no Run', async () => {
    const { call } = testApi();
    for (const id of ['a02000000000077AAA', 'nonsense', "x' OR Id != '"]) {
      assert.equal((await call('GET', `/integrationruns/${encodeURIComponent(id)}`)).status, 404, id);
    }
  });
});

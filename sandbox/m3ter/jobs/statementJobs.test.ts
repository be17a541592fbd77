import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Bill } from '../../data/model.ts';
import { smallDataSet, startTestApi } from '../testApi.ts';
import type { TestApi } from '../testApi.ts';

const dataSet = smallDataSet();
const [first, second] = dataSet.bills.filter(({ status }) => status === 'PENDING') as [Bill, Bill];
const SECOND = 1_000;

let api: TestApi;
before(async () => void (api = await startTestApi({ dataSet })));
after(() => api.m3ter.close());

const job = async (id: unknown) => (await api.get(`/statementjobs/${String(id)}`)).body;
const bill = async (id: string) => (await api.get(`/bills/${id}`)).body;
const download = async (url: unknown) => {
  const answer = await fetch(String(url));
  return { status: answer.status, type: answer.headers.get('content-type'), text: await answer.text() };
};

describe('a statement job', () => {
  it('makes the statement of a Bill in its time, and tells where it is', async () => {
    assert.equal((await api.get(`/bills/${first.id}/statement/json`)).status, 404);
    const { body } = await api.call('POST', '/statementjobs', { billId: first.id, includeCsvFormat: true });
    assert.deepEqual([body['statementJobStatus'], body['presignedJsonStatementUrl']], ['PENDING', undefined]);
    api.advance(SECOND);
    const done = await job(body['id']);
    assert.deepEqual([done['statementJobStatus'], done['jsonStatementStatus']], ['COMPLETE', 'LATEST']);
    const json = await download(done['presignedJsonStatementUrl']);
    assert.equal((JSON.parse(json.text) as Bill).id, first.id);
    const csv = await download(done['presignedCsvStatementUrl']);
    assert.match(String(csv.type), /^text\/csv/);
    assert.equal(csv.text.trim().split('\r\n').length, (first.lineItems?.length ?? 0) + 1);
    const events = await api.list(`/events?resourceId=${String(body['id'])}`);
    assert.deepEqual(
      events.map(({ eventName }) => eventName),
      ['billing.statementjob.updated', 'billing.statementjob.updated', 'billing.statementjob.created'],
    );
    const noted = await bill(first.id);
    assert.deepEqual([noted['jsonStatementGenerated'], noted['csvStatementGenerated']], [true, true]);
  });

  it('is out of date when the Bill is recalculated, and is followed by a new one', async () => {
    await api.sandbox('recalculate', { billId: first.id });
    assert.equal((await bill(first.id))['statementStale'], true);
    const [known] = await api.list(`/statementjobs?billId=${first.id}`);
    assert.equal(known?.['jsonStatementStatus'], 'STALE');
    await api.call('POST', `/bills/${first.id}/statement/csv`);
    assert.equal((await bill(first.id))['statementStale'], false);
  });

  it('is there for a Bill of the data set that says so', async () => {
    const made = dataSet.bills.find((each) => each['csvStatementGenerated'] === true);
    const { body } = await api.get(`/bills/${made?.id ?? ''}/statement/csv`);
    assert.match((await download(body['downloadUrl'])).text, /^lineItemType,description/);
  });

  it('can be one of a batch, and cancelled while it waits', async () => {
    const batch = await api.call('POST', '/statementjobs/batch', { billIds: [first.id, second.id] });
    const [, other] = batch.body as unknown as Array<Record<string, unknown>>;
    assert.equal((await api.list('/statementjobs?active=true')).length, 2);
    const cancelled = await api.call('POST', `/statementjobs/${String(other?.['id'])}/cancel`);
    assert.equal(cancelled.body['statementJobStatus'], 'CANCELLED');
    api.advance(SECOND);
    assert.deepEqual(await api.list('/statementjobs?active=true'), []);
    assert.equal((await api.get(`/bills/${second.id}/statement/json`)).status, 404);
    assert.equal((await api.call('POST', `/statementjobs/${String(other?.['id'])}/cancel`)).status, 400);
    assert.equal((await api.get('/statementjobs?active=true&status=PENDING')).status, 400);
    assert.equal((await api.call('POST', '/statementjobs', { billId: 'none' })).status, 404);
    const eleven = Array.from({ length: 11 }, () => first.id);
    assert.equal((await api.call('POST', '/statementjobs/batch', { billIds: eleven })).status, 400);
  });

  it('gives addresses that end, and that nobody else can make', async () => {
    const { body } = await api.get(`/bills/${first.id}/statement/json`);
    const url = String(body['downloadUrl']);
    assert.equal((await download(url)).status, 200);
    assert.equal((await download(url.replace(first.id, second.id))).status, 403);
    api.advance(3_601 * SECOND);
    assert.equal((await download(url)).status, 403);
  });
});

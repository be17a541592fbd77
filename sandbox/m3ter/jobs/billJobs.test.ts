import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { smallDataSet, startTestApi } from '../testApi.ts';
import type { TestApi } from '../testApi.ts';
import { JOB_PACE } from './billJobs.ts';

const dataSet = smallDataSet();
const open = dataSet.bills.filter(({ locked }) => locked !== true);
const MINUTE = 60_000;

let api: TestApi;
before(async () => void (api = await startTestApi({ dataSet })));
after(() => api.m3ter.close());

const recalculate = (...bills: typeof open) =>
  api.call('POST', '/billjobs/recalculate', { billIds: bills.map(({ id }) => id) });
const job = async (id: unknown) => (await api.get(`/billjobs/${String(id)}`)).body;
const bill = async (id: unknown) => (await api.get(`/bills/${String(id)}`)).body;
const finishAll = () => api.advance(10 * MINUTE);

describe('a bill job', () => {
  it('moves through its statuses by the clock, Bill by Bill, with an event for each status', async () => {
    const [first, second] = open as [(typeof open)[0], (typeof open)[0]];
    const { body } = await recalculate(first, second);
    assert.deepEqual([body['status'], body['total'], body['pending']], ['PENDING', 2, 2]);
    api.advance(JOB_PACE.pending);
    assert.equal((await job(body['id']))['status'], 'INITIALIZING');
    api.advance(JOB_PACE.initializing);
    assert.equal((await job(body['id']))['status'], 'RUNNING');
    api.advance(JOB_PACE.perBill);
    const running = await job(body['id']);
    assert.deepEqual([running['status'], running['pending']], ['RUNNING', 1]);
    assert.equal((await bill(first.id))['billJobId'], body['id']);
    assert.notEqual((await bill(second.id))['billJobId'], body['id']);
    assert.deepEqual(
      (await api.list('/billjobs?active=true')).map(({ id }) => id),
      [body['id']],
    );
    api.advance(JOB_PACE.perBill);
    assert.equal((await job(body['id']))['status'], 'COMPLETE');
    const events = await api.list(`/events?resourceId=${String(body['id'])}`);
    const statuses = events.map(({ m3terEvent }) => {
      const { newDto, oldDto } = (m3terEvent as { eventData: Record<string, { status: string }> }).eventData;
      return [oldDto?.status, newDto?.status];
    });
    assert.deepEqual(statuses, [
      ['RUNNING', 'COMPLETE'],
      ['INITIALIZING', 'RUNNING'],
      ['PENDING', 'INITIALIZING'],
      [undefined, 'PENDING'],
    ]);
    assert.ok((await api.list('/billjobs?active=false')).some(({ id }) => id === body['id']));
  });

  it('can be cancelled, which leaves the other Bills as they were, once', async () => {
    const [first, second] = [open[2], open[3]] as [(typeof open)[0], (typeof open)[0]];
    const { body } = await recalculate(first, second);
    api.advance(JOB_PACE.pending + JOB_PACE.initializing + JOB_PACE.perBill);
    const cancelled = await api.call('POST', `/billjobs/${String(body['id'])}/cancel`);
    assert.equal(cancelled.body['status'], 'CANCELLED');
    finishAll();
    assert.equal((await bill(first.id))['billJobId'], body['id']);
    assert.equal((await bill(second.id))['version'], second.version);
    assert.equal((await api.call('POST', `/billjobs/${String(body['id'])}/cancel`)).status, 400);
    assert.equal((await api.call('POST', '/billjobs/none/cancel')).status, 404);
  });

  it('is refused with 429 while ten are running', async () => {
    const target = open[4] as (typeof open)[0];
    for (let count = 0; count < 10; count += 1) assert.equal((await recalculate(target)).status, 200);
    const refused = await recalculate(target);
    assert.equal(refused.status, 429);
    assert.match(String(refused.body['message']), /10 Bill Jobs/);
    finishAll();
    assert.equal((await recalculate(target)).status, 200);
    finishAll();
  });

  it('passes over Bills that are deleted or locked after it began', async () => {
    const [gone, locked] = [open[5], open[6]] as [(typeof open)[0], (typeof open)[0]];
    const { body } = await recalculate(gone, locked);
    await api.call('DELETE', `/bills/${gone.id}`);
    await api.call('PUT', `/bills/${locked.id}/status`, { status: 'APPROVED' });
    const { version } = (await api.call('PUT', `/bills/${locked.id}/lock`)).body;
    finishAll();
    assert.equal((await job(body['id']))['status'], 'COMPLETE');
    assert.equal((await bill(locked.id))['version'], version);
  });

  it('without a period bills every Account for the one that it is in', async () => {
    const account = { name: 'Quarterly Ltd', code: 'quarterly', emailAddress: 'ap@quarterly.example' };
    const accountId = (await api.call('POST', '/accounts', account)).body['id'];
    const quarter = { startDate: '2026-07-01', endDate: '2026-10-01', billDate: '2026-10-01' };
    await api.sandbox('bills', {
      id: 'q3',
      accountId,
      ...quarter,
      billingFrequency: 'MONTHLY',
      billFrequencyInterval: 3,
    });
    const { body } = await api.call('POST', '/billjobs', {});
    finishAll();
    const made = await Promise.all(((await job(body['id']))['billIds'] as string[]).map(bill));
    const billed = dataSet.accounts.filter(({ parentAccountId }) => parentAccountId === undefined);
    assert.equal(made.length, billed.length + 1);
    for (const { startDate, endDate } of made) {
      assert.ok(String(startDate) <= '2026-11-22' && String(endDate) > '2026-11-22', `${String(startDate)}`);
    }
    const quarterly = made.find((each) => each['accountId'] === accountId);
    assert.deepEqual([quarterly?.['startDate'], quarterly?.['endDate']], ['2026-10-01', '2027-01-01']);
  });
});

describe('billing by the clock', () => {
  const organization = async (change: object) => {
    const { id, dtCreated, dtLastModified, createdBy, lastModifiedBy, ...config } = (
      await api.get('/organizationconfig')
    ).body;
    assert.ok([id, dtCreated, dtLastModified, createdBy, lastModifiedBy].every((value) => value !== undefined));
    return api.call('PUT', '/organizationconfig', { ...config, ...change });
  };
  const jobs = async () => (await api.list('/billjobs?pageSize=100')).length;

  it('calculates all Bills at the scheduled interval, and approves them after the grace period', async () => {
    assert.equal((await organization({ scheduledBillInterval: 5 })).status, 400);
    assert.equal((await organization({ scheduledBillOffset: 3 })).status, 400);
    const graceful = { autoApproveBillsGracePeriod: 45, autoApproveBillsGracePeriodUnit: 'MINUTES' };
    assert.equal((await organization({ scheduledBillInterval: 1, ...graceful })).status, 200);
    const before = await jobs();
    api.advance(60 * MINUTE);
    assert.equal(await jobs(), before + 1);
    api.advance(MINUTE);
    const [latest] = await api.list('/billjobs');
    const [id] = (await job(latest?.['id']))['billIds'] as string[];
    assert.equal((await bill(id))['status'], 'PENDING');
    api.advance(45 * MINUTE);
    assert.equal((await bill(id))['status'], 'APPROVED');
    await organization({ scheduledBillInterval: 0, autoApproveBillsGracePeriod: undefined });
  });

  it('calculates every so many minutes when the sandbox is told so', async () => {
    await api.sandbox('schedule', { everyMinutes: 5 });
    const before = await jobs();
    api.advance(5 * MINUTE);
    await jobs();
    api.advance(5 * MINUTE);
    assert.equal(await jobs(), before + 2);
    await api.sandbox('schedule', { everyMinutes: 0 });
    api.advance(60 * MINUTE);
    assert.equal(await jobs(), before + 2);
    assert.equal((await api.sandbox('schedule', { everyMinutes: -1 })).status, 400);
  });

  it('locks Bills by the lock date, unless one of them is PENDING', async () => {
    const lock = async (billLockDate: string) => {
      const { version } = (await api.get('/billconfig')).body;
      return api.call('PUT', '/billconfig', { version, billLockDate });
    };
    const [early] = dataSet.bills
      .filter(({ status, locked }) => status === 'APPROVED' && locked !== true)
      .toSorted((a, b) => (String(a.endDate) < String(b.endDate) ? -1 : 1));
    await api.call('POST', '/bills/approve', { billIds: [early?.id] });
    const pending = await lock('2030-01-01');
    assert.equal(pending.status, 400);
    assert.match(String(pending.body['message']), /PENDING/);
    assert.equal((await lock(String(early?.endDate))).status, 200);
    const refused = await api.call('PUT', `/bills/${early?.id}/status`, { status: 'PENDING' });
    assert.match(String(refused.body['message']), /locked/);
    assert.equal((await lock('2000-01-01')).status, 200);
    assert.equal((await api.call('PUT', `/bills/${early?.id}/status`, { status: 'PENDING' })).status, 200);
  });
});

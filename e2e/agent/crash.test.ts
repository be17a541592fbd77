import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import type { DataSet } from '../../sandbox/data/model.ts';
import type { Fault } from '../../sandbox/org/trouble/faults.ts';
import { account, accountId, bill, billId, integration, line, manyBills } from './builders.ts';
import { assertHoldsExactly, readHeld } from './holds.ts';
import type { Held } from './holds.ts';
import { World } from './world.ts';

const BILLS = 160;
const RULES = [
  integration('All Bills', { restrictedAccountIds: [accountId('unmapped')] }),
  integration('Mapped', { accountIds: [accountId('unmapped')], useExternalMappingAccountCode: true }),
];

/** Enough Bills for several packs, one that takes several calls by itself, and one that waits, with an Event. */
function data(): DataSet {
  const many = manyBills(BILLS, 6);
  many.accounts.push(account('unmapped'));
  const lines = Array.from({ length: 1700 }, (_, n) => line('large', n, `${n}.5`));
  many.bills.push(bill('large', 'customer-1', lines), bill('waiting', 'unmapped', [line('waiting', 1, '1')]));
  many.integrations = RULES;
  return many;
}

/** Milliseconds by which the org is slow, so that there is a middle of a sync. */
const SLOW = 80;
const slowComposites = { match: { method: 'POST', path: '/composite' }, fault: { kind: 'latency', ms: SLOW } as Fault };

/** Starts a sync against a slow org and kills the agent once the org has done so many composites more. */
async function killAfter(world: World, composites: number): Promise<void> {
  await world.faults(slowComposites);
  const done = async (): Promise<number> => (await world.stats()).routes['POST composite'] ?? 0;
  const before = await done();
  const agent = world.agent(['sync', '--once', '--json']);
  let isOver = false;
  void agent.ended.then(() => (isOver = true));
  while ((await done()) - before < composites && !isOver) await delay(5);
  agent.process.kill('SIGKILL');
  const { signal, stderr } = await agent.ended;
  assert.equal(signal, 'SIGKILL', `The sync was over before composite ${composites}: ${stderr}`);
  await world.clearFaults();
}

/** No Run and no Event is there twice, each Bill has its Run, and no Run is left open. */
async function assertJournal(world: World): Promise<void> {
  const runs = await world.query(
    'SELECT Parent_Run__c, M3ter_Bill_Id__c, Status__c, Run_Key__c FROM Integration_Run__c',
  );
  const children = runs.filter((run) => run['Parent_Run__c'] !== null);
  const byBatch = children.map((run) => `${String(run['Parent_Run__c'])} ${String(run['M3ter_Bill_Id__c'])}`);
  assert.equal(new Set(byBatch).size, byBatch.length);
  const complete = children.filter((run) => run['Status__c'] === 'COMPLETE').map((run) => run['M3ter_Bill_Id__c']);
  const bills = await world.query('SELECT M3ter_Bill_Id__c FROM Bill__c');
  assert.deepEqual([...new Set(complete)].sort(), bills.map((one) => one['M3ter_Bill_Id__c']).sort());
  assert.deepEqual(
    runs.filter((run) => run['Status__c'] === 'STARTED'),
    [],
  );
  const events = await world.query('SELECT M3ter_Account_Id__c FROM Integration_Event__c');
  assert.deepEqual(
    events.map((event) => event['M3ter_Account_Id__c']),
    [accountId('unmapped')],
  );
}

/** The next sync ends well, and Salesforce is as it would be without the interruption. */
async function assertRecovers(world: World): Promise<Held> {
  const { code, stderr } = await world.sync();
  assert.equal(code, 0, stderr);
  const held = await assertHoldsExactly(world, RULES);
  await assertJournal(world);
  const { report } = await world.sync();
  assert.ok(report.integrations.every(({ billsSent }) => billsSent === 0));
  return held;
}

const recalculate = async (world: World, bills: number): Promise<void> => {
  for (let n = 0; n < bills; n += 1) await world.play('recalculate', billId(`bill-${n}`));
};

describe('an agent killed in the middle of a sync and started again', () => {
  let uninterrupted: Held;
  let world: World;

  before(async () => {
    const reference = await World.start(data(), { store: 'pglite' });
    await reference.sync();
    uninterrupted = await readHeld(reference);
    await reference.close();
  });
  afterEach(() => world.close());

  for (const composites of [2, 4, 6]) {
    it(`loses and doubles nothing, at call ${composites} of the first sync`, async () => {
      world = await World.start(data(), { store: 'pglite' });
      await killAfter(world, composites);
      assert.deepEqual(await assertRecovers(world), uninterrupted);
    });
  }

  it('loses and doubles nothing, in a sync of recalculated Bills and killed twice', async () => {
    world = await World.start(data(), { store: 'pglite' });
    await world.sync();
    await recalculate(world, 100);
    await killAfter(world, 2);
    await killAfter(world, 1);
    await assertRecovers(world);
  });
});

describe('a sync', () => {
  let world: World;

  before(async () => {
    world = await World.start(data(), { store: 'pglite' });
  });
  after(() => world.close());
  afterEach(() => world.clearFaults());

  const composite = { method: 'POST', path: '/composite' };
  const unavailable = [{ errorCode: 'SERVER_UNAVAILABLE', message: 'Too many requests at once.' }];
  const rules: Array<[string, Fault, number]> = [
    ['whose answers are lost after the org has done the work', { kind: 'dropAfterCommit' }, 2],
    ['whose connections break before the org has done anything', { kind: 'dropBefore' }, 2],
    ['that meets an org which is not available', { kind: 'status', status: 503, body: unavailable }, 2],
    ['whose session ends', { kind: 'expireSession' }, 1],
    ['that meets locked rows', { kind: 'rowLock' }, 2],
  ];
  for (const [what, fault, times] of rules) {
    it(`${what} ends well, and everything is there once`, async () => {
      await recalculate(world, 20);
      await world.faults({ match: composite, times, fault });
      const { code, report, stderr } = await world.sync();
      assert.equal(code, 0, stderr);
      assert.ok(report.integrations.every(({ failed }) => Object.keys(failed).length === 0));
      await assertHoldsExactly(world, RULES);
      await assertJournal(world);
    });
  }

  it("that uses up the day's calls of the org stops, and the next one sends the rest", async () => {
    await recalculate(world, 20);
    const body = [{ errorCode: 'REQUEST_LIMIT_EXCEEDED', message: 'TotalRequests Limit exceeded.' }];
    await world.faults({ match: composite, fault: { kind: 'status', status: 403, body } });
    const { apiRequests } = await world.stats();
    const { code, stderr } = await world.agent(['sync', '--once', '--json']).ended;
    assert.notEqual(code, 0);
    assert.match(stderr, /REQUEST_LIMIT_EXCEEDED/);
    assert.ok((await world.stats()).apiRequests - apiRequests < 15);
    await world.clearFaults();
    await assertRecovers(world);
  });
});

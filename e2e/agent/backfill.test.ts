import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { billId, manyBills } from './builders.ts';
import { assertHoldsExactly } from './holds.ts';
import type { IntegrationReport } from './world.ts';
import { World } from './world.ts';

const BILLS = 150;
const LINES = 6;
const RANGE = ['--from', '2026-01-01', '--to', '2026-12-31'];
/** So that few Bills are enough for bulk jobs. */
const BULK = { BULK_FROM_RECORDS: '500' };
/** Four jobs, each made, filled, closed, looked at a few times, and one of them read. */
const MOST_BULK_CALLS = 40;

interface Document {
  plan: { bills: number; toSend: number; lineItems: number; way: string; calls: { salesforce: number } };
  report: IntegrationReport | null;
  isComplete: boolean;
  apiCalls: { salesforce: number };
}

describe('a backfill', () => {
  let world: World;
  afterEach(() => world.close());

  const start = async (): Promise<void> => {
    world = await World.start(manyBills(BILLS, LINES));
  };
  const backfill = async (args: string[] = [], settings = BULK): Promise<{ code: number | null; told: Document }> => {
    const command = ['backfill', ...RANGE, '--json', ...args];
    const { code, stdout, stderr } = await world.agent(command, world.environment(settings)).ended;
    assert.notEqual(stdout, '', stderr);
    return { code, told: JSON.parse(stdout) as Document };
  };
  const requests = async (route: string): Promise<number> => (await world.stats()).routes[route] ?? 0;
  /** Every Bill and line is there once, and so is its Run; nothing is half-done. */
  const assertWhole = async (): Promise<void> => {
    const { rules } = { rules: manyBills(1, 1).integrations };
    await assertHoldsExactly(world, rules);
    const runs = await world.query('SELECT M3ter_Bill_Id__c, Status__c FROM Integration_Run__c');
    assert.ok(
      runs.every((run) => run['Status__c'] === 'COMPLETE'),
      JSON.stringify(runs.slice(0, 3)),
    );
    const sent = runs.map((run) => run['M3ter_Bill_Id__c']).filter((id) => id !== null);
    assert.equal(new Set(sent).size, BILLS);
  };

  it('tells what it would take, and then takes it by bulk jobs in few calls', async () => {
    await start();
    const { told: preview } = await backfill(['--preview']);
    const { bills, toSend, lineItems, way } = preview.plan;
    assert.deepEqual(
      { bills, toSend, lineItems, way },
      { bills: BILLS, toSend: BILLS, lineItems: BILLS * LINES, way: 'bulk' },
    );
    assert.equal(preview.report, null);
    assert.deepEqual(await world.query('SELECT Id FROM Bill__c'), []);

    const { code, told } = await backfill();
    assert.equal(code, 0);
    assert.deepEqual(
      [told.report?.billsSent, told.report?.lineItemsSent, told.isComplete],
      [BILLS, BILLS * LINES, true],
    );
    assert.ok(told.apiCalls.salesforce <= MOST_BULK_CALLS, `${told.apiCalls.salesforce} calls`);
    await assertWhole();

    const again = await backfill();
    assert.deepEqual([again.told.plan.toSend, again.told.report?.billsSent], [0, 0]);
  });

  it('sends rows that a bulk job refuses one by one', async () => {
    await start();
    const refuse = {
      kind: 'refuse',
      code: 'UNABLE_TO_LOCK_ROW',
      message: 'locked',
      object: 'Bill_Line_Item__c',
      containing: billId('bill-7'),
    } as const;
    await world.faults({ match: { path: '/jobs/ingest' }, times: 1, fault: refuse });
    const { code, told } = await backfill();
    assert.equal(code, 0);
    assert.equal(told.report?.billsSent, BILLS);
    await assertWhole();
  });

  it('goes by composite calls where the org refuses bulk jobs', async () => {
    await start();
    const body = [{ errorCode: 'FEATURENOTENABLED', message: 'FeatureNotEnabled : Bulk API is not enabled' }];
    await world.faults({
      match: { method: 'POST', path: '/jobs/ingest' },
      fault: { kind: 'status', status: 403, body },
    });
    const { code, told } = await backfill();
    assert.equal(code, 0);
    assert.equal(told.report?.billsSent, BILLS);
    await world.clearFaults();
    await assertWhole();
  });

  for (const [what, route, nth] of [
    ['after its headers', 'POST jobs/ingest', 2],
    ['before it marks its Bills', 'POST jobs/ingest', 3],
  ] as const) {
    it(`that is killed ${what} goes on with the same command, and doubles nothing`, async () => {
      await start();
      await world.faults({ match: { path: '/jobs/ingest' }, fault: { kind: 'latency', ms: 100 } });
      const agent = world.agent(['backfill', ...RANGE, '--json'], world.environment(BULK));
      let isOver = false;
      void agent.ended.then(() => (isOver = true));
      while ((await requests(route)) < nth && !isOver) await delay(5);
      agent.process.kill('SIGKILL');
      assert.equal((await agent.ended).signal, 'SIGKILL');
      await world.clearFaults();
      const { code, told } = await backfill();
      assert.deepEqual([code, told.isComplete, told.report?.billsSent], [0, true, BILLS]);
      await assertWhole();
    });
  }
});

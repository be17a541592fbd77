import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { billId, integration, manyBills } from './builders.ts';
import { assertHoldsExactly } from './holds.ts';
import { World } from './world.ts';
import type { Report } from './world.ts';

/**
 * For 1,000 Bills of 10 Line Items: 17 that carry them, the begin and the end of the Run, and in a new org the connection
 * of the integration.
 */
const MOST_WRITES = 20;
/** Those that read included, four of which a process that has just been started needs to get to know the org. */
const MOST_CALLS = 28;
/** Reading what is to be done, and a batch of a few Bills with its Run. */
const FEW_CALLS = 12;

describe('the Salesforce API calls of a sync', () => {
  let world: World;

  before(async () => {
    world = await World.start(manyBills(1000, 10), { store: 'none' });
  });
  after(() => world.close());

  /** A sync whose own count of calls is the org's. */
  async function countedSync(): Promise<Report & { writes: number }> {
    const before = await world.stats();
    const { code, report, stderr } = await world.sync();
    assert.equal(code, 0, stderr);
    const after = await world.stats();
    const calls = after.apiRequests - before.apiRequests;
    assert.equal(calls, report.apiCalls.salesforce);
    return { ...report, writes: calls - (after.reading - before.reading) };
  }

  it('are at most 28 for a first sync of 1,000 Bills of 10 Line Items, of which 20 write, Runs included', async () => {
    const { integrations, apiCalls, writes } = await countedSync();
    assert.deepEqual([integrations[0]?.billsSent, integrations[0]?.lineItemsSent], [1000, 10_000]);
    assert.ok(apiCalls.salesforce <= MOST_CALLS, `${apiCalls.salesforce} calls`);
    assert.ok(writes <= MOST_WRITES, `${writes} calls that write`);
    await assertHoldsExactly(world, [integration('All Bills')]);
    const [runs] = await world.query('SELECT COUNT(Id) runs FROM Integration_Run__c WHERE Parent_Run__c != null');
    assert.equal(runs?.['runs'], 1000);
  });

  it('are few when nothing changed', async () => {
    const { integrations, apiCalls } = await countedSync();
    assert.equal(integrations[0]?.billsSent, 0);
    assert.ok(apiCalls.salesforce <= FEW_CALLS, `${apiCalls.salesforce} calls`);
  });

  it('are few when three Bills changed', async () => {
    for (const name of ['bill-1', 'bill-500', 'bill-999']) await world.play('recalculate', billId(name));
    const { integrations, apiCalls } = await countedSync();
    assert.equal(integrations[0]?.billsSent, 3);
    assert.ok(apiCalls.salesforce <= FEW_CALLS, `${apiCalls.salesforce} calls`);
    await assertHoldsExactly(world, [integration('All Bills')]);
  });
});

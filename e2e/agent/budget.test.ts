import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { billId, integration, manyBills } from './builders.ts';
import { assertHoldsExactly } from './holds.ts';
import { World } from './world.ts';
import type { Report } from './world.ts';

/** Issue 2, done when 4. */
const MOST_CALLS = 30;
/** Reading what is to be done, and a batch of a few Bills with its Run. */
const FEW_CALLS = 12;

describe('the Salesforce API calls of a sync', () => {
  let world: World;

  before(async () => {
    world = await World.start(manyBills(1000, 10), { store: 'none' });
  });
  after(() => world.close());

  /** A sync whose own count of calls is the org's. */
  async function countedSync(): Promise<Report> {
    const { apiRequests } = await world.stats();
    const { code, report, stderr } = await world.sync();
    assert.equal(code, 0, stderr);
    assert.equal((await world.stats()).apiRequests - apiRequests, report.apiCalls.salesforce);
    return report;
  }

  it('are at most 30 for a first sync of 1,000 Bills of 10 Line Items, Runs included', async () => {
    const { integrations, apiCalls } = await countedSync();
    assert.deepEqual([integrations[0]?.billsSent, integrations[0]?.lineItemsSent], [1000, 10_000]);
    assert.ok(apiCalls.salesforce <= MOST_CALLS, `${apiCalls.salesforce} calls`);
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

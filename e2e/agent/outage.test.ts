import assert from 'node:assert/strict';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { startCheckedM3ter } from '../../sandbox/m3ter/contract/checked.ts';
import type { LocalM3ter } from '../../sandbox/m3ter/server.ts';
import { manyBills } from './builders.ts';
import { freePorts } from '../sandbox/freePorts.ts';
import { World } from './world.ts';

describe('an agent that keeps running', () => {
  let world: World;
  let late: LocalM3ter | undefined;

  before(async () => {
    world = await World.start(manyBills(5, 2), { store: 'pglite' });
  });
  after(async () => {
    await late?.close();
    await world.close();
  });

  const sentBills = async (): Promise<number> => (await world.query('SELECT Id FROM Bill__c')).length;

  it('outlives an org and a m3ter that are not there, says so, and sends when they are', async () => {
    const port = await freePorts(1);
    const dataSet = manyBills(5, 2);
    const stateFile = path.join(world.folder, 'm3ter.sqlite');
    const { apiKey, apiSecret, baseUrl, ...early } = await startCheckedM3ter({ port, dataSet, stateFile });
    await early.close();
    await world.faults({ match: { path: '/services/' }, fault: { kind: 'status', status: 503 } });
    const m3ter = { M3TER_BASE_URL: baseUrl, M3TER_API_KEY: apiKey, M3TER_API_SECRET: apiSecret };
    const agent = world.agent(['start'], world.environment({ ...m3ter, CONTROL_POLL_SECONDS: '1' }));

    await agent.says(/Salesforce .*The agent tries again in \d+ s/);
    await world.clearFaults();
    await agent.says(/m3ter at .*cannot be reached.*The agent tries again in \d+ s/);
    assert.equal(await sentBills(), 0);

    late = await startCheckedM3ter({ port, dataSet, stateFile });
    await agent.says(/m3ter can be reached again/);
    while ((await sentBills()) < 5) await delay(100);
    agent.process.kill('SIGTERM');
    const { code } = await agent.ended;
    assert.equal(code, 0);
    assert.equal(await sentBills(), 5);
  });
});

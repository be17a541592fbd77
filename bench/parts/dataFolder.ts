import { readDataSet } from '../../sandbox/data/dataSet.ts';
import { BenchAgent } from '../run/agent.ts';
import { FIXED, NONE } from '../run/latency.ts';
import { AGENT, describe, rowOf } from '../run/load.ts';
import type { Load } from '../run/load.ts';
import { World } from '../run/world.ts';
import type { Part } from './part.ts';

/** The data set that --data names, by its own integrations. */
export const dataFolder: Part = {
  name: 'data',
  says: 'the Bills of --data, 50 ms a call',
  async run({ dataDir, say }) {
    if (dataDir === undefined) {
      say('left out: no --data');
      return {};
    }
    const { bills, ...accounts } = readDataSet(dataDir);
    const load: Load = {
      name: `--data, ${bills.length} Bills`,
      lineCounts: bills.map(({ lineItems = [] }) => lineItems.length),
    };
    const world = await World.start({ accounts: { ...accounts, bills: [] }, hasM3ter: true, latency: NONE });
    try {
      const agent = await BenchAgent.start(world);
      try {
        await agent.operations.sync({});
        world.addBills(bills);
        await world.play(FIXED);
        const before = { calls: await world.apiCalls(), at: performance.now() };
        await agent.operations.sync({});
        const milliseconds = performance.now() - before.at;
        const row = rowOf(load, AGENT, FIXED, { milliseconds, calls: (await world.apiCalls()) - before.calls });
        say(describe(row));
        return { rows: [row] };
      } finally {
        await agent.stop();
      }
    } finally {
      await world.close();
    }
  },
};

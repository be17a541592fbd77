import { setTimeout as delay } from 'node:timers/promises';
import { accountsFor, billsWith, makeBill, recalculated } from '../data/bills.ts';
import { sourceVersion } from '../../agent/src/rules/changeToken.ts';
import type { Bill as M3terBill } from '../../agent/src/m3ter/resources.ts';
import { atMost } from '../report/result.ts';
import { BenchAgent } from '../run/agent.ts';
import { FIXED } from '../run/latency.ts';
import { format } from '../run/load.ts';
import { inLanes } from '../peers/peer.ts';
import { World } from '../run/world.ts';
import type { Part } from './part.ts';

const LINES = 10;
const WINDOW_MS = 500;
const PATH_SECRET = 'bench-path-secret-0123456789';
const LOOK_MS = 10;

/** A storm of hints, and how long single changes take. */
export const events: Part = {
  name: 'events',
  says: '10,000 hints for 1,000 Bills, and the time from single changes to the org, 50 ms a call',
  async run({ isQuick, say }) {
    const [bills, hintsPerBill, singles] = isQuick ? [100, 10, 8] : [1000, 10, 40];
    const world = await World.start({ accounts: accountsFor(bills), hasM3ter: true, latency: FIXED });
    try {
      const agent = await BenchAgent.start(world, {
        WEBHOOK_PATH_SECRET: PATH_SECRET,
        HINT_WINDOW_MS: String(WINDOW_MS),
      });
      try {
        world.addBills(billsWith(Array<number>(bills).fill(LINES)));
        await agent.operations.sync({});
        const before = await world.apiCalls();
        const sent = await storm(world, agent, bills, hintsPerBill);
        const calls = (await world.apiCalls()) - before;
        say(`${format(bills * hintsPerBill)} hints: ${format(sent)} Bills written in ${calls} calls`);
        const lags = await singleChanges(world, agent, singles);
        const p95 = lags.toSorted((a, b) => a - b)[Math.ceil(lags.length * 0.95) - 1] ?? NaN;
        say(`single changes: 95 % in ${Math.round(p95)} ms, window of ${WINDOW_MS} ms included`);
        return {
          targets: [
            atMost(
              `Bills written for ${format(bills * hintsPerBill)} hints about ${format(bills)} changed Bills`,
              sent,
              bills * 2,
              'Bills',
              `${calls} calls`,
            ),
            atMost(
              'Change to visible in the org beyond the window, 95th percentile, 50 ms model',
              (p95 - WINDOW_MS) / 1000,
              1,
              's',
            ),
          ],
        };
      } finally {
        await agent.stop();
      }
    } finally {
      await world.close();
    }
  },
};

async function hint(agent: BenchAgent, billId: string): Promise<void> {
  const response = await fetch(`${agent.url}/webhooks/m3ter/${PATH_SECRET}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ billId }),
  });
  if (!response.ok) throw new Error(`The agent answered a webhook with ${response.status}.`);
  await response.body?.cancel();
}

/** Every Bill changes, and each change is told many times. Returns how many Bills were written. */
async function storm(world: World, agent: BenchAgent, count: number, times: number): Promise<number> {
  const changed = Array.from({ length: count }, (_, index) => recalculated(makeBill(index, LINES)));
  world.replaceBills(changed);
  const before = await agent.billsSent();
  const hints = Array.from({ length: count * times }, (_, index) => changed[(index * 7919) % count]);
  await inLanes(hints, 20, (bill) => hint(agent, bill?.id ?? ''));
  const version = sourceVersion(changed[0] as M3terBill);
  const oldest = Math.min(version, ...changed.map((bill) => sourceVersion(bill as M3terBill)));
  while ((await world.count('Bill__c', `WHERE Source_Version__c >= ${oldest}`)) < count) await delay(100);
  await agent.idle();
  return (await agent.billsSent()) - before;
}

/** Milliseconds from each change to the org. */
async function singleChanges(world: World, agent: BenchAgent, count: number): Promise<number[]> {
  const lags: number[] = [];
  for (let index = 0; index < count; index += 1) {
    const bill = recalculated(recalculated(makeBill(index, LINES)));
    world.replaceBills([bill]);
    const started = performance.now();
    await hint(agent, bill.id);
    const where = `WHERE M3ter_Bill_Id__c = '${bill.id}' AND Source_Version__c = ${sourceVersion(bill)}`;
    while ((await world.count('Bill__c', where)) === 0) await delay(LOOK_MS);
    lags.push(performance.now() - started);
  }
  return lags;
}

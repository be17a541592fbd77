import { setTimeout as delay } from 'node:timers/promises';
import { freshDatabase } from '../../agent/src/testing/postgres.ts';
import { startAgent } from '../../e2e/agent/agentProcess.ts';
import type { RunningAgent } from '../../e2e/agent/agentProcess.ts';
import { accountsFor, makeBill } from '../data/bills.ts';
import { atLeast } from '../report/result.ts';
import type { Row } from '../report/result.ts';
import { agentSettings } from '../run/agent.ts';
import { NONE } from '../run/latency.ts';
import type { LatencyModel } from '../run/latency.ts';
import { describe, format, rowOf } from '../run/load.ts';
import { World } from '../run/world.ts';
import type { Part } from './part.ts';

/** So slow that waiting for the org is what takes time, as with a real one. */
const SLOW: LatencyModel = { name: '1,000 ms', says: '1,000 ms a call', fixedMs: 1000, perRecordMs: 0 };
const LINES = 2;
const LANES = 2;
const PATH_SECRET = 'bench-path-secret-0123456789';
const HINTS_AT_ONCE = 200;
/** An org that is quiet for so long has met the last write. */
const QUIET_MS = 4000;

/** The same load by one worker and by four on one PostgreSQL. */
export const workers: Part = {
  name: 'workers',
  says: 'one and four workers on PostgreSQL, 1,000 ms a call',
  async run({ isQuick, say }) {
    const bills = isQuick ? 600 : 3600;
    const rows: Row[] = [];
    for (const count of isQuick ? [1, 2] : [1, 4]) {
      const row = await measure(bills, count);
      rows.push(row);
      say(describe(row));
    }
    const [one, ...more] = rows;
    const four = more.at(-1);
    if (!one || !four) return { rows };
    const wanted = isQuick ? 1.5 : 3.5;
    const name = `${isQuick ? 'Two' : 'Four'} workers on PostgreSQL against one, latency-bound`;
    return { rows, targets: [atLeast(name, one.seconds / four.seconds, wanted, 'x')] };
  },
};

async function measure(bills: number, count: number): Promise<Row> {
  const world = await World.start({ accounts: accountsFor(bills), hasM3ter: true, latency: NONE });
  const running: RunningAgent[] = [];
  try {
    const url = await freshDatabase();
    const ports: string[] = [];
    for (let index = 0; index < count; index += 1) {
      const agent = startAgent(['start'], {
        ...agentSettings(world),
        STORE_URL: url,
        SALESFORCE_CONCURRENCY: String(LANES),
        WEBHOOK_PATH_SECRET: PATH_SECRET,
        HINT_WINDOW_MS: '300',
        LOG_LEVEL: 'info',
      });
      running.push(agent);
      ports.push(await portOf(agent));
    }
    // The first scans find nothing; then there is something to send.
    await quiet(world, 1000);
    const ids = fillM3ter(world, bills);
    await world.play(SLOW);
    const before = { calls: await world.apiCalls(), at: performance.now() };
    for (let from = 0; from < ids.length; from += HINTS_AT_ONCE)
      await hint(ports[0] ?? '', ids.slice(from, from + HINTS_AT_ONCE));
    while ((await world.count('Bill__c', 'WHERE Is_Complete__c = true')) < bills) await delay(50);
    const milliseconds = performance.now() - before.at;
    await quiet(world, QUIET_MS);
    const load = {
      name: `${format(bills)} Bills of ${LINES} lines, workers on PostgreSQL`,
      lineCounts: Array<number>(bills).fill(LINES),
    };
    return rowOf(load, `${count} ${count === 1 ? 'worker' : 'workers'}`, SLOW, {
      milliseconds,
      calls: (await world.apiCalls()) - before.calls,
    });
  } finally {
    for (const { process } of running) process.kill('SIGTERM');
    await Promise.all(running.map(({ ended }) => ended));
    await world.close();
  }
}

function fillM3ter(world: World, bills: number): string[] {
  const made = Array.from({ length: bills }, (_, index) => makeBill(index, LINES));
  world.addBills(made);
  return made.map(({ id }) => id);
}

async function hint(port: string, billIds: readonly string[]): Promise<void> {
  const response = await fetch(`http://127.0.0.1:${port}/webhooks/m3ter/${PATH_SECRET}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ billIds }),
  });
  if (!response.ok) throw new Error(`The agent answered a webhook with ${response.status}.`);
  await response.body?.cancel();
}

/** Where the agent listens: its log says so. */
async function portOf(agent: RunningAgent): Promise<string> {
  let log = '';
  agent.process.stderr?.on('data', (chunk: Buffer) => (log += chunk.toString()));
  await agent.says(/127\.0\.0\.1:\d+/);
  for (;;) {
    const port = /127\.0\.0\.1:(\d+)/.exec(log)?.[1];
    if (port !== undefined) return port;
    await delay(20);
  }
}

/** Waits until the org was not called for a while. */
async function quiet(world: World, forMs: number): Promise<void> {
  let calls = await world.apiCalls();
  for (let since = performance.now(); performance.now() - since < forMs;) {
    await delay(100);
    const now = await world.apiCalls();
    if (now !== calls) since = performance.now();
    calls = now;
  }
}

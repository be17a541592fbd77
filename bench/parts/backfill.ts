import { setTimeout as delay } from 'node:timers/promises';
import { accountsFor, makeBill, recalculated } from '../data/bills.ts';
import { atMost } from '../report/result.ts';
import type { Row, Target } from '../report/result.ts';
import type { Bill } from '../../sandbox/data/model.ts';
import { BenchAgent } from '../run/agent.ts';
import { NONE } from '../run/latency.ts';
import { AGENT, describe, format, rowOf, sync } from '../run/load.ts';
import type { Load } from '../run/load.ts';
import { World } from '../run/world.ts';
import type { Part, PartOptions } from './part.ts';

const LINES = 10;
const LOOK_EVERY_MS = 250;

/** The load for which the limits of a sweep are meant; smaller ones have their part of them. */
const WHOLE = 100_000;
/** So many take a minute or two. */
const USUAL = 20_000;
const QUICK = 3000;
/** The first step: more than one round of bulk jobs, after which memory has to stay what it is. */
const FIRST_STEP = 10_000;

const firstStepOf = (bills: number): number => Math.min(FIRST_STEP, bills / 2);

/** Many Bills as a backfill in two steps, a sweep of them unchanged, and a recalculation of 10 % of them. */
export const backfill: Part = {
  name: 'backfill',
  says: 'a backfill of 20,000 Bills (220,000 rows; --full: 100,000), swept unchanged, and 10 % of them recalculated',
  async run(options) {
    const bills = options.isQuick ? QUICK : options.isFull ? WHOLE : USUAL;
    const world = await World.start({ accounts: accountsFor(bills), hasM3ter: true, latency: NONE, isOnDisk: true });
    try {
      const agent = await BenchAgent.start(world, { BULK_FROM_RECORDS: String(bills) });
      try {
        return await measure(world, agent, bills, options);
      } finally {
        await agent.stop();
      }
    } finally {
      await world.close();
    }
  },
};

/** The Bills of the first step are of another year than the rest, so that a range of dates takes them alone. */
function* dated(bills: number): Generator<Bill> {
  for (let index = 0; index < bills; index += 1) yield datedBill(index, bills);
}

function datedBill(index: number, bills: number): Bill {
  const year = index < firstStepOf(bills) ? 2024 : 2025;
  return { ...makeBill(index, LINES), billDate: `${year}-06-01`, endDate: `${year}-06-01`, startDate: `${year}-05-01` };
}

async function measure(world: World, agent: BenchAgent, bills: number, { say }: PartOptions) {
  const rows: Row[] = [];
  world.addBills(dated(bills));
  say(`${format(bills)} Bills are in m3ter`);
  const memory = new Memory(agent);
  const [tenth, step] = [bills / 10, firstStepOf(bills)];
  const first = await fill(world, agent, 2024, loadOf(step, 'backfill'));
  const small = memory.peak;
  say(`${describe(first)}; memory ${megabytes(small)}`);
  const rest = await fill(world, agent, 2025, loadOf(bills - step, 'backfill'));
  const large = await memory.end();
  say(`${describe(rest)}; memory ${megabytes(large)}`);
  // The first one also clears up what the backfill left in memory; a running agent sweeps again and again.
  const after = await sweep(world, agent);
  const swept = await sweep(world, agent);
  say(
    `swept unchanged: ${swept.m3ter} calls to m3ter, ${swept.salesforce} to Salesforce, ${swept.cpu.toFixed(2)} s of CPU ` +
      `(${after.cpu.toFixed(2)} s right after the backfill)`,
  );
  world.replaceBills(Array.from({ length: tenth }, (_, index) => recalculated(datedBill(index * 10, bills))));
  const again = await timed(world, loadOf(tenth, 'recalculated, of ' + format(bills)), () =>
    sync(agent, tenth).then(() => undefined),
  );
  say(describe(again));
  rows.push(first, rest, again);
  const left = (await world.count('Bill_Line_Item__c')) - bills * LINES;
  return {
    rows,
    targets: targetsOf({
      bills,
      small,
      large,
      swept,
      left,
      written: await world.count('Bill__c', 'WHERE Is_Complete__c = true'),
    }),
  };
}

function targetsOf(found: {
  bills: number;
  small: number;
  large: number;
  swept: Swept;
  left: number;
  written: number;
}): Target[] {
  const { bills, small, large, swept, left, written } = found;
  return [
    atMost(
      `Memory from ${format(firstStepOf(bills))} to ${format(bills)} Bills`,
      large / small,
      1.2,
      'x',
      `${megabytes(small)} and ${megabytes(large)} at the most`,
    ),
    atMost(`Unchanged sweep of ${format(bills)} Bills, calls to m3ter`, swept.m3ter, Math.ceil(bills / 100), 'calls'),
    atMost(`Unchanged sweep of ${format(bills)} Bills, calls to Salesforce`, swept.salesforce, 3, 'calls'),
    atMost(`Unchanged sweep of ${format(bills)} Bills, CPU`, swept.cpu, (5 * bills) / WHOLE, 's'),
    atMost('Bills that a backfill and a recalculation left incomplete', bills - written, 0, 'Bills'),
    atMost('Line Items too many after a backfill and a recalculation', Math.abs(left), 0, 'lines'),
  ];
}

const loadOf = (bills: number, what: string): Load => ({
  name: `${format(bills)} Bills of 10 lines, ${what}`,
  lineCounts: Array<number>(bills).fill(LINES),
});

function fill(world: World, agent: BenchAgent, year: number, load: Load): Promise<Row> {
  return timed(world, load, async () => {
    const { report, isComplete } = await agent.operations.backfill({ from: `${year}-01-01`, to: `${year}-12-31` });
    if (report?.billsSent !== load.lineCounts.length || !isComplete)
      throw new Error(`The backfill sent ${report?.billsSent} Bills.`);
  });
}

async function timed(world: World, load: Load, work: () => Promise<void>): Promise<Row> {
  const before = { calls: await world.apiCalls(), at: performance.now() };
  await work();
  const milliseconds = performance.now() - before.at;
  return rowOf(load, AGENT, NONE, { milliseconds, calls: (await world.apiCalls()) - before.calls });
}

interface Swept {
  readonly m3ter: number;
  readonly salesforce: number;
  readonly cpu: number;
}

async function sweep(world: World, agent: BenchAgent): Promise<Swept> {
  const before = { used: await agent.used(), calls: await world.apiCalls() };
  const { m3ter } = await sync(agent, 0);
  const salesforce = (await world.apiCalls()) - before.calls;
  return { m3ter, salesforce, cpu: (await agent.used()).cpu - before.used.cpu };
}

/** The most memory that the agent's process had. */
class Memory {
  peak = 0;
  private readonly stopping = new AbortController();
  private readonly looking: Promise<void>;

  constructor(agent: BenchAgent) {
    this.looking = this.look(agent);
  }

  async end(): Promise<number> {
    this.stopping.abort();
    await this.looking;
    return this.peak;
  }

  private async look(agent: BenchAgent): Promise<void> {
    while (!this.stopping.signal.aborted) {
      this.peak = Math.max(this.peak, (await agent.used()).memory);
      await delay(LOOK_EVERY_MS);
    }
  }
}

const megabytes = (bytes: number): string => `${Math.round(bytes / 1e6)} MB`;

import { accountsFor, billsWith, makeBill } from '../data/bills.ts';
import { recordsOf } from '../data/records.ts';
import { PEERS } from '../peers/index.ts';
import type { Peer } from '../peers/peer.ts';
import type { Row } from '../report/result.ts';
import { BenchAgent } from './agent.ts';
import type { Used } from './agent.ts';
import { floorOf } from './floor.ts';
import { NONE } from './latency.ts';
import type { LatencyModel } from './latency.ts';
import { runPeer } from './runPeer.ts';
import { World } from './world.ts';

export const AGENT = 'm3ter-bills';
/** Bills that a running agent has sent before the clock starts: it is not a process that has just been started. */
const WARM_UP = { bills: 200, firstIndex: 1_000_000 };

/** Bills by their numbers of Line Items. */
export interface Load {
  readonly name: string;
  readonly lineCounts: readonly number[];
}

export const thousand = (bills: number): Load => ({
  name: `${format(bills)} Bills of 10 lines`,
  lineCounts: Array<number>(bills).fill(10),
});

/** From 1 to 500 lines, as many with 1 to 5 as with 100 to 500: the mean is about 80. */
export function mixed(bills: number): Load {
  const lineCounts = Array.from({ length: bills }, (_, index) => Math.round(500 ** ((index + 0.5) / bills)));
  // Large and small ones follow each other, the same in every run.
  const shuffled = lineCounts.map((count, index) => ({ count, place: (index * 7919) % bills }));
  return {
    name: `${format(bills)} Bills of 1 to 500 lines`,
    lineCounts: shuffled.sort((a, b) => a.place - b.place).map(({ count }) => count),
  };
}

export function format(number: number): string {
  return number.toLocaleString('en-US');
}

/** What the agent took for a load. */
export interface AgentRun {
  readonly row: Row;
  readonly used: { readonly cpu: number; readonly memory: number };
  readonly m3terCalls: number;
  /** Of the calls to Salesforce, those that write. */
  readonly writeCalls: number;
}

/** A running agent syncs the load. */
async function runAgent(world: World, load: Load, latency: LatencyModel): Promise<AgentRun> {
  const agent = await BenchAgent.start(world);
  try {
    world.addBills(Array.from({ length: WARM_UP.bills }, (_, index) => makeBill(WARM_UP.firstIndex + index, 10)));
    await sync(agent, WARM_UP.bills);
    world.addBills(billsWith(load.lineCounts));
    await world.play(latency);
    const before = { used: await agent.used(), calls: await world.calls(), at: performance.now() };
    const { m3ter } = await sync(agent, load.lineCounts.length);
    const milliseconds = performance.now() - before.at;
    const calls = await world.calls();
    const used = difference(before.used, await agent.used());
    const row = rowOf(load, AGENT, latency, { milliseconds, calls: calls.all - before.calls.all });
    return { row, used, m3terCalls: m3ter, writeCalls: calls.writing - before.calls.writing };
  } finally {
    await agent.stop();
  }
}

/** Throws when other Bills were sent than expected. */
export async function sync(
  agent: BenchAgent,
  expected: number,
): Promise<{ readonly salesforce: number; readonly m3ter: number }> {
  const { integrations, apiCalls } = await agent.operations.sync({});
  const sent = integrations.reduce((sum, { billsSent }) => sum + billsSent, 0);
  if (sent !== expected)
    throw new Error(`The agent sent ${sent} Bills instead of ${expected}: ${JSON.stringify(integrations)}`);
  return apiCalls;
}

function difference(before: Used, after: Used): { cpu: number; memory: number } {
  return { cpu: after.cpu - before.cpu, memory: after.memory };
}

/** A peer writes the load, or a sample of it, as Bills that the org does not have. */
async function runOnePeer(
  world: World,
  peer: Peer,
  load: Load,
  latency: LatencyModel,
  firstIndex: number,
): Promise<Row> {
  const counts = load.lineCounts.slice(0, peer.sample ?? Infinity);
  const integrationId = await world.integrationId();
  const bills = [...billsWith(counts, firstIndex)].map((bill) => recordsOf(bill, integrationId, new Date()));
  const before = await world.calls();
  const milliseconds = await runPeer(world, peer, bills);
  const calls = (await world.calls()).all - before.all;
  const share = records(counts) / records(load.lineCounts);
  const took = { milliseconds: milliseconds / share, calls: Math.round(calls / share) };
  const row = rowOf(load, peer.name, latency, took);
  return share < 1 ? { ...row, extrapolatedFrom: counts.length } : row;
}

const records = (counts: readonly number[]): number => counts.reduce((sum, count) => sum + 1 + count, 0);

export function rowOf(
  load: Load,
  peer: string,
  latency: LatencyModel,
  took: { milliseconds: number; calls: number },
): Row {
  const floor = floorOf(load.lineCounts, latency);
  return {
    load: load.name,
    peer,
    latency: latency.name,
    bills: load.lineCounts.length,
    lines: load.lineCounts.reduce((sum, count) => sum + count, 0),
    seconds: took.milliseconds / 1000,
    calls: took.calls,
    billsPerSecond: load.lineCounts.length / (took.milliseconds / 1000),
    timesFloor: floor.milliseconds === 0 ? null : took.milliseconds / floor.milliseconds,
    floor: { calls: floor.calls, seconds: floor.milliseconds / 1000 },
  };
}

/** The agent and every peer, one after the other on one org; each brings Bills of its own. */
export async function compare(
  load: Load,
  latency: LatencyModel,
  say: (text: string) => void,
  peers: readonly Peer[] = PEERS,
): Promise<{ readonly own: AgentRun; readonly rows: Row[] }> {
  const bills = load.lineCounts.length;
  const world = await World.start({ accounts: accountsFor(bills), hasM3ter: true, latency: NONE });
  try {
    const own = await runAgent(world, load, latency);
    const rows = [own.row];
    say(describe(own.row));
    for (const peer of peers) {
      const row = await runOnePeer(world, peer, load, latency, bills * rows.length);
      rows.push(row);
      say(describe(row));
    }
    return { own, rows };
  } finally {
    await world.close();
  }
}

export function describe({ load, peer, latency, seconds, calls, extrapolatedFrom }: Row): string {
  const sampled = extrapolatedFrom === undefined ? '' : ` (from ${extrapolatedFrom} Bills)`;
  return `${load}, ${latency}: ${peer} ${seconds.toFixed(2)} s, ${format(calls)} calls${sampled}`;
}

import { compare, mixed, thousand } from '../run/load.ts';
import type { AgentRun } from '../run/load.ts';
import { FIXED, LATENCY_MODELS, NONE, SALESFORCE } from '../run/latency.ts';
import { collections10 } from '../peers/collections.ts';
import { graph } from '../peers/graph.ts';
import { PEERS } from '../peers/index.ts';
import { jsforceBulk } from '../peers/jsforceBulk.ts';
import { sfBulk } from '../peers/sfBulk.ts';
import { atLeast, atMost } from '../report/result.ts';
import type { Row, Target } from '../report/result.ts';
import type { Part } from './part.ts';

/** Calls of a sync that do not write Bills: looks at the org, and the record of the batch. */
const SYNC_CALLS_LIMIT = 25;
/** Calls that write Bills, Line Items and Runs. */
const WRITE_CALLS_LIMIT = 18;

/** 1,000 Bills of 10 lines under every model: agent and all peers. */
export const throughput: Part = {
  name: 'throughput',
  says: '1,000 Bills of 10 lines, every peer, every latency model',
  async run({ isQuick, say }) {
    const load = thousand(isQuick ? 200 : 1000);
    const runs = new Map<string, { own: AgentRun; rows: Row[] }>();
    for (const latency of LATENCY_MODELS) {
      // The CLI takes 20 seconds for any load, nearly all of it its own: once is enough.
      const peers = latency === SALESFORCE ? PEERS : PEERS.filter((peer) => peer !== sfBulk);
      runs.set(latency.name, await compare(load, latency, say, peers));
    }
    const rows = [...runs.values()].flatMap((run) => run.rows);
    return { rows, targets: targetsOf(runs, load.lineCounts.length) };
  },
};

/** Peers for large loads: the fastest of each kind. */
const LARGE = [collections10, graph, jsforceBulk];

/** Bills from 1 to 500 lines under the fixed model. */
export const mixedBills: Part = {
  name: 'mixed',
  says: 'Bills of 1 to 500 lines, 50 ms a call',
  async run({ isQuick, say }) {
    const load = mixed(isQuick ? 100 : 1000);
    const { rows } = await compare(load, FIXED, say, LARGE);
    return { rows };
  },
};

function targetsOf(runs: ReadonlyMap<string, { own: AgentRun; rows: Row[] }>, bills: number): Target[] {
  const per1000 = 1000 / bills;
  const fixed = runs.get(FIXED.name);
  const none = runs.get(NONE.name);
  const like = runs.get(SALESFORCE.name);
  if (!fixed || !none || !like) return [];
  const own = fixed.own.row;
  return [
    atMost(
      'API calls per 1,000 Bills of 10 lines, for the writes',
      fixed.own.writeCalls * per1000,
      WRITE_CALLS_LIMIT,
      'calls',
    ),
    atMost('API calls per 1,000 Bills of 10 lines, the whole sync', own.calls * per1000, SYNC_CALLS_LIMIT, 'calls'),
    atMost('Time against the floor, 50 ms model, concurrency 4', own.timesFloor ?? NaN, 1.15, 'x'),
    atMost('Time against the floor, Salesforce model, concurrency 4', like.own.row.timesFloor ?? NaN, 1.15, 'x'),
    ...[fixed, like].flatMap(({ own: { row }, rows }) => againstPeers(row, rows)),
    atMost(
      'Agent CPU per 1,000 Bills of 10 lines, end to end at 0 ms',
      none.own.used.cpu * per1000,
      1,
      's of one core',
    ),
  ];
}

function againstPeers(own: Row, rows: readonly Row[]): Target[] {
  const atomic = new Set(PEERS.filter(({ isAtomic }) => isAtomic).map(({ name }) => name));
  const others = rows.filter(({ peer }) => peer !== own.peer);
  const best = (among: readonly Row[]): number => Math.max(...among.map(({ billsPerSecond }) => billsPerSecond));
  const whole = best(others.filter(({ peer }) => atomic.has(peer)));
  return [
    atLeast(
      `Throughput against the best peer that leaves no half-written Bill, ${own.latency} model`,
      own.billsPerSecond / whole,
      2,
      'x',
    ),
    atLeast(
      `Throughput against the best peer of any kind, ${own.latency} model`,
      own.billsPerSecond / best(others),
      1,
      'x',
    ),
  ];
}

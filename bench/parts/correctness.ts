import { setTimeout as delay } from 'node:timers/promises';
import { accountsFor, billsWith, makeBill, recalculated } from '../data/bills.ts';
import { recordsOf } from '../data/records.ts';
import { PEERS } from '../peers/index.ts';
import type { Peer } from '../peers/peer.ts';
import { atMost } from '../report/result.ts';
import type { Correctness } from '../report/result.ts';
import type { Bill } from '../../sandbox/data/model.ts';
import { BenchAgent } from '../run/agent.ts';
import { FIXED } from '../run/latency.ts';
import { AGENT } from '../run/load.ts';
import { runPeer } from '../run/runPeer.ts';
import { World } from '../run/world.ts';
import type { Part } from './part.ts';

const LINES = 10;
/** Bills of the load that is killed: others than those before. */
const SECOND_INDEX = 100_000;
const LOOK_EVERY_MS = 20;
/** A Bill that says it is complete while lines are missing or too many. */
const HALF_WRITTEN = "Sync_State__c = 'Complete' AND Is_Complete__c = false";

/** Somebody who writes Bills, in a world of his own. */
interface Writer {
  /** Brings the Bills as they are now. */
  write(world: World, bills: readonly Bill[]): Promise<void>;
  /** Begins to, and is killed after so many milliseconds. */
  writeAndDie(world: World, bills: readonly Bill[], afterMs: number): Promise<void>;
  end(): Promise<void>;
}

export const correctness: Part = {
  name: 'correctness',
  says: 'half-written Bills that a reader sees, stale lines after a recalculation, duplicates after a killed load',
  async run({ isQuick, say }) {
    const bills = isQuick ? 40 : 80;
    const found: Correctness[] = [];
    const note = (each: Correctness): void => {
      found.push(each);
      const { peer, halfWritten, staleLines, duplicates } = each;
      say(`${peer}: ${halfWritten} half-written, ${staleLines} stale, ${duplicates} duplicates`);
    };
    const own = await examine(AGENT, bills, (world) => agentWriter(world));
    note(own);
    for (const peer of PEERS)
      note(await examine(peer.name, Math.min(bills, peer.sample ?? bills), () => Promise.resolve(peerWriter(peer))));
    return {
      correctness: found,
      targets: [
        atMost('Half-written Bills seen by a reader', own.halfWritten, 0, 'Bills'),
        atMost('Line Items left after a recalculation', own.staleLines, 0, 'lines'),
        atMost('Duplicates after a killed and repeated load', own.duplicates, 0, 'records'),
      ],
    };
  },
};

async function examine(peer: string, count: number, writerOf: (world: World) => Promise<Writer>): Promise<Correctness> {
  const world = await World.start({ accounts: accountsFor(count), hasM3ter: true, latency: FIXED });
  try {
    const writer = await writerOf(world);
    const first = [...billsWith(Array<number>(count).fill(LINES))];
    const reader = new Reader(world);
    const started = performance.now();
    await writer.write(world, first);
    const took = performance.now() - started;
    const halfWritten = await reader.end();
    const changed = first.map(recalculated);
    await writer.write(world, changed);
    const staleLines = (await world.count('Bill_Line_Item__c')) - linesOf(changed);
    const second = Array.from({ length: count }, (_, index) => makeBill(SECOND_INDEX + index, LINES));
    await writer.writeAndDie(world, second, took * 0.6);
    const halfWrittenAfterKill = await world.count('Bill__c', `WHERE ${HALF_WRITTEN}`);
    await writer.write(world, second);
    await writer.end();
    const tooMany = (await world.count('Bill_Line_Item__c')) - staleLines - linesOf(changed) - linesOf(second);
    const duplicates = tooMany + (await world.count('Bill__c')) - 2 * count;
    return { peer, latency: FIXED.name, halfWritten, staleLines, duplicates, halfWrittenAfterKill };
  } finally {
    await world.close();
  }
}

const linesOf = (bills: readonly Bill[]): number =>
  bills.reduce((sum, { lineItems = [] }) => sum + lineItems.length, 0);

/** Looks at all Bills again and again, as a report or a page would. */
class Reader {
  private readonly seen = new Set<string>();
  private readonly stopping = new AbortController();
  private readonly looking: Promise<void>;

  constructor(world: World) {
    this.looking = this.look(world);
  }

  /** How many Bills were seen half-written. */
  async end(): Promise<number> {
    this.stopping.abort();
    await this.looking;
    return this.seen.size;
  }

  private async look(world: World): Promise<void> {
    while (!this.stopping.signal.aborted) {
      const rows = await world.query(`SELECT Id FROM Bill__c WHERE ${HALF_WRITTEN}`);
      for (const row of rows) this.seen.add(String(row['Id']));
      await delay(LOOK_EVERY_MS);
    }
  }
}

function peerWriter(peer: Peer): Writer {
  const load = async (world: World, bills: readonly Bill[], killAfterMs?: number): Promise<void> => {
    const integrationId = await world.integrationId();
    const records = bills.map((bill) => recordsOf(bill, integrationId, new Date()));
    await runPeer(world, peer, records, killAfterMs);
  };
  return { write: (world, bills) => load(world, bills), writeAndDie: load, end: () => Promise.resolve() };
}

async function agentWriter(world: World): Promise<Writer> {
  let agent = await BenchAgent.start(world);
  const known = new Set<string>();
  const tell = (bills: readonly Bill[]): void => {
    const isKnown = ({ id }: Bill): boolean => known.has(id);
    world.addBills(bills.filter((bill) => !isKnown(bill)));
    world.replaceBills(bills.filter(isKnown));
    for (const { id } of bills) known.add(id);
  };
  return {
    write: async (_world, bills) => {
      tell(bills);
      await agent.operations.sync({});
    },
    writeAndDie: async (_world, bills, afterMs) => {
      tell(bills);
      const broken = agent.operations.sync({}).catch(() => undefined);
      await delay(afterMs);
      await agent.stop('SIGKILL');
      await broken;
      agent = await BenchAgent.start(world);
    },
    end: () => agent.stop(),
  };
}

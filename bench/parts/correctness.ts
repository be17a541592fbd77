import { setTimeout as delay } from 'node:timers/promises';
import { accountsFor, billsWith, recalculated } from '../data/bills.ts';
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
    const world = await World.start({ accounts: accountsFor(bills), hasM3ter: true, latency: FIXED });
    try {
      note(await examine(world, AGENT, { from: 0, count: bills }, await agentWriter(world)));
      for (const peer of PEERS) {
        const count = Math.min(bills, peer.sample ?? bills);
        note(await examine(world, peer.name, { from: bills * 2 * found.length, count }, peerWriter(peer)));
      }
    } finally {
      await world.close();
    }
    const [own] = found as [Correctness, ...Correctness[]];
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

/** @param range the numbers of the Bills of the first load; those of the second one follow */
async function examine(
  world: World,
  peer: string,
  range: { readonly from: number; readonly count: number },
  writer: Writer,
): Promise<Correctness> {
  const { from, count } = range;
  const before = await counts(world);
  const first = [...billsWith(Array<number>(count).fill(LINES), from)];
  const { took, halfWritten } = await readWhile(world, () => writer.write(world, first));
  const changed = first.map(recalculated);
  await writer.write(world, changed);
  const recalculatedOnes = await counts(world);
  const staleLines = recalculatedOnes.lines - before.lines - linesOf(changed);
  const second = [...billsWith(Array<number>(count).fill(LINES), from + count)];
  await writer.writeAndDie(world, second, took * 0.6);
  const halfWrittenAfterKill = (await counts(world)).halfWritten - recalculatedOnes.halfWritten;
  await writer.write(world, second);
  await writer.end();
  const after = await counts(world);
  const linesTooMany = after.lines - before.lines - staleLines - linesOf(changed) - linesOf(second);
  const duplicates = linesTooMany + after.bills - before.bills - 2 * count;
  return { peer, latency: FIXED.name, halfWritten, staleLines, duplicates, halfWrittenAfterKill };
}

/** Milliseconds of the work, and the Bills that a reader saw half-written meanwhile. */
async function readWhile(world: World, work: () => Promise<void>): Promise<{ took: number; halfWritten: number }> {
  const reader = new Reader(world);
  const started = performance.now();
  try {
    await work();
  } catch (error) {
    await reader.end();
    throw error;
  }
  const took = performance.now() - started;
  return { took, halfWritten: await reader.end() };
}

async function counts(world: World): Promise<{ bills: number; lines: number; halfWritten: number }> {
  return {
    bills: await world.count('Bill__c'),
    lines: await world.count('Bill_Line_Item__c'),
    halfWritten: await world.count('Bill__c', `WHERE ${HALF_WRITTEN}`),
  };
}

const linesOf = (bills: readonly Bill[]): number =>
  bills.reduce((sum, { lineItems = [] }) => sum + lineItems.length, 0);

/** Looks at all Bills again and again, as a report or a page would; those that were half-written before do not count. */
class Reader {
  private readonly before: Promise<ReadonlySet<string>>;
  private readonly seen = new Set<string>();
  private readonly stopping = new AbortController();
  private readonly looking: Promise<void>;

  constructor(world: World) {
    this.before = this.halfWritten(world);
    this.looking = this.look(world);
  }

  /** How many Bills were seen half-written. */
  async end(): Promise<number> {
    this.stopping.abort();
    await this.looking;
    return this.seen.difference(await this.before).size;
  }

  private async look(world: World): Promise<void> {
    while (!this.stopping.signal.aborted) {
      for (const id of await this.halfWritten(world)) this.seen.add(id);
      await delay(LOOK_EVERY_MS);
    }
  }

  private async halfWritten(world: World): Promise<ReadonlySet<string>> {
    const rows = await world.query(`SELECT Id FROM Bill__c WHERE ${HALF_WRITTEN}`);
    return new Set(rows.map((row) => String(row['Id'])));
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

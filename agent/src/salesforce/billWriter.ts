import type { Names } from '../rules/names.ts';
import { packBills, type Pack } from '../rules/packing.ts';
import { jitter } from '../retry.ts';
import type { Runtime } from '../runtime.ts';
import { sendComposite } from './composite.ts';
import type { SalesforceCalls } from './connection.ts';
import { SalesforceError } from './errors.ts';
import { fitsGraph, graphGroups, sendGraphs } from './graph.ts';
import type { OrgReader } from './orgReader.ts';
import { readPackAnswer, type Outcome, type PackAnswer, type RootError } from './packAnswer.ts';
import { packOperations, type WriteItem } from './packRequest.ts';
import type { Pace } from './pace.ts';
import { PhasedWriter } from './phasedWriter.ts';
import { withCurrentLines } from './staleLines.ts';
import { failed, isolates, settle } from './verdicts.ts';

/** Called after each answer of Salesforce, so that nothing that was written is forgotten. */
export type OutcomeListener = (outcomes: readonly Outcome[]) => Promise<void>;

export interface BillWriterOptions {
  readonly connection: SalesforceCalls;
  readonly names: Names;
  readonly reader: OrgReader;
  readonly pace: Pick<Pace, 'billsPerCall' | 'noteTrouble'>;
  readonly runtime: Runtime;
}

/** How often a set of Bills was sent already, by the reason for sending it again. */
interface Attempt {
  /** Locks and other errors that pass. */
  readonly transient: number;
  /** Calls that named culprits or lines that were gone. */
  readonly rounds: number;
}

const FIRST: Attempt = { transient: 0, rounds: 0 };
const MOST_TRANSIENT = 3;
/** After this many calls that were refused, each Bill is sent for itself. */
const MOST_ROUNDS = 4;
const LOCK_BACKOFF = { base: 2000, most: 10_000 };

/**
 * Writes Bills with Line Items and child Runs: many in one all-or-none call (REST API Developer Guide, "Composite"). A Bill that
 * Salesforce refuses is taken out and never stops the others.
 */
export class BillWriter {
  private readonly options: BillWriterOptions;
  private readonly phased: PhasedWriter;

  constructor(options: BillWriterOptions) {
    this.options = options;
    this.phased = new PhasedWriter(options);
  }

  /**
   * Writes the Bills and tells the outcome of each exactly once. Stops between calls when the runtime's signal aborts;
   * Bills that were not begun then have no outcome.
   *
   * @throws {AuthenticationError | SetupError | SalesforceError} when Salesforce as a whole cannot be written to
   */
  async write(items: readonly WriteItem[], listener: OutcomeListener): Promise<void> {
    // In the order of their ids, so that calls at the same time wait for locks instead of blocking each other.
    const sorted = [...items].sort((a, b) => (a.billId < b.billId ? -1 : 1));
    await this.writePacked(sorted, FIRST, listener);
  }

  private async writePacked(items: readonly WriteItem[], attempt: Attempt, listener: OutcomeListener): Promise<void> {
    const { packs, oversize } = packBills(items, this.options.pace.billsPerCall);
    const work = [
      ...packs.map((pack) => () => this.writePack(pack, attempt, listener)),
      ...oversize.map((item) => async () => {
        const outcome = await this.phased.write(item);
        if (outcome) await listener([outcome]);
      }),
    ];
    // Every call gets to its end and is recorded before an error of one of them goes on.
    const results = await Promise.allSettled(work.map((run) => run()));
    const broken = results.find((result) => result.status === 'rejected');
    if (broken) throw broken.reason;
  }

  private async writePack(pack: Pack<WriteItem>, attempt: Attempt, listener: OutcomeListener): Promise<void> {
    const { connection, names, pace, runtime } = this.options;
    if (runtime.signal.aborted) return;
    const operations = packOperations(pack, names);
    const startedAt = runtime.now();
    let answer: PackAnswer;
    try {
      const subrequests = operations.map(({ subrequest }) => subrequest);
      answer = readPackAnswer(operations, await sendComposite(connection, subrequests, true));
    } catch (error) {
      if (!isolates(error)) throw error;
      await this.halve(pack.items, attempt, error, listener);
      return;
    }
    if (answer.committed) await listener(answer.sent);
    else {
      const isCongested = answer.roots.some(({ errorClass }) => errorClass === 'transient');
      if (isCongested) pace.noteTrouble(startedAt, runtime.now());
      await this.resend(pack.items, answer.roots, attempt, listener);
    }
  }

  /** The call as a whole did not work: smaller ones may, and a single Bill is to blame for itself. */
  private async halve(
    items: readonly WriteItem[],
    attempt: Attempt,
    error: SalesforceError,
    listener: OutcomeListener,
  ): Promise<void> {
    if (items.length === 1) {
      await listener(items.map((item) => failed(item, error.code, error.message)));
      return;
    }
    const middle = Math.ceil(items.length / 2);
    await this.writePacked(items.slice(0, middle), attempt, listener);
    await this.writePacked(items.slice(middle), attempt, listener);
  }

  private async resend(
    items: readonly WriteItem[],
    roots: readonly RootError[],
    attempt: Attempt,
    listener: OutcomeListener,
  ): Promise<void> {
    const [only] = items;
    const owned = items.length === 1 ? roots.map((root) => ({ ...root, item: only })) : roots;
    const verdict = settle(items, owned, attempt.transient < MOST_TRANSIENT);
    if (verdict.outcomes.length > 0) await listener(verdict.outcomes);
    if (verdict.rest.length === 0) return;
    const rest = await this.refreshed(verdict.rest, verdict.gone);
    if (verdict.isTransient) {
      await this.options.runtime.sleep(
        jitter(this.options.runtime.random, attempt.transient + 1, LOCK_BACKOFF.base, LOCK_BACKOFF.most),
      );
      const next = { ...attempt, transient: attempt.transient + 1 };
      const middle = Math.ceil(rest.length / 2);
      await this.writePacked(rest.slice(0, middle), next, listener);
      await this.writePacked(rest.slice(middle), next, listener);
      return;
    }
    const next = { ...attempt, rounds: attempt.rounds + 1 };
    if (!verdict.isMapped || next.rounds >= MOST_ROUNDS) await this.writeSingly(rest, next, listener);
    else await this.writePacked(rest, next, listener);
  }

  /** Each Bill gets its own verdict: as graphs, or alone in a call when it is too large for a graph. */
  private async writeSingly(items: readonly WriteItem[], attempt: Attempt, listener: OutcomeListener): Promise<void> {
    if (attempt.rounds > 2 * MOST_ROUNDS) {
      const why = 'Salesforce refused the Bill again and again without a reason. Send it again later.';
      await listener(items.map((item) => failed(item, 'PROCESSING_HALTED', why)));
      return;
    }
    for (const item of items.filter((each) => !fitsGraph(each) || items.length === 1)) {
      await this.writePacked([item], attempt, listener);
    }
    if (items.length === 1) return;
    for (const group of graphGroups(items.filter(fitsGraph))) await this.writeGraphs(group, attempt, listener);
  }

  private async writeGraphs(group: readonly WriteItem[], attempt: Attempt, listener: OutcomeListener): Promise<void> {
    const { connection, names, runtime } = this.options;
    if (runtime.signal.aborted) return;
    const answers = await sendGraphs(connection, group, names);
    const sent = answers.flatMap((answer) => (answer.sent ? [answer.sent] : []));
    const verdict = settle(
      answers.filter((answer) => !answer.sent).map(({ item }) => item),
      answers.flatMap(({ roots }) => roots),
      attempt.transient < MOST_TRANSIENT,
    );
    await listener([...sent, ...verdict.outcomes]);
    if (verdict.rest.length === 0) return;
    const rest = await this.refreshed(verdict.rest, verdict.gone);
    const next = { transient: attempt.transient + (verdict.isTransient ? 1 : 0), rounds: attempt.rounds + 1 };
    await this.writeSingly(rest, next, listener);
  }

  private async refreshed(items: readonly WriteItem[], gone: ReadonlySet<WriteItem>): Promise<WriteItem[]> {
    if (gone.size === 0) return [...items];
    const renewed = await withCurrentLines([...gone], this.options.reader, this.options.names);
    return items.map((item) => renewed.get(item) ?? item);
  }
}

import type { Bill } from '../../m3ter/resources.ts';
import { BulkLoader } from '../../salesforce/bulk/bulkLoader.ts';
import { SalesforceSetupError } from '../../salesforce/errors.ts';
import type { Batch, BatchCounts, IntegrationRef } from '../../store/types.ts';
import { M3terAccounts } from '../pushes/accounts.ts';
import type { EngineCore } from '../core.ts';
import type { OrgSession } from '../orgs/orgSession.ts';
import type { ReadyIntegration } from '../orgs/orgView.ts';
import { waitsForAccount } from '../pushes/pushResult.ts';
import { reportOf, type IntegrationReport } from '../report.ts';
import { takeClosedElsewhere } from '../runs/closedElsewhere.ts';
import { triage } from '../scans/triage.ts';
import type { Caller } from '../types.ts';
import { needsAccounts } from '../scans/verdict.ts';
import { BulkRound } from './bulkRound.ts';
import { planOf, ROUND_LIMITS, type Plan } from './plan.ts';
import { BackfillMemory } from './progress.ts';

export interface BackfillRange {
  /** Bill dates, YYYY-MM-DD, both included. */
  readonly from: string;
  readonly to: string;
}

export interface BackfillResult {
  readonly plan: Plan;
  /** What became of the Bills; null when only the plan was asked for. */
  readonly report: IntegrationReport | null;
  /** False: paused, stopped, or Bills are still to be tried again. The same command goes on. */
  readonly isComplete: boolean;
  readonly apiCalls: { readonly salesforce: number; readonly m3ter: number };
}

const BILLS_PER_READ = 100;
const LOOK_MS = 500;
const QUEUED_AT_ONCE = 1000;
/** As the scanner's: enough to keep the writers busy. */
const MOST_QUEUED = 5000;

/**
 * Sends the Bills of a range of dates: by bulk jobs where they are many, else through the queue. It may be killed at any
 * moment; what was sent is remembered, and the same command goes on with the rest.
 */
export class Backfill {
  private readonly core: EngineCore;
  private readonly session: OrgSession;
  private readonly ready: ReadyIntegration;
  private readonly range: BackfillRange;
  private readonly caller: Caller;
  private readonly memory: BackfillMemory;
  private readonly counts: Record<string, number> = {};
  private readonly callsBefore: { readonly salesforce: number; readonly m3ter: number };
  private done = 0;

  constructor(core: EngineCore, session: OrgSession, ready: ReadyIntegration, range: BackfillRange, caller: Caller) {
    this.core = core;
    this.session = session;
    this.ready = ready;
    this.range = range;
    this.caller = caller;
    this.memory = new BackfillMemory(core.parts.store.facts, this.ref);
    this.callsBefore = { salesforce: session.connection.apiCalls, m3ter: core.parts.m3ter.apiCalls };
  }

  /** What it would do. */
  async preview(): Promise<BackfillResult> {
    const { plan } = await this.look();
    return this.result(plan, null, true);
  }

  /** @param isBulkAllowed false: composite calls however many they are */
  async run(isBulkAllowed: boolean): Promise<BackfillResult> {
    const { plan, ids } = await this.look(isBulkAllowed);
    if (ids.length === 0) {
      await this.memory.forget();
      return this.result(plan, reportOf(this.ready.integration.name, this.counts), true);
    }
    const batch = await this.open();
    const left = plan.way === 'bulk' ? await this.byBulk(ids, batch) : ids;
    // What was paused is left for the same command.
    if (left === undefined) return this.result(plan, reportOf(this.ready.integration.name, this.counts), false);
    const { counts, isComplete } = await this.byQueue(left, batch, ids.length);
    if (isComplete) await this.memory.forget();
    return this.result(plan, reportOf(this.ready.integration.name, counts), isComplete);
  }

  private get ref(): IntegrationRef {
    return { orgId: this.session.orgId, integrationId: this.ready.integration.id };
  }

  /** The Bills of the range that have to be looked at, oldest first, and what that takes. */
  private async look(isBulkAllowed = true): Promise<{ plan: Plan; ids: string[] }> {
    const { m3ter, store } = this.core.parts;
    const { runtime } = this.core;
    const accounts = new M3terAccounts(m3ter);
    const ids: string[] = [];
    let bills = 0;
    const billDates = { from: this.range.from, before: dayAfter(this.range.to) };
    for await (const page of m3ter.listBills({ withLineItems: false, billDates })) {
      runtime.signal.throwIfAborted();
      bills += page.length;
      if (needsAccounts(this.ready)) await accounts.load(page);
      const states = await store.states.of(
        this.ref,
        page.map(({ id }) => id),
      );
      for (const bill of page) {
        const rules = { ready: this.ready, retriesFailed: true, logger: runtime.logger };
        const result = triage(bill, accounts.of(bill), states.get(bill.id), rules);
        if (result.kind === 'push') ids.push(bill.id);
        else this.count(result.kind === 'skip' ? `skipped.${result.reason}` : 'skipped.unchanged');
      }
      this.tell('Reading Bills', bills);
    }
    this.count('billsRead', bills);
    // From the oldest on, so that what is broken off has a clear edge.
    ids.reverse();
    const linesPerBill = await this.sample(ids);
    const { lanes } = this.session.connection;
    const bulkFromRecords = isBulkAllowed ? this.core.parts.settings.bulkFromRecords : Infinity;
    const input = { bills, toSend: ids.length, linesPerBill, bulkFromRecords, lanes };
    return { plan: planOf({ ...input, m3terRequestsPerSecond: m3ter.requestsPerSecond }), ids };
  }

  /** Line Items of a Bill on average, from Bills spread over the range. */
  private async sample(ids: readonly string[]): Promise<number> {
    const step = Math.max(1, Math.floor(ids.length / BILLS_PER_READ));
    const chosen = ids.filter((_, index) => index % step === 0).slice(0, BILLS_PER_READ);
    const bills = await this.core.parts.m3ter.getBills(chosen);
    const lines = linesOf(bills);
    return bills.length === 0 ? 0 : lines / bills.length;
  }

  /** Its batch: that of the command before, when that did not come to its end. */
  private async open(): Promise<Batch> {
    const { core, range } = this;
    const known = await this.memory.read();
    if (known?.jobId) await this.loader().abort(known.jobId);
    const isSame = known?.from === range.from && known.to === range.to;
    // Nobody goes on with the other one: its Run comes to an end with what was done.
    if (known && !isSame) await core.parts.store.batches.scanned(known.runKey, {});
    const runKey = isSame ? known.runKey : `backfill-${core.runtime.newId()}`;
    const startedAt = isSame ? new Date(known.startedAt) : core.runtime.now();
    await this.memory.write({ ...range, runKey, startedAt: startedAt.toISOString(), jobId: null, isPaused: false });
    const batch = { ...this.ref, runKey, trigger: 'MANUAL', startedAt, replayedFrom: null, isScanned: false } as const;
    await core.book.open(batch);
    return batch;
  }

  private loader(): BulkLoader {
    return new BulkLoader(this.session.connection, this.core.runtime, (jobId) => this.memory.change({ jobId }));
  }

  /**
   * Rounds of bulk jobs; the next one is read while one is written.
   *
   * @returns Bills that have to go through the queue; undefined when it was paused or told to stop
   */
  private async byBulk(ids: readonly string[], batch: Batch): Promise<string[] | undefined> {
    const rest: string[] = [];
    const rounds = this.rounds(ids);
    let next = rounds.next();
    for (;;) {
      const { value: bills, done } = await next;
      if (done) return rest;
      if (await this.isToStop()) return undefined;
      next = rounds.next();
      // Whoever waits for it meets its error.
      next.catch(() => undefined);
      try {
        rest.push(...(await this.round(bills, batch)));
        await this.memory.change({ jobId: null });
      } catch (error) {
        if (!(error instanceof SalesforceSetupError)) throw error;
        this.core.runtime.logger.warn({ err: error }, 'The org allows no bulk jobs; composite calls are used instead.');
        return [...rest, ...ids.slice(this.done)];
      }
      this.done += bills.length;
      this.tell('Sending Bills', this.done, ids.length);
    }
  }

  private async round(bills: readonly Bill[], batch: Batch): Promise<readonly string[]> {
    const { core, session } = this;
    const before = session.connection.apiCalls;
    const ids = bills.map(({ id }) => id);
    const round = new BulkRound(core.engine, session, this.ready, batch, this.loader());
    const { sent, rest } = await session.accountNews.during(
      () => session.writing.run(ids, () => round.write(bills)),
      (written) => written.sent.some(({ result }) => waitsForAccount(result)),
    );
    for (const { result } of sent) {
      if (result.kind !== 'sent') continue;
      this.count(result.isMatched ? 'sent' : 'sent.unmatched');
      this.count('lineItems', result.lineItems);
    }
    core.book.addCalls(batch.runKey, session.connection.apiCalls - before);
    return rest;
  }

  /** Reads Bills with their Line Items, as many as one round takes. */
  private async *rounds(ids: readonly string[]): AsyncGenerator<Bill[], undefined> {
    let round: Bill[] = [];
    let lines = 0;
    for (let from = 0; from < ids.length; from += BILLS_PER_READ) {
      const bills = await this.core.parts.m3ter.getBills(ids.slice(from, from + BILLS_PER_READ));
      round.push(...bills);
      lines += linesOf(bills);
      if (round.length + BILLS_PER_READ <= ROUND_LIMITS.bills && lines < ROUND_LIMITS.lineItems) continue;
      yield round;
      round = [];
      lines = 0;
    }
    if (round.length > 0) yield round;
    return undefined;
  }

  /** Queues Bills, and waits until something became of each. */
  private async byQueue(
    ids: readonly string[],
    batch: Batch,
    total: number,
  ): Promise<{ counts: BatchCounts; isComplete: boolean }> {
    const { core } = this;
    const { store } = core.parts;
    const watch = core.watches.open([batch.runKey]);
    try {
      await core.startWork();
      for (let from = 0; from < ids.length && !(await this.isToStop()); from += QUEUED_AT_ONCE) {
        await store.batches.enqueue(batch, ids.slice(from, from + QUEUED_AT_ONCE));
        while ((await store.queue.depth()).queued > MOST_QUEUED) await core.runtime.sleep(LOOK_MS);
      }
      if (await this.isToStop()) return { counts: this.counts, isComplete: false };
      await store.batches.scanned(batch.runKey, this.counts);
      for (;;) {
        await core.finish();
        if (store.kind === 'postgres') await takeClosedElsewhere(store.batches, watch);
        if (watch.isClosed) return { counts: watch.closed.get(batch.runKey) ?? this.counts, isComplete: true };
        const { queued, active } = await store.queue.depth();
        // What is left has to be tried again later.
        const isStuck = watch.unresolved > 0 && queued + active === 0;
        const isOver = isStuck || watch.errorOf(this.session.orgId) !== undefined || (await this.isToStop());
        if (isOver) return { counts: this.counts, isComplete: false };
        this.tell('Sending Bills', total - ids.length + watch.results.size, total);
        await watch.change(LOOK_MS, core.runtime.sleep).catch(() => undefined);
      }
    } finally {
      core.watches.close(watch);
    }
  }

  private async isToStop(): Promise<boolean> {
    const { signal } = this.core.runtime;
    return signal.aborted || this.caller.signal?.aborted === true || (await this.memory.read())?.isPaused === true;
  }

  private count(key: string, by = 1): void {
    this.counts[key] = (this.counts[key] ?? 0) + by;
  }

  private tell(what: string, done: number, total?: number): void {
    this.caller.onProgress?.({ what, done, ...(total === undefined ? {} : { total }) });
  }

  private result(plan: Plan, report: IntegrationReport | null, isComplete: boolean): BackfillResult {
    const apiCalls = {
      salesforce: this.session.connection.apiCalls - this.callsBefore.salesforce,
      m3ter: this.core.parts.m3ter.apiCalls - this.callsBefore.m3ter,
    };
    return { plan, report, isComplete, apiCalls };
  }
}

function linesOf(bills: readonly Bill[]): number {
  return bills.reduce((sum, { lineItems }) => sum + (lineItems?.length ?? 0), 0);
}

/** Of a calendar date. */
function dayAfter(date: string): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
}

import { asError } from '../../errors.ts';
import type { Bill } from '../../m3ter/resources.ts';
import { changeToken } from '../../rules/changeToken.ts';
import { ScanLater } from '../../store/queue/scanLater.ts';
import type { Batch, BatchCounts, BillState, IntegrationRef, ScanAttempt, ScanRequest } from '../../store/types.ts';
import { M3terAccounts } from '../pushes/accounts.ts';
import { BATCH_LIMITS, toBatches } from '../pushes/batches.ts';
import { markMissing } from '../pushes/deletions.ts';
import type { EngineParts } from '../engineParts.ts';
import { troubleOf } from '../failure.ts';
import type { OrgSession } from '../orgs/orgSession.ts';
import type { ReadyIntegration } from '../orgs/orgView.ts';
import { driftedBills } from './drift.ts';
import { SETTLED, triage, type Triage } from './triage.ts';
import { needsAccounts } from './verdict.ts';

export interface ScannerParts extends EngineParts {
  readonly session: (orgId: string) => OrgSession | undefined;
  /** Makes sure that the org's integrations were looked at a short while ago. */
  readonly lookAt: (session: OrgSession) => Promise<void>;
  /** Looks at them from now on. */
  readonly lookAnew: (session: OrgSession) => Promise<void>;
  readonly onProgress: (orgId: string, billsRead: number) => void;
  readonly onSkipped: (ref: IntegrationRef, triaged: Triage) => void;
  /** An error that nobody foresaw. */
  readonly onBroken: (orgId: string, error: Error) => void;
  readonly onScanned: () => void;
}

/** One integration's part in a scan. */
interface Target {
  readonly ready: ReadyIntegration;
  readonly ref: IntegrationRef;
  readonly batch: Batch;
  readonly counts: Record<string, number>;
}

/** What the org holds that a scan compares with m3ter. */
interface Held {
  /** By m3ter id. */
  readonly recordIds: ReadonlyMap<string, string>;
  /** m3ter ids of Bills that are not as the agent last wrote them. */
  readonly drifted: ReadonlySet<string>;
}

/** Jobs that wait for their turn while more are added: enough to keep the writers busy, few enough to be few. */
const MOST_QUEUED = 5000;
/** Jobs that a scan adds before it looks how many wait: counting them takes longer than a page of Bills that need nothing. */
const LOOK_AFTER = 1000;
const LOOK_AGAIN_MS = 250;
/** A page of m3ter: what is written first does not wait for more. */
const FIRST_BILLS = 100;
/** Where nothing changed, what is remembered is asked for less often. */
const QUIET_BILLS = 1000;
/** Until the agent may be signed in to the org. */
const SESSION_MS = 1000;

/** Lists all Bills of m3ter without their Line Items, and queues those that an integration has to look at. */
export class Scanner {
  private readonly parts: ScannerParts;

  constructor(parts: ScannerParts) {
    this.parts = parts;
  }

  /**
   * @throws {ScanLater} while m3ter or the org cannot be called: the queue runs this scan again, which goes on with the
   *   same batches
   */
  async handle(attempt: ScanAttempt): Promise<void> {
    const { data, isLast } = attempt;
    const { troubles } = this.parts;
    const session = this.parts.session(data.orgId);
    const wait = session ? troubles.remaining(session) : SESSION_MS;
    if (!session || wait > 0) throw new ScanLater(wait);
    const targets: Target[] = [];
    try {
      await this.scan(attempt, session, targets);
      this.parts.onScanned();
    } catch (error) {
      if (!isLast && attempt.signal.aborted) throw error;
      const trouble = troubleOf(error);
      if (!trouble) {
        this.parts.onBroken(data.orgId, asError(error));
        // Nobody scans for these batches any more: they have to come to an end, and to say that something was wrong.
        if (isLast) await this.closeUnused(attempt.id, data, [], { 'failed.UNKNOWN': 1 });
        throw error;
      }
      await troubles.note(
        trouble,
        session,
        targets.map(({ batch }) => batch),
      );
      throw new ScanLater(troubles.remaining(session));
    }
  }

  private async scan(attempt: ScanAttempt, session: OrgSession, targets: Target[]): Promise<void> {
    const { m3ter, troubles, store, runtime } = this.parts;
    const { id: jobId, data: request } = attempt;
    // One that lost its job leaves the rest, and what it counted, to whoever has it now; after the last attempt nobody has.
    const signal = attempt.isLast ? runtime.signal : AbortSignal.any([runtime.signal, attempt.signal]);
    // What another process saw when it asked for this scan has to be seen here.
    await (store.kind === 'postgres' ? this.parts.lookAnew(session) : this.parts.lookAt(session));
    targets.push(...(await this.open(jobId, request, session)));
    if (targets.length > 0) {
      const held = await this.held(request, session);
      const seen = new Set<string>();
      const accounts = new M3terAccounts(m3ter);
      let queued = 0;
      let size = FIRST_BILLS;
      for await (const bills of toBatches(m3ter.listBills({ withLineItems: false }), seen, () => size)) {
        await this.parts.onM3terAnswer();
        stopIfTold(signal);
        let found = 0;
        for (const target of targets) found += await this.take(bills, target, accounts, request, held.drifted);
        queued += found;
        size = found > 0 ? BATCH_LIMITS.bills : QUIET_BILLS;
        this.parts.onProgress(session.orgId, seen.size);
        if (queued >= LOOK_AFTER) {
          await this.roomInQueue(signal);
          queued = 0;
        }
      }
      await this.parts.onM3terAnswer();
      troubles.m3terWorks();
      await markMissing(this.parts, session, seen, held.recordIds);
      await store.facts.set(comparedFact(session), runtime.now().toISOString());
      for (const target of targets) target.counts['billsRead'] = seen.size;
    }
    if (request.trigger === 'RECONCILE') await this.parts.book.endLeft(session);
    stopIfTold(signal);
    for (const { batch, counts } of targets) await store.batches.scanned(batch.runKey, counts);
    await this.closeUnused(jobId, request, targets);
  }

  private async open(jobId: string, request: ScanRequest, session: OrgSession): Promise<Target[]> {
    const { book, runtime } = this.parts;
    const targets: Target[] = [];
    for (const ready of chosen(session.view.ready, request)) {
      const { id: integrationId } = ready.integration;
      const ref = { orgId: session.orgId, integrationId };
      // The same key when the queue runs this scan again, so that it goes on with the same Run.
      const runKey = request.runKeys?.[integrationId] ?? `${jobId}-${integrationId}`;
      const known = await book.find(session.orgId, [runKey]);
      const { trigger } = request;
      const startedAt = runtime.now();
      const batch = known.get(runKey) ?? { ...ref, runKey, trigger, startedAt, replayedFrom: null, isScanned: false };
      if (!known.has(runKey)) await book.open(batch);
      targets.push({ ready, ref, batch, counts: {} });
    }
    return targets;
  }

  /** What the org holds, where the store may not know of it: once for each store, and at each reconcile. */
  private async held({ trigger }: ScanRequest, session: OrgSession): Promise<Held> {
    const { store } = this.parts;
    const isCompared = (await store.facts.get(comparedFact(session))) !== undefined;
    if (isCompared && trigger !== 'RECONCILE') return { recordIds: new Map(), drifted: new Set() };
    // The store first: what is written meanwhile is looked at once too often, and never too seldom.
    const remembered = await store.bills.hashes(session.orgId);
    const held = await session.reader.presentBills();
    await this.forgetLost(
      session,
      [...remembered.keys()].filter((id) => !held.has(id)),
    );
    const drifted = driftedBills(session.view, remembered, held);
    if (drifted.size > 0) await store.bills.distrustLines(session.orgId, [...drifted]);
    return { recordIds: new Map([...held].map(([id, { recordId }]) => [id, recordId])), drifted };
  }

  /** Bills that somebody deleted in the org are sent again: what was remembered of them is wrong. */
  private async forgetLost({ orgId }: OrgSession, billIds: readonly string[]): Promise<void> {
    const { store, runtime } = this.parts;
    if (billIds.length === 0) return;
    runtime.logger.warn({ orgId, bills: billIds.length }, 'Bills are gone from Salesforce; they are sent again.');
    await store.bills.markDeleted(orgId, billIds);
  }

  /** Counts and remembers Bills that end here, and queues the others. Gives their number. */
  private async take(
    bills: readonly Bill[],
    { ready, ref, batch, counts }: Target,
    accounts: M3terAccounts,
    { trigger }: ScanRequest,
    drifted: ReadonlySet<string>,
  ): Promise<number> {
    const { store, runtime, onSkipped } = this.parts;
    if (needsAccounts(ready)) await accounts.load(bills);
    const states = await this.states(bills, ref, ready);
    const retriesFailed = trigger === 'MANUAL' || trigger === 'RECONCILE';
    const rules = { ready, retriesFailed, logger: runtime.logger };
    const skipped: BillState[] = [];
    const toPush: string[] = [];
    for (const bill of bills) {
      const state = states.get(bill.id);
      const result = triage(bill, accounts.of(bill), drifted.has(bill.id) ? undefined : state, rules);
      if (result.kind === 'push') {
        toPush.push(bill.id);
        continue;
      }
      const key = countKey(result);
      counts[key] = (counts[key] ?? 0) + 1;
      onSkipped(ref, result);
      const next = result.kind === 'skip' ? this.skipState(bill, ready, result.reason) : undefined;
      if (next && (state === SETTLED || !isSame(state, next))) skipped.push(next);
    }
    await store.states.save(ref, skipped);
    if (toPush.length > 0) await store.batches.enqueue(batch, toPush);
    const late = toPush.filter((id) => drifted.has(id)).length;
    if (late > 0) {
      runtime.logger.warn(
        { ...ref, bills: late },
        'Bills in Salesforce are not as they were sent; they are sent again.',
      );
    }
    return toPush.length;
  }

  /** What was decided about Bills before, in full only of those that are not settled. */
  private async states(
    bills: readonly Bill[],
    ref: IntegrationRef,
    { rulesHash }: ReadyIntegration,
  ): Promise<ReadonlyMap<string, BillState | typeof SETTLED>> {
    const { states } = this.parts.store;
    const ids = bills.map(({ id }) => id);
    const tokens = await states.settled(ref, rulesHash, ids);
    const settled = new Set(bills.filter((bill) => tokens.get(bill.id) === changeToken(bill)).map(({ id }) => id));
    const others = ids.filter((id) => !settled.has(id));
    const found = others.length > 0 ? await states.of(ref, others) : [];
    return new Map<string, BillState | typeof SETTLED>([...found, ...[...settled].map((id) => [id, SETTLED] as const)]);
  }

  private skipState(bill: Bill, { rulesHash }: ReadyIntegration, reason: string): BillState {
    return {
      billId: bill.id,
      m3terAccountId: bill.accountId ?? null,
      status: 'skipped',
      changeToken: changeToken(bill),
      rulesHash,
      isMatched: false,
      code: reason,
      decidedAt: this.parts.runtime.now(),
    };
  }

  private async roomInQueue(signal: AbortSignal): Promise<void> {
    const { store, runtime } = this.parts;
    while ((await store.queue.depth()).queued > MOST_QUEUED) {
      await runtime.sleep(LOOK_AGAIN_MS);
      stopIfTold(signal);
    }
  }

  /** Batches that were opened, also by an earlier try, for integrations that are not ready any more come to an end. */
  private async closeUnused(
    jobId: string,
    { orgId, runKeys = {} }: ScanRequest,
    targets: readonly Target[],
    counts: BatchCounts = {},
  ): Promise<void> {
    const { batches } = this.parts.store;
    const used = new Set(targets.map(({ batch }) => batch.runKey));
    const opened = (await batches.unfinished(orgId)).filter(({ runKey }) => runKey.startsWith(`${jobId}-`));
    const keys = new Set([...Object.values(runKeys), ...opened.map(({ runKey }) => runKey)]);
    for (const runKey of keys) if (!used.has(runKey)) await batches.scanned(runKey, counts);
  }
}

/** Named ones, else those on a schedule for the hourly scan, else all. */
function chosen(ready: readonly ReadyIntegration[], { integrationIds, trigger }: ScanRequest): ReadyIntegration[] {
  return ready.filter(({ integration: { id, triggerType } }) => {
    if (integrationIds !== null) return integrationIds.includes(id);
    return trigger !== 'SCHEDULE' || triggerType === 'SCHEDULE';
  });
}

function countKey(result: Exclude<Triage, { kind: 'push' }>): string {
  if (result.kind === 'failed') return `failed.${result.code}`;
  return result.kind === 'skip' ? `skipped.${result.reason}` : 'skipped.unchanged';
}

function isSame(a: BillState | undefined, b: BillState): boolean {
  return a?.status === b.status && a.changeToken === b.changeToken && a.rulesHash === b.rulesHash && a.code === b.code;
}

function comparedFact({ orgId }: OrgSession): string {
  return `compared ${orgId}`;
}

/** The queue puts a scan back that ends with an error. */
function stopIfTold(signal: AbortSignal): void {
  if (signal.aborted) throw new Error('The agent was told to stop in the middle of a scan. It begins anew later.');
}

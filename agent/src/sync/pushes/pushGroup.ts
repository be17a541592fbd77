import { errorMessage } from '../../errors.ts';
import { codeOf } from '../../errorCatalogue.ts';
import { M3terRequestError } from '../../m3ter/errors.ts';
import type { Bill } from '../../m3ter/resources.ts';
import { SUCCESSIVE_ERROR_LIMIT } from '../../rules/autoDisable.ts';
import type { Outcome } from '../../salesforce/packAnswer.ts';
import type { Batch, IntegrationRef, PushAttempt } from '../../store/types.ts';
import { isForced } from '../runs/runKeys.ts';
import { BATCH_LIMITS, toBatches } from './batches.ts';
import { beginWriting } from './beginWriting.ts';
import { Decider, type Decision } from './decider.ts';
import { markDeleted } from './deletions.ts';
import type { EngineParts } from '../engineParts.ts';
import { isPassing, troubleOf, type Trouble } from '../failure.ts';
import type { OrgSession } from '../orgs/orgSession.ts';
import type { ReadyIntegration } from '../orgs/orgView.ts';
import { PushJournal } from './pushJournal.ts';
import { isDecidedBy } from '../scans/triage.ts';
import { hasResult, NOT_READY, type PushEntry, type PushResult, type Settled } from './pushResult.ts';

type SendDecision = Extract<Decision, { kind: 'send' }>;

/** m3ter names at most this many Bills in an answer. */
const BILLS_PER_READ = 100;

/** Bills that one integration pushes together. */
export class PushGroup {
  private readonly parts: EngineParts;
  private readonly session: OrgSession;
  private readonly ready: ReadyIntegration;
  private readonly batches: ReadonlyMap<string, Batch>;
  private readonly jobs: ReadonlyMap<string, PushAttempt>;
  private readonly journal: PushJournal;
  private readonly results = new Map<string, PushResult>();
  /** The integration met its tenth successive error meanwhile, here or in a group beside this one. */
  private isDisabled = false;
  /** Its rules changed meanwhile: what was not settled is decided about anew, by the rules of then. */
  private isOutdated = false;

  constructor(
    parts: EngineParts,
    session: OrgSession,
    ready: ReadyIntegration,
    batches: ReadonlyMap<string, Batch>,
    jobs: readonly PushAttempt[],
  ) {
    this.parts = parts;
    this.session = session;
    this.ready = ready;
    this.batches = batches;
    this.jobs = new Map(jobs.map((job) => [job.data.billId, job]));
    this.journal = new PushJournal(parts, session, ready);
  }

  /**
   * Reads each Bill from m3ter, decides, writes, and tells what became of each. A Bill without a result was not begun.
   * Never throws for what is wrong with m3ter or the org: what could not be tried is postponed.
   */
  async run(): Promise<ReadonlyMap<string, PushResult>> {
    const seen = new Set<string>();
    try {
      for await (const bills of toBatches(this.read(), seen)) {
        if (this.parts.runtime.signal.aborted) return this.results;
        await this.take(bills);
        if (this.isDisabled) return this.leaveRest();
        if (this.isOutdated) return this.results;
      }
      await this.markGone([...this.jobs.keys()].filter((id) => !seen.has(id) && !this.results.has(id)));
    } catch (error) {
      this.postpone(this.jobs.keys(), error);
    }
    return this.results;
  }

  private get ref(): IntegrationRef {
    return { orgId: this.session.orgId, integrationId: this.ready.integration.id };
  }

  private leaveRest(): ReadonlyMap<string, PushResult> {
    for (const id of this.jobs.keys()) if (!this.results.has(id)) this.results.set(id, NOT_READY);
    return this.results;
  }

  private async *read(): AsyncGenerator<Bill[]> {
    const ids = [...this.jobs.keys()];
    for (let from = 0; from < ids.length; from += BILLS_PER_READ) {
      const bills = await this.readSome(ids.slice(from, from + BILLS_PER_READ));
      await this.parts.onM3terAnswer();
      yield bills;
    }
  }

  /** A hint may name what cannot be a Bill's id: m3ter then refuses the whole question. */
  private async readSome(ids: readonly string[]): Promise<Bill[]> {
    const { m3ter } = this.parts;
    try {
      return await m3ter.getBills(ids);
    } catch (error) {
      if (!(error instanceof M3terRequestError)) throw error;
    }
    const read = async (id: string): Promise<Bill[]> => {
      try {
        return await m3ter.getBills([id]);
      } catch (error) {
        if (!(error instanceof M3terRequestError)) throw error;
        const message = `${errorMessage(error)} Check who told the agent of this Bill.`;
        this.results.set(id, failure('UNREADABLE_BILL', message, false));
        return [];
      }
    };
    return (await Promise.all(ids.map(read))).flat();
  }

  private async markGone(ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return;
    const { gone, stillThere } = await markDeleted(this.parts, this.session, ids);
    for (const id of gone) this.results.set(id, { kind: 'deleted' });
    for await (const bills of toBatches(onePage(stillThere), new Set())) {
      await this.take(bills);
    }
  }

  private take(bills: readonly Bill[]): Promise<void> {
    const ids = bills.map(({ id }) => id);
    return this.session.writing.run(ids, () => this.process(bills));
  }

  /** Decides about some of the Bills, writes those to send, and settles all of them. */
  private async process(bills: readonly Bill[]): Promise<void> {
    const { count } = await this.parts.store.errors.get(this.ref);
    this.isDisabled = count >= SUCCESSIVE_ERROR_LIMIT;
    if (this.isDisabled) return;
    const entries = await this.entriesOf(bills);
    const callsBefore = this.session.connection.apiCalls;
    let isSettled = false;
    let begun: Promise<unknown> = Promise.resolve();
    const onNew = (ids: readonly string[]): void => {
      begun = this.beginEarly(entries, ids);
      // It is met below.
      begun.catch(() => undefined);
    };
    try {
      const forced = new Set(entries.filter((entry) => entry.isForced).map(({ bill }) => bill.id));
      const decided = await new Decider(this.parts, this.session, this.ready).decide(bills, forced, onNew);
      const toSend = this.takeDecisions(entries, decided);
      await begun;
      this.isOutdated = !(await beginWriting(this.parts.store, this.session, this.ready, [...toSend.keys()]));
      if (this.isOutdated) return this.countCalls(entries, callsBefore);
      const trouble = toSend.size === 0 ? undefined : await this.send(entries, toSend);
      this.countCalls(entries, callsBefore);
      await this.journal.settle(entries.filter(hasResult));
      isSettled = true;
      if (trouble) throw trouble.error;
    } finally {
      await begun.catch(() => undefined);
      // What the org could not be told is decided again.
      const known = entries.filter(hasResult).filter(({ result }) => isSettled || result.kind === 'sent');
      for (const { bill, result } of known) this.results.set(bill.id, result);
    }
  }

  /**
   * Begins the Runs of new Bills, which are sent or refused, while records are made. What was decided about with the same
   * content before may be refused again, and that is not told twice.
   */
  private async beginEarly(entries: readonly PushEntry[], billIds: readonly string[]): Promise<void> {
    const ids = new Set(billIds);
    const untold = entries.filter(
      ({ bill, state }) => ids.has(bill.id) && !(state && isDecidedBy(state, bill, this.ready.rulesHash)),
    );
    const batches = new Set(untold.map(({ batch }) => batch));
    if (batches.size > 0) await this.parts.book.begin(this.session, [...batches]);
  }

  /** The calls that wrote Bills; those that tell of failures come after it. */
  private countCalls([first]: readonly PushEntry[], before: number): void {
    if (first) this.parts.book.addCalls(first.batch.runKey, this.session.connection.apiCalls - before);
  }

  private async entriesOf(bills: readonly Bill[]): Promise<PushEntry[]> {
    const states = await this.parts.store.states.of(
      this.ref,
      bills.map(({ id }) => id),
    );
    const sorted = bills.toSorted((a, b) => (a.id < b.id ? -1 : 1));
    return sorted.flatMap((bill): PushEntry[] => {
      const job = this.jobs.get(bill.id);
      const batch = this.batches.get(job?.data.runKey ?? '');
      if (!job || !batch) return [];
      const state = states.get(bill.id);
      return [{ bill, batch, state, isRetry: job.attempt > 1, isLast: job.isLast, isForced: isForced(batch) }];
    });
  }

  /** Notes the decisions that need no sending, and gives those that do. */
  private takeDecisions(entries: readonly PushEntry[], decided: readonly Decision[]): Map<string, SendDecision> {
    const byBill = new Map(decided.map((decision) => [decision.bill.id, decision]));
    const toSend = new Map<string, SendDecision>();
    for (const entry of entries) {
      const decision = byBill.get(entry.bill.id);
      if (decision?.kind === 'send') toSend.set(entry.bill.id, decision);
      else if (decision) entry.result = resultOf(decision);
    }
    return toSend;
  }

  /** Writes Bills, and remembers what was written at once. The trouble that came in between is returned. */
  private async send(
    entries: readonly PushEntry[],
    toSend: ReadonlyMap<string, SendDecision>,
  ): Promise<Trouble | undefined> {
    const sending = entries.filter(({ bill }) => toSend.has(bill.id));
    await this.parts.book.begin(this.session, [...new Set(sending.map(({ batch }) => batch))]);
    const items = sending.flatMap((entry) => {
      const decision = toSend.get(entry.bill.id);
      if (!decision) return [];
      return [{ ...decision.item, childRun: this.journal.childRun(entry, decision.item.lineCount) }];
    });
    try {
      await this.session.writer.write(items, (outcomes) => this.takeOutcomes(sending, toSend, outcomes));
    } catch (error) {
      const trouble = troubleOf(error);
      if (!trouble) throw error;
      return trouble;
    }
    return undefined;
  }

  private async takeOutcomes(
    sending: readonly PushEntry[],
    toSend: ReadonlyMap<string, SendDecision>,
    outcomes: readonly Outcome[],
  ): Promise<void> {
    const entries = new Map(sending.map((entry) => [entry.bill.id, entry]));
    const sent: Settled[] = [];
    const stored: Parameters<typeof this.parts.store.bills.save>[1][number][] = [];
    for (const outcome of outcomes) {
      const entry = entries.get(outcome.item.billId);
      const decision = toSend.get(outcome.item.billId);
      if (!entry || !decision) continue;
      entry.result = outcomeResult(outcome, decision, entry.isLast);
      if (outcome.kind !== 'sent') continue;
      sent.push(entry as Settled);
      const { recordId, lineIds } = outcome;
      const { hash, digest, version: sourceVersion } = decision;
      stored.push({ billId: entry.bill.id, recordId, sourceVersion, hash, lines: lineIds, linesKnown: true, digest });
    }
    await this.parts.store.bills.save(this.session.orgId, stored);
    await this.journal.rememberSent(sent);
    for (const { bill } of sent) this.parts.onSent(bill, this.session.orgId, this.ready.integration.id);
  }

  /** Bills without a result wait for what is wrong to pass; an error that nobody foresaw fails them. */
  private postpone(ids: Iterable<string>, error: unknown): void {
    const trouble = troubleOf(error);
    if (!trouble) throw error;
    for (const id of ids) if (!this.results.has(id)) this.results.set(id, { kind: 'postponed', trouble });
  }
}

async function* onePage(bills: readonly Bill[]): AsyncGenerator<readonly Bill[]> {
  for (let from = 0; from < bills.length; from += BATCH_LIMITS.bills) {
    yield await Promise.resolve(bills.slice(from, from + BATCH_LIMITS.bills));
  }
}

function failure(code: string, message: string, exists: boolean): PushResult {
  return { kind: 'failed', code, message, exists, eventName: 'integration.perform.error', isFinal: true };
}

function resultOf(decision: Exclude<Decision, SendDecision>): PushResult {
  switch (decision.kind) {
    case 'skip':
      return { kind: 'skipped', reason: decision.reason, detail: decision.detail };
    case 'wait':
      return { kind: 'waiting', detail: decision.detail, exists: decision.exists };
    case 'unchanged':
      return { kind: 'unchanged', isMatched: decision.accountId !== null, learned: decision.learned };
    case 'refused':
      return { ...decision, kind: 'failed', isFinal: true };
    default:
      return { kind: 'superseded' };
  }
}

function outcomeResult(outcome: Outcome, decision: SendDecision, isLast: boolean): PushResult {
  if (outcome.kind === 'sent') {
    return { kind: 'sent', isMatched: decision.accountId !== null, lineItems: decision.item.lineCount };
  }
  if (outcome.kind === 'superseded') return { kind: 'superseded' };
  const code = codeOf(outcome.code, outcome.message);
  const isFinal = isLast || !isPassing(code);
  return { ...failure(code, outcome.message, decision.exists), isFinal } as PushResult;
}

import { chunks } from '../../chunks.ts';
import { codeOf } from '../../errorCatalogue.ts';
import { SUCCESSIVE_ERROR_LIMIT, type ErrorStreak } from '../../rules/autoDisable.ts';
import { changeToken, sourceVersion } from '../../rules/changeToken.ts';
import { integrationRecord } from '../../rules/controlRecords.ts';
import { runRecord, type SalesforceRecord } from '../../rules/records.ts';
import type { Runtime } from '../../runtime.ts';
import type { Batch, BillState, BillStatus, IntegrationRef, Store } from '../../store/types.ts';
import type { BatchBook } from '../runs/batchBook.ts';
import { childOf } from '../runs/runKeys.ts';
import type { Disabling } from '../disabling.ts';
import { refusedRunStatus } from '../failure.ts';
import type { OrgSession } from '../orgs/orgSession.ts';
import type { ReadyIntegration } from '../orgs/orgView.ts';
import { hasRun, PushEvents } from './pushEvents.ts';
import { billOutcome, outcomeWord, type PushResult, type Settled } from './pushResult.ts';
import { isDecidedBy } from '../scans/triage.ts';

/** Keys of Runs that fit the URL of a query. */
const KEYS_PER_QUERY = 50;

export interface JournalParts {
  readonly store: Store;
  readonly runtime: Runtime;
  readonly book: BatchBook;
  readonly disabling: Disabling;
}

/** What the org and the agent's memory are told of Bills that an integration pushed. */
export class PushJournal {
  private readonly parts: JournalParts;
  private readonly session: OrgSession;
  private readonly ready: ReadyIntegration;
  private readonly ref: IntegrationRef;

  constructor(parts: JournalParts, session: OrgSession, ready: ReadyIntegration) {
    this.parts = parts;
    this.session = session;
    this.ready = ready;
    this.ref = { orgId: session.orgId, integrationId: ready.integration.id };
  }

  /** The Run of a Bill that is written in the same call. */
  childRun(
    { bill, batch, isRetry }: { readonly bill: Settled['bill']; batch: Batch; isRetry: boolean },
    lines: number,
  ) {
    const now = this.parts.runtime.now();
    return this.record({
      ...childOf(batch, bill.id),
      bill: { id: bill.id, version: sourceVersion(bill), exists: true },
      status: 'COMPLETE',
      startedAt: now,
      completedAt: now,
      lineItemsSent: lines,
      ...(isRetry ? { errorCode: '', error: '' } : {}),
    });
  }

  /**
   * Counts errors, tells the org of failures and of Bills that wait, and remembers what was decided. Disables the
   * integration at the tenth successive error; what comes after it is as good as not tried.
   *
   * @param entries in the order of their Bills' ids
   * @throws the errors of `SalesforceConnection.request`; then nothing is remembered of what the org was not told
   */
  async settle(entries: readonly Settled[]): Promise<void> {
    const { store, runtime } = this.parts;
    const events = await PushEvents.of(entries, { ...this.ref, store, now: runtime.now() });
    const before = await store.errors.get(this.ref);
    const { streak, disabledAt } = events.streak(entries, before);
    if (disabledAt !== undefined) disableAfter(entries, disabledAt);
    const counted = entries.filter(({ result }) => result.kind !== 'disabled');
    await this.write(counted, events, streak.count === before.count ? undefined : streak.count);
    await this.remember(counted);
    const disabling = await this.count(counted, events, before);
    if (!disabling) return;
    // The Runs that end with it show what was done by then.
    for (const [batch, some] of Map.groupBy(entries, (entry) => entry.batch)) {
      const outcomes = some.map(({ bill, result }) => billOutcome(bill.id, result));
      await store.batches.record(batch.runKey, outcomes);
    }
    await this.parts.disabling.disableForErrors(this.session, this.ready, disabling);
  }

  /**
   * Adds to the count of errors what is new in it, though another process adds to it at the same time.
   *
   * @param told the streak that the org was told of was made from this one
   * @returns the streak, if it is these entries that brought it to the limit
   */
  private async count(
    entries: readonly Settled[],
    events: PushEvents,
    told: ErrorStreak,
  ): Promise<ErrorStreak | undefined> {
    const { errors } = this.parts.store;
    for (let before = told; ; before = await errors.get(this.ref)) {
      const { streak, disabledAt } = events.streak(entries, before);
      const digests = events.digests(entries);
      if (digests.size === 0 && streak.count === before.count) return undefined;
      if (!(await errors.replace(this.ref, before, streak, digests))) continue;
      if (before !== told) await this.write([], events, streak.count);
      return disabledAt !== undefined && before.count < SUCCESSIVE_ERROR_LIMIT ? streak : undefined;
    }
  }

  /** Remembers at once what was written, so that nothing is forgotten when the agent is killed. */
  async rememberSent(entries: readonly Settled[]): Promise<void> {
    await this.parts.store.states.save(
      this.ref,
      entries.flatMap((entry) => this.stateOf(entry) ?? []),
    );
  }

  private async write(entries: readonly Settled[], events: PushEvents, errorCount: number | undefined): Promise<void> {
    const { runtime, book } = this.parts;
    const { control, names, orgId } = this.session;
    const noted = entries.filter((entry) => this.isNoted(entry, events));
    const withRun = await this.unlessSent(noted.filter(({ result }) => hasRun(result)));
    const childRuns = withRun.map((entry) => this.failedRun(entry));
    const records = events.records(entries, names);
    const integrations = new Map<string, SalesforceRecord>();
    if (errorCount !== undefined) {
      integrations.set(this.ref.integrationId, integrationRecord({ successiveErrors: errorCount }, names));
    }
    if (childRuns.length + records.length + integrations.size === 0) return;
    for (const { batch, result } of noted) if (result.kind === 'failed' && !result.isFinal) book.leaveOpen(batch);
    if (childRuns.length > 0) await book.begin(this.session, [...new Set(noted.map(({ batch }) => batch))]);
    for (const { code, message } of await control.write({ childRuns, events: records, integrations })) {
      runtime.logger.warn({ code, orgId }, `Salesforce refused a record of a Run: ${message}`);
    }
  }

  /**
   * Leaves out Bills that an earlier attempt of the same job sent though its answer was lost: their Run, which was written
   * in the same transaction, stays the proof of it.
   */
  private async unlessSent(entries: readonly Settled[]): Promise<Settled[]> {
    const { book } = this.parts;
    const key = ({ batch, bill }: Settled): string => childOf(batch, bill.id).key;
    const doubtful = entries.filter((entry) => entry.isRetry || !book.isOwn(entry.batch)).map(key);
    const sent = new Set<string>();
    for (const keys of chunks(doubtful, KEYS_PER_QUERY)) {
      const { rows } = await this.session.control.runs({ keys, status: 'COMPLETE', limit: keys.length });
      for (const row of rows) sent.add(row.key);
    }
    return entries.filter((entry) => !sent.has(key(entry)));
  }

  /**
   * Whether the org is told of this result by a Run of its own. What was sent has its Run already; what failed again just
   * as before needs none.
   */
  private isNoted(entry: Settled, events: PushEvents): boolean {
    const { bill, result, state, isForced } = entry;
    if (result.kind === 'waiting') return isForced || state?.status !== 'waiting';
    if (result.kind !== 'failed') return false;
    if (isForced || !result.isFinal || !state || events.isFresh(entry)) return true;
    const isSame = state.status === 'failed' && state.code === codeToKeep(result);
    return !(isSame && isDecidedBy(state, bill, this.ready.rulesHash));
  }

  private failedRun({ bill, batch, result }: Settled): SalesforceRecord {
    const now = this.parts.runtime.now();
    const exists = 'exists' in result && result.exists;
    const run = {
      ...childOf(batch, bill.id),
      bill: { id: bill.id, version: sourceVersion(bill), exists },
      startedAt: now,
    };
    if (result.kind !== 'failed') {
      return this.record({ ...run, status: 'WAITING', error: result.kind === 'waiting' ? result.detail : '' });
    }
    const { code, message, isFinal } = result;
    const status = refusedRunStatus(code, isFinal);
    return this.record({ ...run, status, errorCode: code, error: message, ...(isFinal ? { completedAt: now } : {}) });
  }

  private record(run: Parameters<typeof runRecord>[0]): SalesforceRecord {
    return runRecord(run, this.session.names);
  }

  private async remember(entries: readonly Settled[]): Promise<void> {
    const { store } = this.parts;
    const learned = entries.flatMap(({ result }) => (result.kind === 'unchanged' && result.learned) || []);
    if (learned.length > 0) await store.bills.save(this.ref.orgId, learned);
    const rest = entries.filter(({ result }) => result.kind !== 'sent');
    await store.states.save(
      this.ref,
      rest.flatMap((entry) => this.stateOf(entry) ?? []),
    );
  }

  private stateOf({ bill, result }: Settled): BillState | undefined {
    const status = STATUS[outcomeWord(result)];
    if (status === undefined) return undefined;
    return {
      billId: bill.id,
      m3terAccountId: bill.accountId ?? null,
      status,
      changeToken: changeToken(bill),
      rulesHash: this.ready.rulesHash,
      isMatched: 'isMatched' in result && result.isMatched,
      code: codeToKeep(result),
      decidedAt: this.parts.runtime.now(),
    };
  }
}

const STATUS: Readonly<Record<string, BillStatus>> = {
  sent: 'sent',
  unchanged: 'sent',
  skipped: 'skipped',
  waiting: 'waiting',
  failed: 'failed',
};

function codeToKeep(result: PushResult): string | null {
  if (result.kind === 'skipped') return result.reason;
  return result.kind === 'failed' ? codeOf(result.code, result.message) : null;
}

/** Failures after the one that disabled the integration are forgotten: they are tried again when it is enabled. */
function disableAfter(entries: readonly Settled[], last: number): void {
  for (const [index, entry] of entries.entries()) {
    const { kind } = entry.result;
    if (index <= last || (kind !== 'failed' && kind !== 'waiting')) continue;
    const detail = 'The integration was disabled after ten successive errors. The Bill is sent when it is enabled.';
    Object.assign(entry, { result: { kind: 'disabled', detail } });
  }
}

import { integrationRecord } from '../../rules/controlRecords.ts';
import { runRecord, type RunInput, type RunStatus, type SalesforceRecord } from '../../rules/records.ts';
import type { Runtime } from '../../runtime.ts';
import type { Batch, BatchStore, BillStateStore, CountedBatch } from '../../store/types.ts';
import type { Trouble } from '../failure.ts';
import type { ChildRunKey } from '../../salesforce/control/runs.ts';
import { refusalError } from '../../salesforce/composite.ts';
import type { OrgSession } from '../orgs/orgSession.ts';
import { failedCount, reportOf, sumOf } from '../report.ts';
import { RunBeginnings } from './runBeginnings.ts';

const CHECK_EVERY_MS = 60_000;
/** Batches that are looked through for Runs that were left open. */
const LATEST = 1000;

export interface BatchBookParts {
  readonly batches: BatchStore;
  readonly states: Pick<BillStateStore, 'of'>;
  readonly runtime: Runtime;
  /** No other process works on these batches. */
  readonly isAlone: boolean;
  /** Called with what is known in the end of each batch that is closed. */
  readonly onClosed: (batch: CountedBatch) => void;
}

/**
 * The batches under way, and their parent Runs in Salesforce. A parent Run is written from the first Bill that is
 * written or refused; a batch in which nothing happened leaves none.
 */
export class BatchBook {
  private readonly parts: BatchBookParts;
  private readonly known = new Map<string, Batch>();
  /** Opened by this process. */
  private readonly own = new Set<string>();
  /** Writing their parent Run was tried, perhaps to say why they have to wait. Whether the org holds it is not certain. */
  private readonly tried = new Set<string>();
  /** Runs of their Bills were written that are not at their end. */
  private readonly unended = new Set<string>();
  private readonly beginnings: RunBeginnings;
  private readonly calls = new Map<string, number>();
  private readonly checkedAt = new Map<string, number>();

  constructor(parts: BatchBookParts) {
    this.parts = parts;
    this.beginnings = new RunBeginnings(parts);
  }

  /** Opens a batch that a scan fills. */
  async open(batch: Batch): Promise<void> {
    const isNew = await this.parts.batches.open(batch);
    this.known.set(batch.runKey, batch);
    // Of one that was there before, a life that ended may have written the Run.
    if (isNew) this.own.add(batch.runKey);
  }

  /** Takes in a batch that this process queues. */
  adopt(batch: Batch): void {
    this.known.set(batch.runKey, batch);
    this.own.add(batch.runKey);
  }

  /** Whether no other process, and no life before, can have worked on the batch. */
  isOwn({ runKey }: Batch): boolean {
    return this.parts.isAlone && this.own.has(runKey);
  }

  /** The batches of these keys; one that is closed is left out. */
  async find(orgId: string, runKeys: Iterable<string>): Promise<Map<string, Batch>> {
    const wanted = new Set(runKeys);
    if ([...wanted].some((key) => !this.known.has(key))) {
      const open = await this.parts.batches.unfinished(orgId);
      if (!this.parts.isAlone) this.forgetOthers(orgId, new Set(open.map(({ runKey }) => runKey)));
      for (const batch of open) this.known.set(batch.runKey, batch);
    }
    return new Map(
      [...wanted].flatMap((key) => {
        const batch = this.known.get(key);
        return batch ? [[key, batch] as const] : [];
      }),
    );
  }

  /** Another process closed what is not open any more. */
  private forgetOthers(orgId: string, open: ReadonlySet<string>): void {
    for (const batch of this.known.values()) {
      if (batch.orgId === orgId && !open.has(batch.runKey)) this.drop(batch.runKey);
    }
  }

  /**
   * Makes sure that the org holds the parent Runs.
   *
   * @throws {SalesforceError} when the org refuses one
   */
  async begin(session: OrgSession, batches: readonly Batch[]): Promise<void> {
    await this.beginnings.begin(batches, (own) => this.writeBegun(session, own));
    // Whoever else began it may have told why it had to wait.
    for (const { runKey } of batches) this.tried.add(runKey);
  }

  private async writeBegun(session: OrgSession, batches: readonly Batch[]): Promise<void> {
    const parentRuns = batches.map((batch) => {
      const { runKey, startedAt } = batch;
      return this.record(session, batch, { status: 'STARTED', startedAt, ...this.noError(runKey) });
    });
    for (const { runKey } of batches) this.tried.add(runKey);
    const [refusal] = await session.control.write({ parentRuns });
    // Without it the org refuses the Runs of its Bills, and the Bills with them.
    if (refusal) throw refusalError('the Run of a batch', refusal);
  }

  /** Counts calls to the org for the parent Run. */
  addCalls(runKey: string, calls: number): void {
    this.calls.set(runKey, (this.calls.get(runKey) ?? 0) + calls);
  }

  /** Notes that the Run of a Bill was written which is tried again. */
  leaveOpen({ runKey }: Batch): void {
    this.unended.add(runKey);
  }

  /**
   * The Runs of Bills that were left open, with their end: the Bill was tried again without being written, because the
   * org held it already or it is not to be sent any more.
   */
  async endedRuns(
    session: OrgSession,
    batches: readonly CountedBatch[],
    status: RunStatus,
  ): Promise<SalesforceRecord[]> {
    const unsure = batches.filter((batch) => this.unended.has(batch.runKey) || !this.isOwn(batch));
    const open = await session.control.openChildRuns(unsure.map(({ runKey }) => runKey));
    const codes = status === 'COMPLETE' ? await this.codesOf(unsure, open) : new Map<string, string>();
    return open.map(({ key }) => {
      const code = codes.get(key);
      return this.ended(session, key, code === undefined ? status : 'ERROR', code);
    });
  }

  /** The codes of Bills that failed, by the key of their Run. */
  private async codesOf(batches: readonly CountedBatch[], open: readonly ChildRunKey[]): Promise<Map<string, string>> {
    const codes = new Map<string, string>();
    for (const batch of batches) {
      const own = open.filter(({ parentKey }) => parentKey === batch.runKey);
      if (own.length === 0 || failedCount(reportOf('', batch.counts)) === 0) continue;
      const states = await this.parts.states.of(
        batch,
        own.map(({ billId }) => billId),
      );
      for (const { key, billId } of own) {
        const { status, code = null } = states.get(billId) ?? {};
        if (status === 'failed') codes.set(key, code ?? 'UNKNOWN');
      }
    }
    return codes;
  }

  private ended({ names: { run } }: OrgSession, key: string, status: RunStatus, code?: string): SalesforceRecord {
    const error = code === undefined ? null : `${code}: See the Event of this Bill.`;
    return {
      [run.Run_Key__c]: key,
      [run.Status__c]: status,
      [run.Completed__c]: this.parts.runtime.now().toISOString(),
      ...(status === 'DISABLED' ? {} : { [run.Error_Code__c]: code ?? null, [run.Error__c]: error }),
    };
  }

  /** The parent Run of a batch that has to wait. */
  waitingRun(session: OrgSession, batch: Batch, { status, code, message }: Trouble): SalesforceRecord {
    this.tried.add(batch.runKey);
    return this.record(session, batch, { status, startedAt: batch.startedAt, errorCode: code, error: message });
  }

  /** The parent Run of a batch that ends because its integration was disabled. */
  disabledRun(session: OrgSession, batch: CountedBatch, reason: string): SalesforceRecord {
    return this.record(session, batch, { ...this.counts(batch), status: 'DISABLED', error: reason });
  }

  /** Writes the result of every batch in which no Bill is pending, and closes it. */
  async finish(session: OrgSession, finished: readonly CountedBatch[]): Promise<void> {
    const told: CountedBatch[] = [];
    for (const batch of finished) if (await this.hasRun(session, batch)) told.push(batch);
    const integrations = this.checked(session, finished);
    if (told.length + integrations.size > 0) {
      await this.write(session, { ...(await this.ends(session, told)), integrations });
    }
    for (const batch of finished) {
      if (await this.parts.batches.closeFinished(batch.runKey)) this.forget(batch);
    }
  }

  /**
   * Ends Runs that the org began, or had wait, after their batches were closed: it carried a write out whose answer the
   * agent, or a life before, had given up.
   */
  async endLeft(session: OrgSession): Promise<void> {
    const unended = await session.control.unendedRuns();
    if (unended.all.size === 0) return;
    const closed = (await this.parts.batches.recent(LATEST)).filter(({ closedAt }) => closedAt !== null);
    const left = closed.filter(({ orgId, runKey }) => orgId === session.orgId && unended.all.has(runKey));
    if (left.length === 0) return;
    for (const { runKey } of left) this.tried.add(runKey);
    const { parentRuns, childRuns } = await this.ends(session, left);
    const isLeft = (run: SalesforceRecord): boolean => unended.own.has(run[session.names.run.Run_Key__c] as string);
    await this.write(session, { parentRuns: parentRuns.filter(isLeft), childRuns });
    for (const { runKey } of left) this.drop(runKey);
  }

  /** What the Runs of batches, and those of their Bills that were left open, say in the end. */
  private async ends(session: OrgSession, batches: readonly CountedBatch[]) {
    const parentRuns: SalesforceRecord[] = [];
    const childRuns: SalesforceRecord[] = [];
    for (const batch of batches) {
      const result = this.result(batch);
      parentRuns.push(this.record(session, batch, result));
      const status = result.status === 'DISABLED' ? 'DISABLED' : 'COMPLETE';
      childRuns.push(...(await this.endedRuns(session, [batch], status)));
    }
    return { parentRuns, childRuns };
  }

  /** When the agent last looked after an integration, where the org was not told a short while ago. */
  private checked({ view, names }: OrgSession, finished: readonly CountedBatch[]): Map<string, SalesforceRecord> {
    const now = this.parts.runtime.now();
    const due = view.all.filter(({ id, lastCheck }) => {
      const told = Math.max(lastCheck?.getTime() ?? 0, this.checkedAt.get(id) ?? 0);
      return finished.some(({ integrationId }) => integrationId === id) && now.getTime() - told >= CHECK_EVERY_MS;
    });
    for (const { id } of due) this.checkedAt.set(id, now.getTime());
    return new Map(due.map(({ id }) => [id, integrationRecord({ lastCheck: now }, names)]));
  }

  /** Closes a batch whatever is left of it. */
  async close(batch: CountedBatch): Promise<void> {
    await this.parts.batches.close(batch.runKey);
    this.forget(batch);
  }

  private forget(batch: CountedBatch): void {
    this.drop(batch.runKey);
    this.parts.onClosed(batch);
  }

  private drop(runKey: string): void {
    const { known, own, tried, unended, calls } = this;
    for (const each of [known, own, tried, unended, calls]) each.delete(runKey);
    this.beginnings.forget(runKey);
  }

  /** Whether the org holds the parent Run, or has to. */
  private async hasRun(session: OrgSession, batch: CountedBatch): Promise<boolean> {
    const { runKey, counts } = batch;
    if (this.beginnings.has(runKey)) return true;
    const isUntried = this.own.has(runKey) && !this.tried.has(runKey);
    if (isUntried && this.parts.isAlone) return false;
    // Another process, or another life, may have begun it: what that wrote has to come to an end. A scan that only met
    // what failed before wrote nothing.
    const outcomes = isUntried ? ['sent'] : ['sent', 'failed', 'disabled'];
    const isNoted = outcomes.some((outcome) => sumOf(counts, outcome) > 0);
    return isNoted || (await session.control.run(runKey)) !== undefined;
  }

  private result(batch: CountedBatch): Partial<RunInput> & Pick<RunInput, 'status'> {
    const report = reportOf('', batch.counts);
    const failed = failedCount(report);
    const disabled = sumOf(batch.counts, 'disabled');
    if (disabled > 0) {
      const error = `The integration was disabled or disconnected; ${disabled} Bills were not sent.`;
      return { ...this.counts(batch), status: 'DISABLED', error };
    }
    if (failed === 0) return { ...this.counts(batch), status: 'COMPLETE', ...this.noError(batch.runKey) };
    const error = `${failed} of ${Math.max(failed, report.billsRead)} Bills failed. See the child Runs.`;
    return { ...this.counts(batch), status: 'ERROR', error };
  }

  /** Takes away why the batch had to wait. */
  private noError(runKey: string): Pick<RunInput, 'errorCode' | 'error'> {
    return this.tried.has(runKey) ? { errorCode: '', error: '' } : {};
  }

  private counts({ runKey, counts }: CountedBatch): Partial<RunInput> {
    const report = reportOf('', counts);
    const calls = this.calls.get(runKey);
    return {
      completedAt: this.parts.runtime.now(),
      billsRead: report.billsRead,
      billsSent: report.billsSent,
      billsSkipped: sumOf(counts, 'skipped'),
      billsWaiting: report.waiting.missingAccountMapping,
      billsFailed: failedCount(report),
      skippedByReason: report.skipped,
      lineItemsSent: report.lineItemsSent,
      // Of a batch that was closed before nobody knows them; the org may.
      ...(calls === undefined ? {} : { apiCalls: calls }),
    };
  }

  private record(
    { names }: OrgSession,
    { runKey, integrationId, trigger, replayedFrom }: Batch,
    result: Partial<RunInput> & Pick<RunInput, 'status'>,
  ): SalesforceRecord {
    const origin = replayedFrom === null ? {} : { replayedFromKey: replayedFrom };
    return runRecord({ ...result, ...origin, key: runKey, integrationId, trigger }, names);
  }

  private async write(session: OrgSession, journal: Parameters<OrgSession['control']['write']>[0]): Promise<void> {
    for (const { code, message } of await session.control.write(journal)) {
      this.parts.runtime.logger.warn({ code, orgId: session.orgId }, `Salesforce refused a Run: ${message}`);
    }
  }
}

import { createHash } from 'node:crypto';
import {
  childRunKey,
  eventKey,
  eventRecord,
  runRecord,
  type EventInput,
  type EventName,
  type RunInput,
  type RunTrigger,
  type SalesforceRecord,
} from '../rules/records.ts';
import { sourceVersion } from '../rules/changeToken.ts';
import type { Bill } from '../m3ter/resources.ts';
import { classify } from '../salesforce/errors.ts';
import type { BillState, OpenRun } from '../store/store.ts';
import type { ConfiguredIntegration } from '../salesforce/controlPlane.ts';
import { failedCount, skippedCount, type IntegrationReport } from './report.ts';
import type { Session } from './session.ts';

/** Why a Bill was not sent. */
export interface Failure {
  readonly bill: Bill;
  /** The org holds the Bill from an earlier send. */
  readonly exists: boolean;
  readonly code: string;
  readonly message: string;
  readonly eventName: EventName;
  /** Makes the same trouble of several Bills one Event; by default each version of a Bill has its own. */
  readonly subject?: readonly (string | number)[];
  /** Remembered once the org knows of the failure. */
  readonly state: BillState;
}

/** Records that wait to be written may not grow without bound. */
const FLUSH_AT = 400;
const CHECK_EVERY_MS = 60_000;

/**
 * What Salesforce is told about an integration's part in a sweep: a parent Run from the first Bill that is written or
 * refused, failures as child Runs with Events, and when the integration was last looked after.
 */
export class RunJournal {
  readonly runKey: string;
  private readonly session: Session;
  private readonly integration: ConfiguredIntegration;
  private readonly trigger: RunTrigger;
  private readonly startedAt: Date;
  private started: Promise<void> | undefined;
  private childRuns: SalesforceRecord[] = [];
  private events = new Map<string, EventInput>();
  private states: BillState[] = [];

  constructor(session: Session, integration: ConfiguredIntegration, trigger: RunTrigger) {
    this.session = session;
    this.integration = integration;
    this.trigger = trigger;
    this.runKey = session.runtime.newId();
    this.startedAt = session.runtime.now();
  }

  /** Makes sure that the org holds the parent Run. */
  start(): Promise<void> {
    this.started ??= this.writeStart();
    return this.started;
  }

  /** The child Run of a Bill that is written in the same call. */
  childRun(bill: Bill, lineItemCount: number): SalesforceRecord {
    const now = this.session.runtime.now();
    return this.record({
      ...this.identity(bill, true),
      status: 'COMPLETE',
      startedAt: now,
      completedAt: now,
      lineItemsSent: lineItemCount,
    });
  }

  /** Notes a failure: a child Run and an Event, written with the next flush. */
  async fail(failure: Failure): Promise<void> {
    const { bill, exists, code, message, eventName } = failure;
    const { runtime } = this.session;
    const now = runtime.now();
    await this.start();
    const run = {
      ...this.identity(bill, exists),
      status: classify(code, message) === 'transient' ? ('AWAITING_RETRY' as const) : ('ERROR' as const),
      startedAt: now,
      completedAt: now,
      errorCode: code,
      error: message,
    };
    this.childRuns.push(this.record(run));
    this.states.push(failure.state);
    const subject = failure.subject ?? [bill.id, sourceVersion(bill)];
    this.note(eventName, subject, `${code}: ${message}`, {
      runKey: run.key,
      bill: { id: bill.id, exists },
      ofBill: bill,
    });
    if (this.childRuns.length + this.events.size >= FLUSH_AT) await this.flush();
  }

  /** Notes an Event without a Run. The same trouble is written once, until its message changes. */
  note(
    eventName: EventName,
    subject: readonly (string | number)[],
    message: string,
    about: Pick<EventInput, 'runKey' | 'bill'> & { readonly ofBill?: Bill } = {},
  ): void {
    const { ofBill, ...links } = about;
    const key = eventKey(this.integration.id, eventName, ...subject);
    this.events.set(key, {
      ...links,
      key,
      eventName,
      message,
      integrationId: this.integration.id,
      eventTime: this.session.runtime.now(),
      ...(ofBill?.accountId ? { m3terAccountId: ofBill.accountId } : {}),
      ...(ofBill?.accountCode ? { m3terAccountCode: ofBill.accountCode } : {}),
    });
  }

  /** Writes everything that is left, with the parent Run's result when there is a parent Run. */
  async finish(report: IntegrationReport, apiCalls: number, isComplete: boolean): Promise<void> {
    const { store } = this.session;
    const open = await store.openRuns(this.integration.id);
    const own = this.started ? [this.record(this.result(report, apiCalls, isComplete))] : [];
    await this.flush([...own, ...this.stopped(open)], isComplete);
    await store.closeRuns([this.runKey, ...open.map(({ runKey }) => runKey)]);
  }

  private async flush(parentRuns: SalesforceRecord[] = [], isCheck = false): Promise<void> {
    const { control, store, names, runtime, logger } = { ...this.session, logger: this.session.runtime.logger };
    const { childRuns, events, states } = this;
    this.childRuns = [];
    this.states = [];
    this.events = new Map();
    const written = await store.eventDigests([...events.keys()]);
    const fresh = [...events.values()].filter((event) => written.get(event.key) !== digest(event.message));
    const integrations = new Map<string, SalesforceRecord>();
    const { lastCheck, id } = this.integration;
    const now = runtime.now();
    if (isCheck && now.getTime() - (lastCheck?.getTime() ?? 0) >= CHECK_EVERY_MS) {
      integrations.set(id, { [names.integration.Last_Check__c]: now.toISOString() });
    }
    const refusals = await control.write({
      parentRuns,
      childRuns,
      events: fresh.map((event) => eventRecord(event, names)),
      integrations,
    });
    for (const { code, message } of refusals) {
      logger.warn({ code, integration: this.integration.name }, `Salesforce refused a record of the Run: ${message}`);
    }
    await store.saveBillStates(id, states);
    if (refusals.length === 0)
      await store.saveEventDigests(new Map(fresh.map((event) => [event.key, digest(event.message)])));
  }

  private async writeStart(): Promise<void> {
    const { store, control, runtime } = this.session;
    await store.saveOpenRun({ runKey: this.runKey, integrationId: this.integration.id, trigger: this.trigger });
    const own = this.record({ ...this.parent(), status: 'STARTED', startedAt: this.startedAt });
    for (const { code, message } of await control.write({ parentRuns: [own] })) {
      runtime.logger.warn({ code, integration: this.integration.name }, `Salesforce refused a Run: ${message}`);
    }
  }

  /** Closes the Runs of sweeps that were killed. */
  private stopped(open: readonly OpenRun[]): SalesforceRecord[] {
    return open
      .filter(({ runKey }) => runKey !== this.runKey)
      .map(({ runKey, integrationId, trigger }) =>
        this.record({
          key: runKey,
          integrationId,
          trigger,
          status: 'ERROR',
          completedAt: this.session.runtime.now(),
          errorCode: 'STOPPED',
          error: 'The agent was stopped before the end of this Run. A later Run went on where it ended.',
        }),
      );
  }

  private result(report: IntegrationReport, apiCalls: number, isComplete: boolean): RunInput {
    const failed = failedCount(report);
    const outcome = !isComplete
      ? ({ status: 'AWAITING_RETRY', error: 'The agent was told to stop. Its next Run goes on.' } as const)
      : failed > 0
        ? ({ status: 'ERROR', error: `${failed} of ${report.billsRead} Bills failed. See the child Runs.` } as const)
        : ({ status: 'COMPLETE' } as const);
    return {
      ...this.parent(),
      ...outcome,
      completedAt: this.session.runtime.now(),
      billsRead: report.billsRead,
      billsSent: report.billsSent,
      billsSkipped: skippedCount(report),
      billsWaiting: report.waiting.missingAccountMapping,
      billsFailed: failed,
      skippedByReason: report.skipped,
      lineItemsSent: report.lineItemsSent,
      apiCalls,
    };
  }

  private parent(): Pick<RunInput, 'key' | 'integrationId' | 'trigger'> {
    return { key: this.runKey, integrationId: this.integration.id, trigger: this.trigger };
  }

  private identity(bill: Bill, exists: boolean) {
    return {
      key: childRunKey(this.runKey, bill.id),
      integrationId: this.integration.id,
      trigger: this.trigger,
      parentKey: this.runKey,
      bill: { id: bill.id, version: sourceVersion(bill), exists },
    };
  }

  private record(run: RunInput): SalesforceRecord {
    return runRecord(run, this.session.names);
  }
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

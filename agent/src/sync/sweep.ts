import { AuthenticationError, errorMessage } from '../errors.ts';
import { M3terAuthenticationError } from '../m3ter/errors.ts';
import type { Bill } from '../m3ter/resources.ts';
import { checkIntegration } from '../rules/gates.ts';
import type { RunTrigger, SalesforceRecord } from '../rules/records.ts';
import type { ConfiguredIntegration } from '../salesforce/controlPlane.ts';
import { M3terAccounts } from './accounts.ts';
import { toBatches } from './batches.ts';
import { forgottenBills, markDeletedBills } from './deletions.ts';
import { IntegrationSweep } from './integrationSweep.ts';
import type { IdleIntegration, SweepReport, SweepResult } from './report.ts';
import { openSession, type Ends, type Session } from './session.ts';

export interface SweepOptions {
  readonly trigger: RunTrigger;
  /** Milliseconds after which a Bill that failed is tried again though nothing changed. */
  readonly retryFailedAfter: number;
}

/** Batches at work at the same time: one is written while the next one is read. */
const BATCHES_AT_ONCE = 2;

/** Sweeps, one after the other, between the same ends. */
export class Sweeper {
  private readonly ends: Ends;
  private session: Session | undefined;
  private sweeps: readonly IntegrationSweep[] = [];
  private callsBefore = { salesforce: 0, m3ter: 0 };

  constructor(ends: Ends) {
    this.ends = ends;
  }

  /** What the latest sweep did, also when it broke off. */
  get report(): SweepReport {
    const { m3ter, connection } = this.ends;
    const apiCalls = {
      salesforce: connection.apiCalls - this.callsBefore.salesforce,
      m3ter: m3ter.apiCalls - this.callsBefore.m3ter,
    };
    return { integrations: this.sweeps.map((sweep) => sweep.report), apiCalls };
  }

  /**
   * Looks at every Bill in m3ter for every enabled integration of the org, sends what has to be sent, and remembers
   * what it did. Stops early, in good order, when the runtime's signal aborts.
   *
   * @throws {AuthenticationError | SetupError | M3terUnavailableError | SalesforceError | M3terResponseError} when the
   *   sweep cannot go on; what was written by then is remembered
   */
  async sweep(options: SweepOptions): Promise<SweepResult> {
    const { store, runtime } = this.ends;
    const startedAt = runtime.now();
    try {
      const result = await this.run(options);
      const outcome = result.isComplete ? 'complete' : 'stopped';
      await store.saveSweep({ startedAt, finishedAt: runtime.now(), outcome, report: result.report });
      return result;
    } catch (error) {
      const outcome = errorMessage(error);
      await store.saveSweep({ startedAt, finishedAt: runtime.now(), outcome, report: null });
      throw error;
    }
  }

  private async run(options: SweepOptions): Promise<SweepResult> {
    const { m3ter, connection, runtime } = this.ends;
    this.callsBefore = { salesforce: connection.apiCalls, m3ter: m3ter.apiCalls };
    this.sweeps = [];
    const session = (this.session ??= await openSession(this.ends));
    const { ready, idle } = await readyIntegrations(session);
    const accounts = new M3terAccounts(m3ter);
    this.sweeps = ready.map((integration) => new IntegrationSweep({ session, integration, accounts, ...options }));
    if (this.sweeps.length > 0) await this.sweepBills(session, this.sweeps);
    const isComplete = !runtime.signal.aborted;
    for (const { journal, report } of this.sweeps) {
      await journal.finish(report, this.report.apiCalls.salesforce, isComplete);
    }
    return { report: this.report, idle, isComplete };
  }

  private async sweepBills(session: Session, sweeps: readonly IntegrationSweep[]): Promise<void> {
    const { m3ter, store, runtime } = session;
    const known = await store.knownCount(sweeps.map((sweep) => sweep.integrationId));
    const seen = new Set<string>();
    try {
      const forgotten = await forgottenBills(session);
      await processBatches(toBatches(m3ter.listBills({ withLineItems: known === 0 }), seen), sweeps, runtime.signal);
      if (runtime.signal.aborted) return;
      await markDeletedBills(session, seen, forgotten);
      await store.noteComparedBills();
    } catch (error) {
      // What was begun when the signal came ends with errors of its own; the next sweep goes on.
      if (runtime.signal.aborted) return;
      if (error instanceof M3terAuthenticationError) await noteRefusal(session, sweeps, error);
      throw error;
    }
  }
}

/** Every batch goes through all integrations, one after the other, because they may write the same Bill. */
async function processBatches(
  batches: AsyncIterable<Bill[]>,
  sweeps: readonly IntegrationSweep[],
  signal: AbortSignal,
): Promise<void> {
  const underWay = new Set<Promise<void>>();
  const failures: unknown[] = [];
  try {
    for await (const batch of batches) {
      if (signal.aborted || failures.length > 0) break;
      const work: Promise<void> = processBatch(batch, sweeps)
        .catch((error: unknown) => void failures.push(error))
        .finally(() => underWay.delete(work));
      underWay.add(work);
      if (underWay.size >= BATCHES_AT_ONCE) await Promise.race(underWay);
    }
  } finally {
    await Promise.all(underWay);
  }
  if (failures.length > 0) throw failures.find((error) => error instanceof AuthenticationError) ?? failures[0];
}

async function processBatch(batch: readonly Bill[], sweeps: readonly IntegrationSweep[]): Promise<void> {
  for (const sweep of sweeps) await sweep.process(batch);
}

/** The integrations that may work in this org; one that no org is pinned to yet is bound to this one. */
async function readyIntegrations(
  session: Session,
): Promise<{ ready: ConfiguredIntegration[]; idle: IdleIntegration[] }> {
  const { control, names, orgId, runtime } = session;
  const enabled = (await control.readIntegrations()).filter((integration) => integration.enabled);
  const isNew = ({ pinnedOrgId }: ConfiguredIntegration): boolean => pinnedOrgId === null;
  const pin: SalesforceRecord = {
    [names.integration.Connection_Status__c]: 'CONNECTED',
    [names.integration.Pinned_Org_Id__c]: orgId,
  };
  const pins = new Map(enabled.filter(isNew).map(({ id }) => [id, pin]));
  if (pins.size > 0) {
    for (const { code, message } of await control.write({ integrations: pins })) {
      runtime.logger.warn({ code }, `Salesforce did not mark an integration as connected: ${message}`);
    }
  }
  const ready: ConfiguredIntegration[] = [];
  const idle: IdleIntegration[] = [];
  for (const each of enabled) {
    const integration = isNew(each) ? { ...each, pinnedOrgId: orgId, connectionStatus: 'CONNECTED' } : each;
    const readiness = checkIntegration(integration, orgId);
    if (readiness.ready) ready.push(integration);
    else idle.push({ name: integration.name, reason: readiness.reason, detail: readiness.detail });
  }
  return { ready, idle };
}

/** Tells Salesforce that m3ter refuses the agent: one Event a day for each integration. */
async function noteRefusal(session: Session, sweeps: readonly IntegrationSweep[], error: Error): Promise<void> {
  const { runtime } = session;
  const day = runtime.now().toISOString().slice(0, 10);
  for (const { journal, report } of sweeps) {
    journal.note('integration.authentication.error', ['m3ter', day], error.message);
    await journal.finish(report, 0, false).catch((failure: unknown) => {
      runtime.logger.warn({}, `The Event about m3ter could not be written: ${errorMessage(failure)}`);
    });
  }
}

import { errorMessage } from '../../errors.ts';
import { SUCCESSIVE_ERROR_LIMIT } from '../../rules/autoDisable.ts';
import type { Batch, IntegrationRef, JobResult, PushAttempt } from '../../store/types.ts';
import type { EngineParts } from '../engineParts.ts';
import { isPassing, troubleOf } from '../failure.ts';
import type { OrgSession } from '../orgs/orgSession.ts';
import { PushGroup } from './pushGroup.ts';
import { billOutcome, explain, NOT_READY, outcomeWord, waitsForAccount, type PushResult } from './pushResult.ts';
import type { BillResult } from '../types.ts';

export interface PushWorkerParts extends EngineParts {
  readonly session: (orgId: string) => OrgSession | undefined;
  /** Makes sure that the org's integrations were looked at a short while ago. */
  readonly lookAt: (session: OrgSession) => Promise<void>;
  /** Looks at them from now on. */
  readonly lookAnew: (session: OrgSession) => Promise<void>;
  readonly onResult: (result: BillResult, ref: IntegrationRef) => void;
  readonly onError: (errorClass: string) => void;
  /** Bills of a batch that is not there any more: a scan finds them. */
  readonly onLost: (ref: IntegrationRef) => Promise<void>;
}

/** An org that the agent is not signed in to is asked about this often. */
const NO_SESSION_MS = 5000;

type Results = Map<string, JobResult>;

/** Takes push jobs from the queue: one group for each integration, orgs side by side. */
export class PushWorker {
  private readonly parts: PushWorkerParts;

  constructor(parts: PushWorkerParts) {
    this.parts = parts;
  }

  /** What becomes of each job. Never throws: what went wrong is a result. */
  async handle(jobs: readonly PushAttempt[]): Promise<Results> {
    const orgs = Map.groupBy(jobs, ({ data }) => data.orgId);
    const parts = await Promise.all([...orgs].map(([orgId, some]) => this.ofOrg(orgId, some)));
    return new Map(parts.flatMap((results) => [...results]));
  }

  private async ofOrg(orgId: string, jobs: readonly PushAttempt[]): Promise<Results> {
    const results: Results = new Map();
    for (const [integrationId, some] of Map.groupBy(jobs, ({ data }) => data.integrationId)) {
      const own = await this.ofIntegration({ orgId, integrationId }, some);
      for (const [id, result] of own) results.set(id, result);
    }
    return results;
  }

  private async ofIntegration(ref: IntegrationRef, jobs: readonly PushAttempt[]): Promise<Results> {
    const { runtime, troubles } = this.parts;
    const session = this.parts.session(ref.orgId);
    if (!session) return all(jobs, { kind: 'later', afterMs: NO_SESSION_MS });
    const pause = troubles.remaining(session);
    if (pause > 0) return all(jobs, { kind: 'later', afterMs: pause });
    let batches: ReadonlyMap<string, Batch> = new Map();
    try {
      batches = await this.parts.book.find(
        ref.orgId,
        jobs.map(({ data }) => data.runKey),
      );
      await this.parts.lookAt(session);
      return await this.push(ref, session, jobs, batches);
    } catch (error) {
      const trouble = troubleOf(error);
      if (trouble) {
        await troubles.note(trouble, session, [...batches.values()]);
        return all(jobs, { kind: 'later', afterMs: troubles.remaining(session) });
      }
      if (runtime.signal.aborted) return all(jobs, { kind: 'later', afterMs: 0 });
      this.parts.onError('unexpected');
      runtime.logger.error({ err: error, ...ref }, 'An error that was not foreseen; the Bills are tried again.');
      return all(jobs, { kind: 'retry', error: errorMessage(error) });
    }
  }

  private async push(
    ref: IntegrationRef,
    session: OrgSession,
    jobs: readonly PushAttempt[],
    batches: ReadonlyMap<string, Batch>,
  ): Promise<Results> {
    const { store, lookAnew } = this.parts;
    const { count } = await store.errors.get(ref);
    // Another process, which queued these Bills, may have seen already that it was enabled.
    const mayBeBehind = store.kind === 'postgres' && count < SUCCESSIVE_ERROR_LIMIT;
    if (mayBeBehind && !session.ready(ref.integrationId)) await lookAnew(session);
    const ready = session.ready(ref.integrationId);
    if (!ready || count >= SUCCESSIVE_ERROR_LIMIT) {
      const disabled = new Map(jobs.map(({ data }) => [data.billId, NOT_READY]));
      return this.conclude(ref, session, jobs, disabled);
    }
    const kept = jobs.filter(({ data }) => batches.has(data.runKey));
    if (kept.length < jobs.length) await this.parts.onLost(ref);
    const callsBefore = session.connection.apiCalls;
    const group = new PushGroup(this.parts, session, ready, batches, kept);
    const results = await session.accountNews.during(
      () => group.run(),
      (found) => [...found.values()].some(waitsForAccount),
    );
    await this.noteHealth(session, results, batches, session.connection.apiCalls > callsBefore);
    const lost = all(jobs, { kind: 'done' });
    return new Map([...lost, ...(await this.conclude(ref, session, kept, results))]);
  }

  /** A pause begins with what went wrong, and ends with calls that worked. */
  private async noteHealth(
    session: OrgSession,
    results: ReadonlyMap<string, PushResult>,
    batches: ReadonlyMap<string, Batch>,
    wasCalled: boolean,
  ): Promise<void> {
    const { troubles } = this.parts;
    const postponed = [...results.values()].find((result) => result.kind === 'postponed');
    if (postponed) {
      await troubles.note(postponed.trouble, session, [...batches.values()]);
      return;
    }
    if (results.size > 0) troubles.m3terWorks();
    if (results.size > 0 && wasCalled) await troubles.orgWorks(session);
  }

  private async conclude(
    ref: IntegrationRef,
    session: OrgSession,
    jobs: readonly PushAttempt[],
    results: ReadonlyMap<string, PushResult>,
  ): Promise<Results> {
    const { store, troubles } = this.parts;
    for (const [runKey, some] of Map.groupBy(jobs, ({ data }) => data.runKey)) {
      const outcomes = some.flatMap(({ data: { billId } }) => {
        const result = results.get(billId);
        return result ? [billOutcome(billId, result)] : [];
      });
      await store.batches.record(runKey, outcomes);
    }
    const integration = session.nameOf(ref.integrationId) ?? ref.integrationId;
    for (const { data } of jobs) {
      const result = results.get(data.billId);
      if (!result) continue;
      const { billId, runKey } = data;
      const outcome = outcomeWord(result);
      const lineItems = result.kind === 'sent' ? result.lineItems : 0;
      this.parts.onResult({ billId, ...ref, integration, runKey, outcome, lineItems, ...explain(result) }, ref);
    }
    const afterMs = troubles.remaining(session);
    return new Map(jobs.map((job) => [job.id, jobResult(results.get(job.data.billId), job.isLast, afterMs)]));
  }
}

function jobResult(result: PushResult | undefined, isLast: boolean, afterMs: number): JobResult {
  if (!result || result.kind === 'postponed') return { kind: 'later', afterMs };
  if (result.kind !== 'failed') return { kind: 'done' };
  const error = `${result.code}: ${result.message}`;
  if (!result.isFinal) return { kind: 'retry', error };
  // What is wrong with the Bill itself is tried again when it changes, or when a person asks.
  return isLast && isPassing(result.code) ? { kind: 'dead', error } : { kind: 'done' };
}

function all(jobs: readonly PushAttempt[], result: JobResult): Results {
  return new Map(jobs.map(({ id }) => [id, result]));
}

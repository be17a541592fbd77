import { errorMessage } from '../errors.ts';
import { stoppedBy, type Runtime } from '../runtime.ts';
import type { Bill } from '../m3ter/resources.ts';
import type { Batch, CountedBatch, IntegrationRef, ScanRequest } from '../store/types.ts';
import { BatchBook } from './runs/batchBook.ts';
import { Disabling } from './disabling.ts';
import type { EngineParts } from './engineParts.ts';
import { troubleOf } from './failure.ts';
import { OrgRegistry } from './orgs/orgRegistry.ts';
import type { OrgSession } from './orgs/orgSession.ts';
import { OrgWatch, type OrgWatchParts } from './orgs/orgWatch.ts';
import { PushWorker } from './pushes/pushWorker.ts';
import { Scanner } from './scans/scanner.ts';
import { Troubles } from './orgs/troubles.ts';
import type { AgentParts } from './types.ts';
import { triageWord, Watches } from './runs/watches.ts';
import { logBatch, logResult } from './workLog.ts';

/** Jobs of one group: as many Bills as one call looks up. */
const GROUP_SIZE = 300;
/** Calls that a group of usual Bills takes to write. */
const CALLS_PER_GROUP = 5;

/**
 * While groups write, one is read and one is settled, so that all calls to the org that may run at the same time do; no
 * more than that, because other workers on the same store would have nothing to do.
 */
function groupsAtOnce(lanes: number): number {
  return Math.ceil(lanes / CALLS_PER_GROUP) + 2;
}

/** What a running agent adds to the core. */
export type CoreTriggers = Pick<OrgWatchParts, 'heartbeat' | 'requestScan' | 'onAccounts' | 'onRequests'> & {
  readonly onDisabled: (session: OrgSession) => void;
  readonly onScanned: () => void;
};

/** The engine without triggers: workers that scan and push what was asked for. */
export class EngineCore {
  readonly parts: AgentParts;
  readonly runtime: Runtime;
  readonly registry: OrgRegistry;
  readonly troubles: Troubles;
  readonly book: BatchBook;
  readonly watches = new Watches();
  readonly watch: OrgWatch;
  private readonly stopping = new AbortController();
  readonly engine: EngineParts;
  private workers: Promise<void> | undefined;
  private finishing: Promise<void> | undefined;
  private finishingAgain: Promise<void> | undefined;
  private isBound = false;

  constructor(parts: AgentParts, triggers: () => CoreTriggers | undefined) {
    const { store, m3ter, credentials, notices } = parts;
    this.parts = parts;
    const runtime = stoppedBy(parts.runtime, this.stopping.signal);
    this.runtime = runtime;
    this.registry = new OrgRegistry({ credentials, facts: store.facts, runtime });
    const onClosed = (batch: CountedBatch): void => {
      this.watches.onClosed(batch);
      logBatch(runtime.logger, batch, runtime.now());
      parts.hooks?.onRun?.(batch.trigger, runtime.now().getTime() - batch.startedAt.getTime());
    };
    const { batches, states } = store;
    this.book = new BatchBook({ batches, states, runtime, isAlone: store.kind === 'pglite', onClosed });
    const onError = (errorClass: string): void => parts.hooks?.onError?.(errorClass);
    this.troubles = new Troubles({
      runtime,
      book: this.book,
      registry: this.registry,
      onError,
      onTrouble: (trouble, orgId) => this.watches.onTrouble(trouble, orgId),
    });
    const onDisabled = (session: OrgSession): void => this.lookAnew(session, triggers());
    const disabling = new Disabling({ store, runtime, book: this.book, notices, onChanged: onDisabled });
    const { book, troubles } = this;
    this.engine = {
      ...{ m3ter, store, runtime, book, disabling, troubles },
      onM3terAnswer: () => this.bind(),
      onSent: (bill, orgId, integrationId) => this.noteLag(bill, { orgId, integrationId }),
    };
    this.watch = new OrgWatch({
      ...this.engine,
      ...{ registry: this.registry, notices },
      // Only a running agent has triggers; a single sync looks at everything itself.
      heartbeat: async (session) => triggers()?.heartbeat?.(session),
      isSustained: () => triggers() !== undefined,
      testM3ter: () => this.testM3ter(),
      requestScan: async (request) => triggers()?.requestScan(request),
      onAccounts: async (...changed) => triggers()?.onAccounts(...changed),
      onRequests: async (...polled) => triggers()?.onRequests(...polled),
    });
    this.startWork = () => this.work(triggers, onError);
  }

  /** Starts the workers, once. */
  readonly startWork: () => Promise<void>;

  /** Ends what is under way within the time, or gives it back. */
  async stop(graceMs: number): Promise<void> {
    this.stopping.abort(new Error('The agent was told to stop.'));
    if (this.workers) await this.parts.store.queue.stop(graceMs);
  }

  /** Queues Bills in a batch of their own. */
  async push(ref: IntegrationRef, billIds: readonly string[], batch: Partial<Batch> = {}): Promise<Batch> {
    const { runtime, book } = this;
    const { store } = this.parts;
    const opened: Batch = {
      runKey: runtime.newId(),
      trigger: 'EVENT',
      startedAt: runtime.now(),
      replayedFrom: null,
      ...batch,
      ...ref,
      isScanned: true,
    };
    book.adopt(opened);
    const queued = await store.batches.enqueue(opened, billIds);
    await store.batches.scanned(opened.runKey, { billsRead: queued });
    return opened;
  }

  /** Closes the batches that came to an end by now. Calls during another one share the next. */
  finish(): Promise<void> {
    if (this.finishing) {
      this.finishingAgain ??= this.finishing
        .catch(() => undefined)
        .then(() => {
          this.finishingAgain = undefined;
          return this.finish();
        });
      return this.finishingAgain;
    }
    this.finishing = this.finishAll().finally(() => (this.finishing = undefined));
    return this.finishing;
  }

  /** Whether m3ter answers; why not, in a sentence. */
  async testM3ter(): Promise<string | undefined> {
    try {
      await this.askM3ter();
      return undefined;
    } catch (error) {
      return errorMessage(error);
    }
  }

  /** The smallest question to m3ter. Throws what m3ter's client throws. */
  async askM3ter(): Promise<void> {
    await this.parts.m3ter.listBills({ withLineItems: false }).next();
    this.troubles.m3terWorks();
    await this.bind();
  }

  private work(triggers: () => CoreTriggers | undefined, onError: (errorClass: string) => void): Promise<void> {
    const { store, hooks, settings } = this.parts;
    const session = (orgId: string): OrgSession | undefined => this.registry.session(orgId);
    const lookAt = (each: OrgSession): Promise<void> => this.watch.lookAt(each);
    const lookAnew = (each: OrgSession): Promise<void> => this.watch.pollAnew(each);
    const scanner = new Scanner({
      ...this.engine,
      ...{ session, lookAt, lookAnew },
      onProgress: (_orgId, billsRead) => this.watches.onProgress(billsRead),
      onSkipped: (ref, triaged) => hooks?.onOutcome?.(triageWord(triaged), ref),
      onBroken: (orgId, error) => this.watches.onBroken(orgId, error),
      onScanned: () => triggers()?.onScanned(),
    });
    const pusher = new PushWorker({
      ...this.engine,
      ...{ session, lookAt, lookAnew, onError },
      onResult: (result, ref) => {
        hooks?.onOutcome?.(result.outcome, ref);
        this.watches.onResult(result, ref);
        logResult(this.runtime.logger, result);
      },
      onLost: ({ orgId, integrationId }) =>
        this.requestScan({ orgId, integrationIds: [integrationId], trigger: 'EVENT', reason: 'lost batch' }),
    });
    this.workers ??= (async () => {
      await store.queue.start();
      await store.queue.recoverActive();
      await store.queue.workScans(async (attempt) => {
        await scanner.handle(attempt);
        await this.finish();
      });
      const groups = { batchSize: GROUP_SIZE, concurrency: groupsAtOnce(settings.lanes) };
      await store.queue.workPush(groups, async (jobs) => {
        const results = await pusher.handle(jobs);
        void this.finish().catch((error: unknown) => {
          // The next tick tries again.
          this.runtime.logger.warn({ err: error }, 'The ends of Runs could not be looked for.');
        });
        return results;
      });
    })();
    return this.workers;
  }

  async requestScan(request: ScanRequest): Promise<void> {
    const { orgId, reason } = request;
    if (await this.parts.store.queue.requestScan(request))
      this.runtime.logger.info({ orgId, reason }, 'A scan is queued.');
  }

  private async finishAll(): Promise<void> {
    const finished = await this.parts.store.batches.finishable();
    for (const [orgId, batches] of Map.groupBy(finished, (batch) => batch.orgId)) {
      const session = this.registry.session(orgId);
      if (!session || session.pause.remaining(this.runtime.now()) > 0) continue;
      try {
        await this.book.finish(session, batches);
      } catch (error) {
        const trouble = troubleOf(error);
        if (trouble) await this.troubles.note(trouble, session, []);
        else this.runtime.logger.error({ err: error, orgId }, 'The end of a Run could not be written.');
      }
    }
  }

  private lookAnew(session: OrgSession, triggers: CoreTriggers | undefined): void {
    // What is stale is looked at before anything else is done for the org.
    session.look(session.view.all, this.registry.credentialsOf(session.orgId), new Date(0));
    triggers?.onDisabled(session);
  }

  private async bind(): Promise<void> {
    if (this.isBound) return;
    await this.parts.store.bindTo(this.parts.m3terOrgId);
    this.isBound = true;
  }

  private noteLag({ dtLastModified, lastCalculatedDate }: Bill, ref: IntegrationRef): void {
    const instants = [dtLastModified, lastCalculatedDate].map((text) => Date.parse(text ?? ''));
    const changed = Math.max(...instants.filter((instant) => !Number.isNaN(instant)));
    if (Number.isFinite(changed)) this.parts.hooks?.onSent?.(this.runtime.now().getTime() - changed, ref);
  }
}

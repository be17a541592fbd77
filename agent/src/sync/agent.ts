import { AuthenticationError, SetupError } from '../errors.ts';
import type { M3terClient } from '../m3ter/client.ts';
import type { RunTrigger } from '../rules/records.ts';
import type { Runtime } from '../runtime.ts';
import type { IntegrationRef, Store } from '../store/types.ts';
import { Backfill, type BackfillRange, type BackfillResult } from './backfill/backfill.ts';
import { BackfillMemory } from './backfill/progress.ts';
import { EngineCore } from './core.ts';
import { dryRun, type DryRun, type DryRunWish } from './dryRun.ts';
import type { OrgState } from './orgs/orgRegistry.ts';
import type { OrgSession } from './orgs/orgSession.ts';
import type { SyncResult } from './report.ts';
import { Pushing } from './pushes/pushing.ts';
import { Syncing } from './syncing.ts';
import { Triggers } from './triggers/triggers.ts';
import type { AgentHealth, AgentParts, BillResult, Caller, OrgHealth } from './types.ts';

export type {
  AgentHealth,
  AgentHooks,
  AgentParts,
  AgentSettings,
  BillResult,
  Caller,
  OrgCredential,
  OrgHealth,
  RequestHandler,
} from './types.ts';
export type { BackfillRange, BackfillResult } from './backfill/backfill.ts';
export type { DryRun, DryRunWish } from './dryRun.ts';
export type { OrgState } from './orgs/orgRegistry.ts';
export type { OrgSession } from './orgs/orgSession.ts';
export { resultBefore, type IntegrationReport, type SyncResult } from './report.ts';

/** A supervisor waits 10 seconds before it kills. */
const GRACE_MS = 8000;
const FIRST_SIGN_IN_MS = 5000;

function isFinal(error: Error): boolean {
  return error instanceof AuthenticationError || error instanceof SetupError;
}

/**
 * The agent: one m3ter organization, and every org that its credentials lead to. `start` lets it run by itself; without
 * it does single things, such as `sync`, and must be stopped all the same.
 */
export class Agent {
  readonly store: Store;
  readonly runtime: Runtime;
  readonly m3ter: M3terClient;
  readonly m3terOrgId: string;
  private readonly core: EngineCore;
  private triggers: Triggers | undefined;

  constructor(parts: AgentParts) {
    this.core = new EngineCore(parts, () => this.triggers);
    this.store = parts.store;
    this.runtime = this.core.runtime;
    this.m3ter = parts.m3ter;
    this.m3terOrgId = parts.m3terOrgId;
  }

  /** Set while the triggers run; null in a process that only does one thing. */
  get startedAt(): Date | null {
    return this.triggers?.startedAt ?? null;
  }

  /**
   * Lets the agent run. Orgs that cannot be reached now are tried again and again.
   *
   * @throws {AuthenticationError | SetupError} when every org refuses the agent at the very first sign-in
   */
  async start(): Promise<void> {
    if (this.triggers) return;
    await this.refuseHopeless();
    await this.core.startWork();
    this.triggers = new Triggers(this.core);
    await this.triggers.start();
  }

  /** Wrong settings show at once. An org that takes its time is waited for while the agent runs already. */
  private async refuseHopeless(): Promise<void> {
    const { registry } = this.core;
    const signedIn = registry.connect(true).catch(() => []);
    await Promise.race([signedIn, this.runtime.sleep(FIRST_SIGN_IN_MS).catch(() => undefined)]);
    const states = registry.states();
    const refused = states.flatMap((state) => ('error' in state && isFinal(state.error) ? [state.error] : []));
    const [first] = refused;
    if (first && refused.length === states.length) throw first;
  }

  /** Ends within ten seconds. What is not through by then is taken up at the next start. */
  async stop(graceMs = GRACE_MS): Promise<void> {
    await this.core.stop(graceMs);
    await this.triggers?.end();
  }

  /**
   * Takes in that Bills may have changed.
   *
   * @returns `full` when they have to be told again later
   */
  hint(billIds: readonly string[], source = 'webhook'): 'accepted' | 'full' {
    return this.triggers?.hint(billIds, source) ?? 'full';
  }

  /** Signs in to every org where that has not happened yet, and looks at its integrations. */
  async orgs(): Promise<readonly OrgState[]> {
    await this.core.registry.connect(true);
    return this.core.registry.states();
  }

  /** What is known of the orgs without asking them. */
  knownOrgs(): readonly OrgState[] {
    return this.core.registry.states();
  }

  /** The org, if the agent is signed in to it. */
  org(orgId: string): OrgSession | undefined {
    return this.core.registry.session(orgId);
  }

  /** Names of integrations by record id, as last read. */
  integrationNames(): ReadonlyMap<string, string> {
    const all = this.core.registry.all.flatMap(({ view }) => view.all);
    return new Map(all.map(({ id, name }) => [id, name]));
  }

  /**
   * Looks at every Bill for these integrations, or for all, tries again what failed before, and waits for the end.
   *
   * @throws what broke it off; `resultBefore(error)` tells what was done by then
   */
  sync(
    refs: readonly IntegrationRef[] | null,
    trigger: RunTrigger = 'MANUAL',
    caller: Caller = {},
  ): Promise<SyncResult> {
    return new Syncing(this.core, refs, caller).run(trigger);
  }

  /**
   * Sends Bills again though nothing changed, in one new batch, and waits for the end. Rules still apply.
   *
   * @param replayedFrom the key of the Run that is sent again
   */
  async push(
    ref: IntegrationRef,
    billIds: readonly string[],
    replayedFrom: string | null,
    caller: Caller = {},
  ): Promise<{ readonly runKey: string | null; readonly results: readonly BillResult[] }> {
    if (billIds.length === 0) return { runKey: null, results: [] };
    const session = await this.session(ref.orgId);
    await this.core.startWork();
    return new Pushing(this.core, session, ref, billIds, caller).run(replayedFrom);
  }

  /** What a full scan and its pushes would do; writes nothing. */
  async dryRun(refs: readonly IntegrationRef[] | null, wish: DryRunWish, caller: Caller = {}): Promise<DryRun> {
    return dryRun(this.core, refs, wish, caller);
  }

  /**
   * Sends the Bills of a range of dates, by bulk jobs where they are many, and waits for the end; or tells what that
   * would take.
   *
   * @throws {SetupError} when the integration is not ready
   */
  async backfill(
    ref: IntegrationRef,
    range: BackfillRange,
    way: 'preview' | 'any' | 'composite',
    caller: Caller = {},
  ): Promise<BackfillResult> {
    const session = await this.session(ref.orgId);
    const ready = session.ready(ref.integrationId);
    if (!ready) {
      const name = session.nameOf(ref.integrationId) ?? ref.integrationId;
      const idle = session.view.idle.find((each) => each.name === name);
      throw new SetupError(idle?.detail ?? `Integration ${name} is disabled. Enable it in Salesforce.`);
    }
    const backfill = new Backfill(this.core, session, ready, range, caller);
    return way === 'preview' ? backfill.preview() : backfill.run(way === 'any');
  }

  /** Has a backfill stop after what is under way. False when none is unfinished. */
  async pauseBackfill(ref: IntegrationRef): Promise<boolean> {
    const memory = new BackfillMemory(this.store.facts, ref);
    if (!(await memory.read())) return false;
    await memory.change({ isPaused: true });
    return true;
  }

  /** Looks again at the Bills that wait for this m3ter Account, because it was mapped. */
  async mappingAppeared(m3terAccountId: string): Promise<void> {
    for (const { orgId, view } of this.core.registry.all) {
      for (const { integration } of view.ready) {
        const ref = { orgId, integrationId: integration.id };
        const waiting = (await this.store.states.waiting(ref)).filter(
          (state) => state.m3terAccountId === m3terAccountId,
        );
        if (waiting.length === 0) continue;
        await this.core.push(
          ref,
          waiting.map(({ billId }) => billId),
        );
      }
    }
  }

  /** Looks at the integrations of an org at once, because one was changed. */
  async refresh(orgId: string): Promise<void> {
    const session = this.core.registry.session(orgId);
    // A process without triggers would take note of the change, and the agent that could act on it would not see it.
    if (!session || !this.triggers) return;
    this.triggers.hurry();
    await this.core.watch.pollAnew(session);
  }

  async health(): Promise<AgentHealth> {
    const { core, triggers } = this;
    return {
      startedAt: this.startedAt,
      orgs: core.registry.states().map((state) => this.orgHealth(state)),
      queue: await this.store.queue.depth(),
      hints: triggers?.pendingHints ?? 0,
      m3ter: {
        lastEventsPoll: triggers?.eventsPolledAt ?? null,
        detail: core.troubles.m3ter.reason?.message ?? null,
        apiCalls: this.m3ter.apiCalls,
      },
    };
  }

  private orgHealth(state: OrgState): OrgHealth {
    const nothing = { apiCallsUsed: null, apiCallLimit: null, apiBudget: null, apiCalls: 0 };
    if ('error' in state) {
      const { credentialName: credential, error } = state;
      const unknown = { orgId: null, lastPoll: null, pausedUntil: null };
      return { ...nothing, ...unknown, credential, isConnected: false, detail: error.message };
    }
    const { orgId, pause, view, connection } = state.org;
    const { used, limit, budget } = connection.usage ?? { used: null, limit: null, budget: null };
    return {
      credential: state.credentialName,
      orgId,
      isConnected: pause.reason === undefined,
      detail: pause.reason?.message ?? null,
      lastPoll: view.readAt.getTime() === 0 ? null : view.readAt,
      pausedUntil: pause.end,
      apiCallsUsed: used,
      apiCallLimit: limit,
      apiBudget: budget,
      apiCalls: connection.apiCalls,
    };
  }

  private async session(orgId: string): Promise<OrgSession> {
    await this.core.registry.connect(true);
    const session = this.core.registry.session(orgId);
    if (session) {
      await this.core.watch.lookAt(session);
      return session;
    }
    const [failed] = this.core.registry.states().flatMap((state) => ('error' in state ? [state.error] : []));
    throw failed ?? new Error(`No credential of the agent leads to org ${orgId}. See: m3ter-bills credential list`);
  }
}

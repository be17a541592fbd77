import { asError } from '../errors.ts';
import { checkIntegration } from '../rules/gates.ts';
import type { RunTrigger } from '../rules/records.ts';
import type { ConfiguredIntegration } from '../salesforce/controlPlane.ts';
import type { BatchCounts, IntegrationRef } from '../store/types.ts';
import type { EngineCore } from './core.ts';
import type { OrgSession } from './orgs/orgSession.ts';
import type { ReadyIntegration } from './orgs/orgView.ts';
import { takeClosedElsewhere } from './runs/closedElsewhere.ts';
import { keepResult, reportOf, type IdleIntegration, type SyncResult } from './report.ts';
import type { Caller } from './types.ts';
import type { Watch } from './runs/watches.ts';

const LOOK_MS = 500;

interface Part {
  readonly session: OrgSession;
  readonly ready: ReadyIntegration;
  readonly runKey: string;
}

/** One full scan of every Bill for some integrations, and the wait for its end. */
export class Syncing {
  private readonly core: EngineCore;
  private readonly refs: readonly IntegrationRef[] | null;
  private readonly caller: Caller;
  private readonly callsBefore: { readonly salesforce: number; readonly m3ter: number };
  private parts: Part[] = [];
  private idle: IdleIntegration[] = [];
  private counts = new Map<string, BatchCounts>();
  private isComplete = true;
  private error: Error | undefined;

  constructor(core: EngineCore, refs: readonly IntegrationRef[] | null, caller: Caller) {
    this.core = core;
    this.refs = refs;
    this.caller = caller;
    this.callsBefore = { salesforce: core.registry.apiCalls, m3ter: core.parts.m3ter.apiCalls };
  }

  /** @throws what broke the sync off; `resultBefore` tells what was done by then */
  async run(trigger: RunTrigger): Promise<SyncResult> {
    try {
      const sessions = await this.reach();
      await this.look(sessions);
      // Wrong access to m3ter must show even when no integration needs it yet.
      if (this.parts.length === 0) await this.core.askM3ter();
      else await this.scan(trigger);
      if (this.error) throw this.error;
      return this.result();
    } catch (error) {
      const thrown = asError(error);
      keepResult(thrown, { ...this.result(), isComplete: false });
      throw thrown;
    }
  }

  /** The orgs to sync. One that cannot be reached does not stop the others, and is told in the end. */
  private async reach(): Promise<OrgSession[]> {
    const { registry } = this.core;
    await registry.connect(true);
    const failed = registry.states().flatMap((state) => ('error' in state ? [state.error] : []));
    const wanted = this.refs && new Set(this.refs.map(({ orgId }) => orgId));
    const sessions = registry.all.filter(({ orgId }) => wanted?.has(orgId) ?? true);
    const [error] = wanted === null || sessions.length < wanted.size ? failed : [];
    if (error && sessions.length === 0) throw error;
    this.error = error;
    return sessions;
  }

  private async look(sessions: readonly OrgSession[]): Promise<void> {
    const { core, refs } = this;
    for (const session of sessions) {
      try {
        await core.watch.poll(session);
      } catch (error) {
        this.error ??= asError(error);
        continue;
      }
      const isWanted = (id: string): boolean =>
        refs?.some((ref) => ref.orgId === session.orgId && ref.integrationId === id) ?? true;
      const ready = session.view.ready.filter(({ integration }) => isWanted(integration.id));
      this.parts.push(...ready.map((each) => ({ session, ready: each, runKey: core.runtime.newId() })));
      const wanted = session.view.all.filter(({ id }) => isWanted(id));
      this.idle.push(...session.view.idle.filter((idle) => wanted.some(({ name }) => name === idle.name)));
      // Whoever names one that is disabled wants to know why nothing happens; else it is left out on purpose.
      if (refs) this.idle.push(...wanted.flatMap((integration) => disabledOne(session, integration)));
    }
  }

  private async scan(trigger: RunTrigger): Promise<void> {
    const { core, parts } = this;
    // While m3ter is known to be away nobody should wait for it.
    if (core.troubles.m3ter.reason) await core.askM3ter();
    await core.startWork();
    const watch = core.watches.open(parts.map(({ runKey }) => runKey));
    try {
      for (const [session, own] of Map.groupBy(parts, (part) => part.session)) {
        await this.request(session, own, trigger);
      }
      await this.end(watch);
      this.takeCounts(watch);
      const broken = parts.find((part) => !watch.closed.has(part.runKey) && watch.errorOf(part.session.orgId));
      if (broken) this.error ??= watch.errorOf(broken.session.orgId);
    } finally {
      core.watches.close(watch);
    }
  }

  private async request(session: OrgSession, parts: readonly Part[], trigger: RunTrigger): Promise<void> {
    const { core } = this;
    const { orgId } = session;
    const startedAt = core.runtime.now();
    const runKeys = Object.fromEntries(parts.map(({ ready, runKey }) => [ready.integration.id, runKey]));
    const integrationIds = parts.map(({ ready }) => ready.integration.id);
    // The scan first: it opens its batches too, so that a crash in between leaves none that nothing ends.
    await core.requestScan({ orgId, integrationIds, trigger, reason: 'sync', runKeys });
    for (const { ready, runKey } of parts) {
      const ref = { orgId, integrationId: ready.integration.id };
      await core.book.open({ ...ref, runKey, trigger, startedAt, replayedFrom: null, isScanned: false });
    }
  }

  /** Waits until the batches are closed, or nothing more happens to them for now. */
  private async end(watch: Watch): Promise<void> {
    const { core, caller } = this;
    const { runtime } = core;
    for (let isNews = true; ;) {
      this.tellProgress(watch);
      if (watch.isClosed) return;
      const isStopped = runtime.signal.aborted || caller.signal?.aborted === true;
      // While Bills come to an end there is nothing to look for.
      const mayBeStuck = !isNews || watch.unresolved > 0;
      if (isStopped || this.isBlocked(watch) || (mayBeStuck && (await this.isStuck(watch)))) {
        this.isComplete = watch.isClosed;
        return;
      }
      isNews = await watch.change(LOOK_MS, runtime.sleep).catch(() => false);
    }
  }

  private isBlocked(watch: Watch): boolean {
    return this.parts.every(({ runKey, session }) => watch.closed.has(runKey) || watch.errorOf(session.orgId));
  }

  /** Every Bill that is left has to be tried again later. */
  private async isStuck(watch: Watch): Promise<boolean> {
    await this.core.finish();
    if (watch.isClosed) return false;
    const { store } = this.core.parts;
    // In this process alone, Bills are only left over where it could not send them.
    if (store.kind === 'pglite' && watch.unresolved === 0) return false;
    const open = await takeClosedElsewhere(store.batches, watch);
    if (open.length === 0) return false;
    const pending = open.reduce((sum, batch) => sum + batch.pending, 0);
    return open.every(({ isScanned }) => isScanned) && pending > 0 && pending <= watch.unresolved;
  }

  private takeCounts(watch: Watch): void {
    this.counts = new Map(watch.closed);
    for (const { ready, runKey } of this.parts) {
      const others = watch.others.get(ready.integration.id) ?? {};
      const own = this.counts.get(runKey) ?? countsSoFar(watch, runKey);
      const sum = { ...own };
      for (const [key, count] of Object.entries(others)) sum[key] = (sum[key] ?? 0) + count;
      this.counts.set(runKey, sum);
    }
  }

  private tellProgress(watch: Watch): void {
    const { onProgress } = this.caller;
    if (!onProgress) return;
    const settled = watch.results.size - watch.unresolved;
    if (watch.results.size === 0) onProgress({ what: 'Reading Bills', done: watch.billsRead });
    else onProgress({ what: 'Sending Bills', done: settled });
  }

  private result(): SyncResult {
    const { core, callsBefore, idle, isComplete } = this;
    return {
      integrations: this.parts.map(({ ready, runKey }) =>
        reportOf(ready.integration.name, this.counts.get(runKey) ?? {}),
      ),
      apiCalls: {
        salesforce: Math.max(0, core.registry.apiCalls - callsBefore.salesforce),
        m3ter: core.parts.m3ter.apiCalls - callsBefore.m3ter,
      },
      idle,
      isComplete,
    };
  }
}

function disabledOne({ orgId }: OrgSession, integration: ConfiguredIntegration): IdleIntegration[] {
  if (integration.enabled) return [];
  const readiness = checkIntegration(integration, orgId, new Map());
  return readiness.ready ? [] : [{ name: integration.name, reason: readiness.reason, detail: readiness.detail }];
}

/** What became of the Bills of a batch that is not closed. */
function countsSoFar(watch: Watch, runKey: string): Record<string, number> {
  const counts: Record<string, number> = { billsRead: watch.billsRead };
  for (const result of watch.results.values()) {
    if (result.runKey !== runKey) continue;
    const key =
      result.code === null || result.outcome === 'waiting' ? result.outcome : `${result.outcome}.${result.code}`;
    counts[key] = (counts[key] ?? 0) + 1;
    counts['lineItems'] = (counts['lineItems'] ?? 0) + result.lineItems;
  }
  return counts;
}

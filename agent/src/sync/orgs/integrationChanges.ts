import { SUCCESSIVE_ERROR_LIMIT } from '../../rules/autoDisable.ts';
import type { ConfiguredIntegration } from '../../salesforce/controlPlane.ts';
import type { IntegrationRef, ScanRequest } from '../../store/types.ts';
import { disablingFact } from '../disabling.ts';
import type { EngineParts } from '../engineParts.ts';
import { knownState, noteState, readyWith, type KnownState } from './integrationFacts.ts';
import type { OrgRegistry } from './orgRegistry.ts';
import type { OrgSession } from './orgSession.ts';
import type { OrgView, ReadyIntegration } from './orgView.ts';

export interface IntegrationChangesParts extends EngineParts {
  readonly registry: OrgRegistry;
  /** False in a single sync, which looks at every Bill anyway. */
  readonly isSustained: () => boolean;
  /** Whether m3ter answers; why not, in a sentence. */
  readonly testM3ter: () => Promise<string | undefined>;
  readonly requestScan: (request: ScanRequest) => Promise<void>;
}

/** Acts on what people changed of integrations: rules, trigger, connection, enabled or not. */
export class IntegrationChanges {
  private readonly parts: IntegrationChangesParts;
  private readonly caughtUp = new WeakSet<OrgSession>();

  constructor(parts: IntegrationChangesParts) {
    this.parts = parts;
  }

  /**
   * Acts on what is different from what the agent last acted on. A single sync leaves changed rules to the agent that runs
   * by itself: it may look at other integrations only.
   *
   * @param changes those of the session when this look began
   * @param actedOn what the agent acted on before; undefined at the first look. Another process may have acted on a
   *   change while this one still wrote by the rules of before, or left Bills alone that it had to send
   */
  async follow(session: OrgSession, changes: number, actedOn: OrgView | undefined): Promise<void> {
    const { orgId, view } = session;
    const ready = byId(view);
    const last = actedOn && byId(actedOn);
    const changed: string[] = [];
    const unchanged: string[] = [];
    for (const integration of view.all) {
      const ref = { orgId, integrationId: integration.id };
      const own = ready.get(integration.id);
      const before = await knownState(this.parts.store.facts, ref);
      const now = stateOf(integration, own);
      // What the agent has just disabled itself may have been read before that: nobody enabled it.
      if (own && before === 'disabled' && session.changes !== changes) continue;
      if (own && (await this.isLeftEnabled(session, own, before))) continue;
      if (own && before === now && own.integration.triggerType === 'EVENT') unchanged.push(integration.id);
      const lastOwn = last?.get(integration.id);
      const isBehind = last && own && (!lastOwn || readyWith(lastOwn) !== now);
      if ((before === now && !isBehind) || (before === 'disabled' && now === 'idle')) continue;
      const wasDisabled = before === 'disabled' || (before === undefined && integration.disabledReason !== null);
      if (!own) await noteState(this.parts.store.facts, ref, now);
      else if (wasDisabled && !(await this.enable(session, own))) continue;
      else if (this.parts.isSustained()) changed.push(integration.id);
      else if (wasDisabled) await noteState(this.parts.store.facts, ref, 'idle');
    }
    await this.scan(session, changed, 'MANUAL', 'new rules');
    await this.catchUp(session, unchanged);
  }

  /** What happened while the agent was not there: once for each org that it signs in to. */
  private async catchUp(session: OrgSession, integrationIds: readonly string[]): Promise<void> {
    if (!this.parts.isSustained() || this.caughtUp.has(session)) return;
    await this.scan(session, integrationIds, 'EVENT', 'start');
    this.caughtUp.add(session);
  }

  /** The state is noted after the scan was queued, so that a kill in between queues it again. */
  private async scan(
    session: OrgSession,
    integrationIds: readonly string[],
    trigger: ScanRequest['trigger'],
    reason: string,
  ): Promise<void> {
    if (integrationIds.length === 0) return;
    const { orgId } = session;
    await this.parts.requestScan({ orgId, integrationIds, trigger, reason });
    for (const integrationId of integrationIds) {
      const ready = session.ready(integrationId);
      if (ready) await noteState(this.parts.store.facts, { orgId, integrationId }, readyWith(ready));
    }
  }

  /** An integration with too many errors that could not be disabled at once is disabled now. */
  private async isLeftEnabled(
    session: OrgSession,
    ready: ReadyIntegration,
    before: KnownState | undefined,
  ): Promise<boolean> {
    const { store, disabling } = this.parts;
    if (before === 'disabled') return false;
    const ref = { orgId: session.orgId, integrationId: ready.integration.id };
    const streak = await store.errors.get(ref);
    if (streak.count < SUCCESSIVE_ERROR_LIMIT) return false;
    if (await this.isDisabledElsewhere(ref)) return true;
    // Whoever met the tenth error may be about to disable it.
    return session.writing.runAlone(async () => {
      if ((await knownState(store.facts, ref)) !== 'disabled') {
        await disabling.disableForErrors(session, ready, streak);
      }
      return true;
    });
  }

  /** Another agent on the same store began to disable it a moment ago; should it have been killed, others do it later. */
  private async isDisabledElsewhere({ orgId, integrationId }: IntegrationRef): Promise<boolean> {
    const { store, runtime } = this.parts;
    const began = await store.facts.get(disablingFact(orgId, integrationId));
    return store.kind === 'postgres' && began !== undefined && isRecent(began, runtime.now());
  }

  /** Somebody enabled the integration: it must work before it may. False when it does not. */
  private async enable(session: OrgSession, { integration }: ReadyIntegration): Promise<boolean> {
    const { disabling, testM3ter } = this.parts;
    if (!(await this.isStillEnabled(session, integration))) return false;
    const why = await testM3ter();
    if (why !== undefined) {
      await disabling.refuseEnabling(session, integration, why);
      const all = session.view.all.map((each) => (each.id === integration.id ? { ...each, enabled: false } : each));
      session.look(all, this.parts.registry.credentialsOf(session.orgId), session.view.readAt);
      return false;
    }
    await disabling.clear(session, integration);
    return true;
  }

  /** Another agent on the same store may have disabled it after this one had read that it is enabled. */
  private async isStillEnabled(session: OrgSession, { id }: ConfiguredIntegration): Promise<boolean> {
    if (this.parts.store.kind !== 'postgres') return true;
    return (await session.control.readIntegrations()).some((now) => now.id === id && now.enabled);
  }
}

/** Disabling is a few calls to an org. */
const DISABLING_MS = 60_000;

function isRecent(began: string, now: Date): boolean {
  return now.getTime() - Date.parse(began) < DISABLING_MS;
}

function byId({ ready }: OrgView): ReadonlyMap<string, ReadyIntegration> {
  return new Map(ready.map((each) => [each.integration.id, each]));
}

function stateOf(integration: ConfiguredIntegration, ready: ReadyIntegration | undefined): KnownState {
  if (!integration.enabled) return 'disabled';
  return ready ? readyWith(ready) : 'idle';
}

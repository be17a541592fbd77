import { errorMessage } from '../../errors.ts';
import { SUCCESSIVE_ERROR_LIMIT } from '../../rules/autoDisable.ts';
import { integrationRecord } from '../../rules/controlRecords.ts';
import { connectionChange } from '../../rules/gates.ts';
import type { AccountKeys } from '../../rules/accountMatch.ts';
import type { SalesforceRecord } from '../../rules/records.ts';
import type { Heartbeat } from '../../rules/controlRecords.ts';
import type { Poll } from '../../salesforce/control/poll.ts';
import type { ConfiguredIntegration } from '../../salesforce/controlPlane.ts';
import type { IntegrationRef, ScanRequest } from '../../store/types.ts';
import { AccountChanges } from './accountChanges.ts';
import { disablingFact, type Notices } from '../disabling.ts';
import type { EngineParts } from '../engineParts.ts';
import { knownState, noteState, readyWith, type KnownState } from './integrationFacts.ts';
import type { OrgRegistry } from './orgRegistry.ts';
import type { OrgSession } from './orgSession.ts';
import { orgView, type OrgView, type ReadyIntegration } from './orgView.ts';

export interface OrgWatchParts extends EngineParts {
  readonly registry: OrgRegistry;
  readonly notices: Notices | undefined;
  /** Undefined where nobody needs to know that the agent lives, as in a single sync. */
  readonly heartbeat: (session: OrgSession) => Promise<Heartbeat | undefined>;
  /** False in a single sync, which looks at every Bill anyway. */
  readonly isSustained: () => boolean;
  /** Whether m3ter answers; why not, in a sentence. */
  readonly testM3ter: () => Promise<string | undefined>;
  readonly requestScan: (request: ScanRequest) => Promise<void>;
  readonly onAccounts: (session: OrgSession, changed: readonly AccountKeys[], isCut: boolean) => Promise<void>;
  readonly onRequests: (session: OrgSession, poll: Poll) => Promise<void>;
}

/** Integrations that were looked at longer ago are looked at before they work. */
const FRESH_MS = 10_000;
/** From this share of that time on the next look is taken beside the work, which then does not wait for it. */
const IN_GOOD_TIME = 0.7;

/** The org's clock may be behind this one's by so much. */
const CLOCKS_APART_MS = 5 * 60_000;

/** Looks at what people in an org want: integrations, requests, and Accounts that changed. */
export class OrgWatch {
  private readonly parts: OrgWatchParts;
  private readonly polls = new Map<OrgSession, Promise<void>>();
  private readonly accountChanges = new AccountChanges();
  private readonly caughtUp = new WeakSet<OrgSession>();
  /** The users to notify whose addresses were read, by org. */
  private readonly met = new Map<string, string>();

  constructor(parts: OrgWatchParts) {
    this.parts = parts;
  }

  /** One look; a call during another one shares it. Throws what the calls throw. */
  poll(session: OrgSession): Promise<void> {
    const running = this.polls.get(session);
    if (running) return running;
    const poll = this.look(session).finally(() => this.polls.delete(session));
    this.polls.set(session, poll);
    return poll;
  }

  /** A look that begins after this call: one that is under way may have missed what was just changed. */
  async pollAnew(session: OrgSession): Promise<void> {
    await this.polls.get(session)?.catch(() => undefined);
    await this.poll(session);
  }

  /** Looks unless somebody looked a short while ago; a running agent looks in good time, beside its work. */
  async lookAt(session: OrgSession, freshMs = FRESH_MS): Promise<void> {
    const { runtime, isSustained } = this.parts;
    const age = runtime.now().getTime() - session.view.readAt.getTime();
    if (age > freshMs || age < 0) await this.poll(session);
    else if (age > freshMs * IN_GOOD_TIME && isSustained()) {
      void this.poll(session).catch((error: unknown) => {
        runtime.logger.debug({ orgId: session.orgId }, `A look beside the work failed: ${errorMessage(error)}`);
      });
    }
  }

  /** The integrations as they are now, as if those that a person chose a credential for were connected; writes nothing. */
  async read(session: OrgSession): Promise<OrgView> {
    const { registry, runtime } = this.parts;
    const credentials = registry.credentialsOf(session.orgId);
    const integrations = (await session.control.readIntegrations()).map((integration) => {
      const change = connectionChange(integration, session.orgId, credentials);
      if (!change) return integration;
      return {
        ...integration,
        connectionStatus: change.status,
        pinnedOrgId: change.pinnedOrgId ?? integration.pinnedOrgId,
      };
    });
    return orgView(integrations, session.orgId, credentials, runtime.now());
  }

  private async look(session: OrgSession): Promise<void> {
    const { registry, runtime, heartbeat, troubles } = this.parts;
    await registry.tellCredentials(session);
    const [readAt, { changes }] = [runtime.now(), session];
    const since = this.accountChanges.since(session.orgId);
    const sign = await heartbeat(session);
    const poll = await session.control.poll({
      wantsAccountsSince: since ?? new Date(readAt.getTime() - CLOCKS_APART_MS),
      ...(sign === undefined ? {} : { heartbeat: sign }),
    });
    if (poll.heartbeatRefused !== undefined) {
      runtime.logger.warn({ orgId: session.orgId }, `Salesforce refused the heartbeat: ${poll.heartbeatRefused}`);
    }
    await troubles.orgWorks(session);
    const integrations = await this.connect(session, poll.integrations);
    const before = session.view;
    session.look(integrations, registry.credentialsOf(session.orgId), readAt);
    await this.follow(session, changes, before);
    await this.meet(session);
    await this.parts.onRequests(session, poll);
    await this.meetAccounts(session, poll, since !== undefined);
  }

  private async meetAccounts(session: OrgSession, poll: Poll, isFollowed: boolean): Promise<void> {
    const { accountsChanged: listed = [], hasMoreAccounts } = poll;
    // The first answer only tells where to begin.
    const changed = isFollowed ? this.accountChanges.ahead(session.orgId, listed) : [];
    const now = { changed, isCut: isFollowed && hasMoreAccounts };
    session.accountNews.tell(now);
    const { news, done } = session.accountNews.with(now);
    if (news.changed.length > 0 || news.isCut) await this.parts.onAccounts(session, news.changed, news.isCut);
    // Only now: Accounts that could not be acted on are read again.
    done();
    this.accountChanges.done(session.orgId, poll);
  }

  /** Connects and disconnects integrations as people chose, and gives them as they are then. */
  private async connect(
    session: OrgSession,
    integrations: readonly ConfiguredIntegration[],
  ): Promise<ConfiguredIntegration[]> {
    const { registry, runtime } = this.parts;
    const credentials = registry.credentialsOf(session.orgId);
    const records = new Map<string, SalesforceRecord>();
    const connected = integrations.map((integration) => {
      const change = connectionChange(integration, session.orgId, credentials);
      if (!change) return integration;
      const { status: connectionStatus, ...pin } = change;
      records.set(integration.id, integrationRecord({ connectionStatus, ...pin }, session.names));
      return { ...integration, connectionStatus, ...pin };
    });
    if (records.size === 0) return connected;
    for (const { code, message } of await session.control.write({ integrations: records })) {
      const fields = { code, orgId: session.orgId };
      runtime.logger.warn(fields, `Salesforce did not take the connection of an integration: ${message}`);
    }
    return connected;
  }

  /**
   * Acts on what is different from what the agent last acted on. A single sync leaves changed rules to the agent that runs
   * by itself: it may look at other integrations only.
   *
   * @param changes those of the session when this look began
   * @param seen what the agent worked by until now. Another process may have acted on a change while this one still wrote
   *   by the rules of before
   */
  private async follow(session: OrgSession, changes: number, seen: OrgView): Promise<void> {
    const { orgId, view } = session;
    const ready = byId(view);
    const workedBy = byId(seen);
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
      const worked = workedBy.get(integration.id);
      const isBehind = own !== undefined && worked !== undefined && readyWith(worked) !== now;
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

  private async meet({ orgId, view }: OrgSession): Promise<void> {
    const { notices, runtime } = this.parts;
    const users = new Set(view.all.flatMap(({ enabled, notificationUserIds }) => (enabled ? notificationUserIds : [])));
    const key = [...users].sort().join();
    if (!notices || key === '' || this.met.get(orgId) === key) return;
    this.met.set(orgId, key);
    await notices.meet(orgId, [...users]).catch((error: unknown) => {
      runtime.logger.debug({ orgId }, `The users to notify could not be read: ${errorMessage(error)}`);
    });
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

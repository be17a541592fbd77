import { errorMessage } from '../../errors.ts';
import { integrationRecord } from '../../rules/controlRecords.ts';
import { connectionChange } from '../../rules/gates.ts';
import type { AccountKeys } from '../../rules/accountMatch.ts';
import type { SalesforceRecord } from '../../rules/records.ts';
import type { Heartbeat } from '../../rules/controlRecords.ts';
import type { Poll } from '../../salesforce/control/poll.ts';
import type { ConfiguredIntegration } from '../../salesforce/controlPlane.ts';
import { AccountChanges } from './accountChanges.ts';
import { endAbandonedJobs } from '../backfill/abandonedJobs.ts';
import type { Notices } from '../disabling.ts';
import { IntegrationChanges, type IntegrationChangesParts } from './integrationChanges.ts';
import type { OrgSession } from './orgSession.ts';
import { orgView, type OrgView } from './orgView.ts';

export interface OrgWatchParts extends IntegrationChangesParts {
  readonly notices: Notices | undefined;
  /** Undefined where nobody needs to know that the agent lives, as in a single sync. */
  readonly heartbeat: (session: OrgSession) => Promise<Heartbeat | undefined>;
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
  private readonly integrationChanges: IntegrationChanges;
  private readonly accountChanges = new AccountChanges();
  private readonly actedOn = new WeakMap<OrgSession, OrgView>();
  /** Ids of orgs in which nothing goes on that a life before began. */
  private readonly tidied = new Set<string>();
  /** The users to notify whose addresses were read, by org. */
  private readonly met = new Map<string, string>();

  constructor(parts: OrgWatchParts) {
    this.parts = parts;
    this.integrationChanges = new IntegrationChanges(parts);
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
    const since = this.accountChanges.since(session.orgId, readAt);
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
    await this.tidy(session, integrations);
    session.look(integrations, registry.credentialsOf(session.orgId), readAt);
    await this.integrationChanges.follow(session, changes, this.actedOn.get(session));
    this.actedOn.set(session, session.view);
    await this.meet(session);
    await this.parts.onRequests(session, poll);
    await this.meetAccounts(session, poll, since !== undefined);
  }

  private async tidy(session: OrgSession, integrations: readonly ConfiguredIntegration[]): Promise<void> {
    const { store, runtime } = this.parts;
    // On a shared store another process may be at work on it.
    if (store.kind === 'postgres' || this.tidied.has(session.orgId)) return;
    const ids = integrations.map(({ id }) => id);
    await endAbandonedJobs(session, ids, { facts: store.facts, runtime });
    this.tidied.add(session.orgId);
  }

  private async meetAccounts(session: OrgSession, poll: Poll, isFollowed: boolean): Promise<void> {
    // The first answer only tells where to begin.
    const now = isFollowed ? this.accountChanges.ahead(session.orgId, poll) : { changed: [], isCut: false };
    session.accountNews.tell(now);
    const { news, done } = session.accountNews.with(now);
    if (news.changed.length > 0 || news.isCut) await this.parts.onAccounts(session, news.changed, news.isCut);
    // Only now: Accounts that could not be acted on are read again.
    done();
    this.accountChanges.done(session.orgId, poll, this.parts.runtime.now());
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

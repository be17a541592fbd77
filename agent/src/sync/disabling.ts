import { NO_ERRORS, type ErrorStreak } from '../rules/autoDisable.ts';
import { integrationRecord } from '../rules/controlRecords.ts';
import { eventKey, eventRecord, type SalesforceRecord } from '../rules/records.ts';
import { cutText } from '../rules/text.ts';
import type { DisabledNotice } from '../notify/notice.ts';
import type { Runtime } from '../runtime.ts';
import type { ConfiguredIntegration, Journal } from '../salesforce/controlPlane.ts';
import type { IntegrationRef, Store } from '../store/types.ts';
import type { BatchBook } from './runs/batchBook.ts';
import { noteState } from './orgs/integrationFacts.ts';
import type { OrgSession } from './orgs/orgSession.ts';
import type { ReadyIntegration } from './orgs/orgView.ts';
import { epochFact } from './pushes/pushEvents.ts';

/** Takes notices for people; `Notifier` of agent/src/notify is one. */
export interface Notices {
  /** Learns the addresses of users while their org can be asked. */
  meet(orgId: string, userIds: readonly string[]): Promise<void>;
  add(notice: DisabledNotice): Promise<void>;
  sendDue(): Promise<void>;
}

export interface DisablingParts {
  readonly store: Store;
  readonly runtime: Runtime;
  readonly book: BatchBook;
  readonly notices: Notices | undefined;
  /** Called when an org's integrations have to be looked at anew. */
  readonly onChanged: (session: OrgSession) => void;
}

/** Disables integrations after too many errors, and enables them anew (design section 6). */
export class Disabling {
  private readonly parts: DisablingParts;

  constructor(parts: DisablingParts) {
    this.parts = parts;
  }

  /**
   * Disables an integration: the org, its Event, its Runs under way, and a notice to those who want to know. Where the org
   * refuses it, the integration is as good as disabled, because its errors are counted, and the next look at it tries again.
   */
  async disableForErrors(session: OrgSession, ready: ReadyIntegration, streak: ErrorStreak): Promise<void> {
    const { store, runtime, book, onChanged } = this.parts;
    const { integration } = ready;
    session.changes += 1;
    const ref = { orgId: session.orgId, integrationId: integration.id };
    const last = streak.evidence.at(-1) ?? '';
    const reason = `${streak.count} successive errors. The last one: ${last}`;
    const open = (await store.batches.unfinished(ref.orgId)).filter(
      ({ integrationId }) => integrationId === ref.integrationId,
    );
    // A kill in between leaves an integration with too many errors that is enabled: the next look at it disables it.
    const disabledAt = (await this.beganAt(ref)) ?? (await this.begin(session, integration, streak, reason));
    const isDisabled = await this.write(session, integration, {
      reason,
      disabledAt,
      evidence: streak.evidence,
      parentRuns: open.map((batch) => book.disabledRun(session, batch, reason)),
      childRuns: await book.endedRuns(session, open, 'DISABLED'),
    });
    if (!isDisabled) return;
    for (const batch of open) await book.close(batch);
    runtime.logger.error(
      ref,
      `An integration was disabled after ${streak.count} successive errors. Its page in Salesforce shows them.`,
    );
    session.changes += 1;
    await noteState(store.facts, ref, 'disabled');
    onChanged(session);
  }

  /**
   * Keeps an integration disabled that a person enabled, because its connection test failed.
   *
   * @param why a sentence
   */
  async refuseEnabling(session: OrgSession, integration: ConfiguredIntegration, why: string): Promise<void> {
    const { store, runtime } = this.parts;
    const reason = `It was enabled, but the connection test failed: ${why}`;
    await this.write(session, integration, {
      reason,
      disabledAt: runtime.now(),
      evidence: [],
      parentRuns: [],
      childRuns: [],
    });
    await noteState(store.facts, { orgId: session.orgId, integrationId: integration.id }, 'disabled');
  }

  /** Begins to count anew, and takes the reason for which an integration was disabled away. */
  async clear(session: OrgSession, integration: ConfiguredIntegration): Promise<void> {
    const { store, runtime } = this.parts;
    const { orgId, names } = session;
    await store.errors.set({ orgId, integrationId: integration.id }, NO_ERRORS);
    await store.facts.set(epochFact(orgId, integration.id), runtime.now().toISOString());
    const { successiveErrors, disabledReason, disabledAt } = integration;
    if (successiveErrors === 0 && disabledReason === null && disabledAt === null) return;
    const change = { successiveErrors: 0, disabledReason: null, disabledAt: null };
    await this.told(session, { integrations: new Map([[integration.id, integrationRecord(change, names)]]) });
  }

  /** When it was first tried since the integration was enabled. */
  private async beganAt({ orgId, integrationId }: IntegrationRef): Promise<Date | undefined> {
    const { facts } = this.parts.store;
    const began = await facts.get(disablingFact(orgId, integrationId));
    const enabled = (await facts.get(epochFact(orgId, integrationId))) ?? '';
    return began !== undefined && began > enabled ? new Date(began) : undefined;
  }

  /** Tells people, once however often it has to be tried. */
  private async begin(
    session: OrgSession,
    integration: ConfiguredIntegration,
    streak: ErrorStreak,
    reason: string,
  ): Promise<Date> {
    const { store, runtime, notices } = this.parts;
    const now = runtime.now();
    await notices?.add(await this.notice(session, integration, streak, reason, now));
    await store.facts.set(disablingFact(session.orgId, integration.id), now.toISOString());
    return now;
  }

  /** The integration itself comes last: a kill before it leaves one that is enabled, and is disabled again. */
  private async write(
    session: OrgSession,
    { id, name }: ConfiguredIntegration,
    { reason, disabledAt, evidence, parentRuns, childRuns }: DisabledRecords,
  ): Promise<boolean> {
    const { names } = session;
    const change = { enabled: false, disabledReason: reason, disabledAt };
    const eventName = 'integration.disabled.error';
    const lines = evidence.map((line) => `- ${line}`).join('\n');
    const event = {
      key: eventKey(id, eventName, disabledAt.toISOString()),
      integrationId: id,
      eventName,
      eventTime: disabledAt,
      message: `The integration ${name} was disabled: ${reason} Remove the causes, then enable it.\n${lines}`.trim(),
    } as const;
    await this.told(session, { parentRuns, childRuns, events: [eventRecord(event, names)] });
    return this.told(session, { integrations: new Map([[id, integrationRecord(change, names)]]) });
  }

  /** Whether the org took all of it. */
  private async told({ control, orgId }: OrgSession, journal: Journal): Promise<boolean> {
    const refusals = await control.write(journal);
    for (const { code, message } of refusals) {
      const text = `Salesforce refused to hold that an integration was disabled or enabled: ${message}`;
      this.parts.runtime.logger.error({ code, orgId }, text);
    }
    return refusals.length === 0;
  }

  private async notice(
    { orgId, connection }: OrgSession,
    { id, name, notificationUserIds }: ConfiguredIntegration,
    { evidence }: ErrorStreak,
    reason: string,
    disabledAt: Date,
  ): Promise<DisabledNotice> {
    return {
      kind: 'disabled',
      orgId,
      integrationId: id,
      integrationName: name,
      recordUrl: `${await connection.origin()}/${id}`,
      disabledAt: disabledAt.toISOString(),
      reason: cutText(reason, NOTICE_LENGTH),
      errors: [...evidence],
      userIds: [...notificationUserIds],
    };
  }
}

const NOTICE_LENGTH = 500;

/** Names the fact that holds when an agent first tried to disable an integration, since it was last enabled. */
export function disablingFact(orgId: string, integrationId: string): string {
  return `disabling ${orgId} ${integrationId}`;
}

interface DisabledRecords {
  readonly reason: string;
  readonly disabledAt: Date;
  readonly evidence: readonly string[];
  readonly parentRuns: readonly SalesforceRecord[];
  readonly childRuns: readonly SalesforceRecord[];
}

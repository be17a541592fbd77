import { createHash } from 'node:crypto';
import { remedyOf } from '../../errorCatalogue.ts';
import { NO_ERRORS, extendStreak, type StreakOutcome, type StreakResult } from '../../rules/autoDisable.ts';
import { sourceVersion } from '../../rules/changeToken.ts';
import { childRunKey, eventKey, eventRecord, type EventInput, type SalesforceRecord } from '../../rules/records.ts';
import type { Names } from '../../rules/names.ts';
import type { EventDigestStore, FactStore } from '../../store/types.ts';
import type { PushResult, Settled } from './pushResult.ts';

/** An Event of a Bill, and whether the org knows it. */
interface NotedEvent {
  readonly input: EventInput;
  readonly digest: string;
  /** The org was not told this yet. */
  readonly isFresh: boolean;
  /** Not counted yet since the integration was enabled. */
  readonly isNew: boolean;
  /** The org holds it already, perhaps as acted on. */
  readonly isReopened: boolean;
}

export interface EventContext {
  readonly orgId: string;
  readonly integrationId: string;
  readonly store: { readonly events: Pick<EventDigestStore, 'digests'>; readonly facts: Pick<FactStore, 'get'> };
  readonly now: Date;
}

/**
 * The Events that results of Bills make. The same Event is written once, until its message changes or the integration
 * is enabled anew; what failed again just as before makes none.
 */
export class PushEvents {
  private readonly noted: ReadonlyMap<Settled, NotedEvent>;

  private constructor(noted: ReadonlyMap<Settled, NotedEvent>) {
    this.noted = noted;
  }

  static async of(entries: readonly Settled[], context: EventContext): Promise<PushEvents> {
    const inputs = new Map<Settled, EventInput>();
    for (const entry of entries) {
      const input = eventOf(entry, context);
      if (input) inputs.set(entry, input);
    }
    if (inputs.size === 0) return new PushEvents(new Map());
    const epoch = (await context.store.facts.get(epochFact(context.orgId, context.integrationId))) ?? '';
    const keys = [...new Set([...inputs.values()].map(({ key }) => key))];
    const known = new Map(await context.store.events.digests(context.orgId, keys));
    const noted = new Map<Settled, NotedEvent>();
    for (const [entry, input] of inputs) {
      const before = known.get(input.key);
      const digest = digestOf(epoch, input.message);
      const isNew = before === undefined || epochOf(before) !== epoch;
      noted.set(entry, {
        input,
        digest,
        isNew,
        isFresh: before !== digest || entry.isForced,
        isReopened: before !== undefined,
      });
      known.set(input.key, digest);
    }
    return new PushEvents(noted);
  }

  /** The count of successive errors after these entries, in their order. */
  streak(entries: readonly Settled[], before = NO_ERRORS): StreakResult {
    const outcomes = entries.map((entry): StreakOutcome => {
      if (entry.result.kind === 'sent') return { kind: 'sent' };
      const event = this.noted.get(entry);
      if (!event) return { kind: 'neutral' };
      return { kind: 'error', isNew: event.isNew, evidence: `${event.input.eventName}: ${event.input.message}` };
    });
    return extendStreak(before, outcomes);
  }

  /** Whether the Event of an entry is written: nothing like it was, since the integration was enabled. */
  isFresh(entry: Settled): boolean {
    return this.noted.get(entry)?.isFresh === true;
  }

  /** The records to write for these entries; an Event comes back to the list of those to act on. */
  records(entries: readonly Settled[], names: Names): SalesforceRecord[] {
    const reopened = { [names.event.Actioned__c]: false, [names.event.Actioned_At__c]: null };
    const records = new Map<string, SalesforceRecord>();
    for (const { input, isFresh, isReopened } of this.of(entries)) {
      if (isFresh) records.set(input.key, { ...eventRecord(input, names), ...(isReopened ? reopened : {}) });
    }
    return [...records.values()];
  }

  /** To be remembered once the records were written. */
  digests(entries: readonly Settled[]): Map<string, string> {
    return new Map(this.of(entries).map(({ input, digest }) => [input.key, digest]));
  }

  private of(entries: readonly Settled[]): NotedEvent[] {
    return entries.flatMap((entry) => this.noted.get(entry) ?? []);
  }
}

/** Names the fact that holds since when an integration is enabled: what failed before counts anew after it. */
export function epochFact(orgId: string, integrationId: string): string {
  return `enabled ${orgId} ${integrationId}`;
}

function digestOf(epoch: string, message: string): string {
  return `${epoch}|${createHash('sha256').update(message).digest('hex')}`;
}

function epochOf(digest: string): string {
  return digest.split('|')[0] ?? '';
}

function eventOf({ bill, batch, result }: Settled, { integrationId, now }: EventContext): EventInput | undefined {
  const about = {
    integrationId,
    eventTime: now,
    ...(bill.accountId ? { m3terAccountId: bill.accountId } : {}),
    ...(bill.accountCode ? { m3terAccountCode: bill.accountCode } : {}),
  };
  if (result.kind === 'waiting') {
    const eventName = 'integration.missingaccountmapping.error';
    const key = eventKey(integrationId, eventName, bill.accountId ?? bill.id);
    return { ...about, key, eventName, message: result.detail };
  }
  if (result.kind !== 'failed' || !result.isFinal) return undefined;
  const { eventName, code, message, subject = [bill.id, sourceVersion(bill)], exists } = result;
  return {
    ...about,
    key: eventKey(integrationId, eventName, ...subject),
    eventName,
    message: `${code}: ${asSentence(message)} ${remedyOf(code, message) ?? ''}`.trim(),
    ...(hasRun(result) ? { runKey: childRunKey(batch.runKey, bill.id) } : {}),
    bill: { id: bill.id, exists },
  };
}

function asSentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}

/** A filter that does not parse is one trouble, not one for each Bill. */
export function hasRun(result: PushResult): boolean {
  return !(result.kind === 'failed' && result.code === 'FILTER_SYNTAX');
}

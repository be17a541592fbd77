import { uuidOf } from '../data/random.ts';
import type { Store } from './store.ts';

/** The names of the events that local m3ter makes. */
export const EVENT_NAMES = [
  'billing.bill.created',
  'billing.bill.deleted',
  'billing.bill.updated',
  'billing.billjob.created',
  'billing.billjob.updated',
  'billing.statementjob.created',
  'billing.statementjob.updated',
  'configuration.account.created',
  'configuration.account.deleted',
  'configuration.account.updated',
] as const;

export type EventName = (typeof EVENT_NAMES)[number];

/** JSON texts of an entity after and before a change. */
export interface Change {
  newDto?: string;
  oldDto?: string;
}

/**
 * Records that an entity changed. These events ask nobody to act, so they count as actioned from the start: m3ter's
 * contract requires `dtActioned` on every event.
 */
export function recordEvent(
  store: Pick<Store, 'events' | 'nextTurn' | 'announce'>,
  name: EventName,
  change: Change,
  resourceId: string,
  accountId: string | undefined,
  time: Date,
): void {
  const id = uuidOf('event', name, resourceId, time.toISOString(), store.nextTurn());
  const at = time.toISOString();
  const dtos = Object.entries(change).map(([key, text]) => `${JSON.stringify(key)}:${text}`);
  const document = `{"id":"${id}","eventName":"${name}","eventTime":"${at}","dtActioned":"${at}","m3terEvent":{"eventData":{${dtos.join(',')}}}}`;
  store.events.insert({
    id,
    document,
    event_name: name,
    account_id: accountId ?? null,
    resource_id: resourceId,
    event_time: at,
  });
  store.announce({ name, document });
}

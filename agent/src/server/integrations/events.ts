import { EVENT_NAMES } from '../../rules/records.ts';
import type { EventFilter, EventRow } from '../../salesforce/control/events.ts';
import { isRecordId } from '../../salesforce/soql.ts';
import { DESTINATION, ENTITY_TYPE } from './configs.ts';
import type { Found } from './gateway.ts';
import { EventData, type EventResponse } from './schemas.ts';

/** m3ter's type of the Events that an integration writes. */
export const EVENT_TYPE = 'IntegrationEvent';

/** An Event of an org in m3ter's shape. */
export function toEventAnswer({ org, row }: Found<EventRow>): EventResponse {
  const given = {
    message: row.message,
    entityId: row.m3terBillId,
    integrationConfigId: row.integrationId,
    integrationRunId: row.runId,
    accountId: row.m3terAccountId,
    accountCode: row.m3terAccountCode,
  };
  const known = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== null));
  const newDto = { id: row.id, entityType: ENTITY_TYPE, ...known, destination: DESTINATION, destinationId: org.orgId };
  return {
    id: row.id,
    eventName: row.eventName,
    eventTime: (row.eventTime ?? row.createdAt ?? new Date(0)).toISOString(),
    m3terEvent: { eventData: { newDto } },
    dtActioned: row.actioned ? (row.actionedAt ?? row.createdAt ?? new Date(0)).toISOString() : null,
  };
}

export interface EventQuery {
  readonly eventName?: string | null;
  readonly eventType?: string;
  readonly accountId?: string;
  readonly resourceId?: string | null;
  readonly notificationId?: string;
  readonly notificationCode?: string;
  readonly includeActioned?: boolean;
  readonly ids?: readonly string[];
}

/**
 * The filter for m3ter's query; undefined when no Event of an integration can fit. `ids` excludes the other filters, as
 * m3ter says; a resource is a Bill by its m3ter id or an integration by its record id.
 */
export function toEventFilter(query: EventQuery): EventFilter | undefined {
  if (query.ids) return { ids: query.ids };
  if (query.eventType && query.eventType !== EVENT_TYPE) return undefined;
  if (query.notificationId || query.notificationCode) return undefined;
  const { eventName, accountId, resourceId } = query;
  return {
    ...(eventName ? { eventName } : {}),
    ...(accountId ? { m3terAccountId: accountId } : {}),
    ...(resourceId ? resource(resourceId) : {}),
    ...(query.includeActioned ? {} : { actioned: false }),
  };
}

function resource(id: string): Pick<EventFilter, 'integrationId' | 'm3terBillIds'> {
  return isRecordId(id) ? { integrationId: id } : { m3terBillIds: [id] };
}

/** The fields of each kind of Event, as filters of m3ter name them. All are texts. */
export function eventFields(eventName?: string): Record<string, Record<string, string>> {
  const fields = Object.fromEntries(Object.keys(EventData.properties).map((field) => [`new.${field}`, 'string']));
  const names = EVENT_NAMES.filter((name) => eventName === undefined || name === eventName);
  return Object.fromEntries(names.map((name) => [name, fields]));
}

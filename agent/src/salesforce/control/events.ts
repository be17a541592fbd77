import type { Names } from '../../rules/names.ts';
import { instantOf, parentOf, textOf, type QueryRow } from '../soql.ts';
import { equals, oneOf, select, type HistoryFilter } from './paging.ts';

/** An Event as the org holds it. */
export interface EventRow {
  readonly id: string;
  /** Such as EVT-000042. */
  readonly name: string;
  readonly key: string;
  readonly eventName: string;
  readonly eventTime: Date | null;
  readonly message: string | null;
  readonly actioned: boolean;
  readonly actionedAt: Date | null;
  readonly integrationId: string | null;
  readonly integrationName: string | null;
  readonly runId: string | null;
  readonly billRecordId: string | null;
  readonly m3terBillId: string | null;
  readonly m3terAccountId: string | null;
  readonly m3terAccountCode: string | null;
  readonly createdAt: Date | null;
}

export interface EventFilter extends HistoryFilter {
  readonly eventName?: string;
  /** Default: both. */
  readonly actioned?: boolean;
  readonly m3terAccountId?: string;
  readonly runId?: string;
}

export function eventsQuery(filter: EventFilter, { event }: Names): string {
  const fields = [
    'Name',
    event.Event_Key__c,
    event.Event_Name__c,
    event.Event_Time__c,
    event.Message__c,
    event.Actioned__c,
    event.Actioned_At__c,
    event.Integration__c,
    `${event.Integration__r}.Name`,
    event.Run__c,
    event.Bill__c,
    event.M3ter_Bill_Id__c,
    event.M3ter_Account_Id__c,
    event.M3ter_Account_Code__c,
  ];
  return select(event.object, fields, filter, [
    ...equals(event.Integration__c, filter.integrationId),
    ...oneOf(event.M3ter_Bill_Id__c, filter.m3terBillIds),
    ...equals(event.Event_Name__c, filter.eventName),
    ...equals(event.M3ter_Account_Id__c, filter.m3terAccountId),
    ...equals(event.Run__c, filter.runId),
    ...(filter.actioned === undefined ? [] : [`${event.Actioned__c} = ${filter.actioned}`]),
  ]);
}

export function toEvent(row: QueryRow, { event }: Names): EventRow {
  return {
    id: textOf(row, 'Id') ?? '',
    name: textOf(row, 'Name') ?? '',
    key: textOf(row, event.Event_Key__c) ?? '',
    eventName: textOf(row, event.Event_Name__c) ?? '',
    eventTime: instantOf(row, event.Event_Time__c),
    message: textOf(row, event.Message__c),
    actioned: row[event.Actioned__c] === true,
    actionedAt: instantOf(row, event.Actioned_At__c),
    integrationId: textOf(row, event.Integration__c),
    integrationName: textOf(parentOf(row, event.Integration__r), 'Name'),
    runId: textOf(row, event.Run__c),
    billRecordId: textOf(row, event.Bill__c),
    m3terBillId: textOf(row, event.M3ter_Bill_Id__c),
    m3terAccountId: textOf(row, event.M3ter_Account_Id__c),
    m3terAccountCode: textOf(row, event.M3ter_Account_Code__c),
    createdAt: instantOf(row, 'CreatedDate'),
  };
}

import type { Names } from '../../rules/names.ts';
import { instantOf, numberOf, parentOf, quoteList, textOf, type QueryRow } from '../soql.ts';
import { equals, oneOf, select, type HistoryFilter } from './paging.ts';

/** A Run as the org holds it: of a batch, or with `parentRunId` of one Bill. */
export interface RunRow {
  readonly id: string;
  /** Such as RUN-000042. */
  readonly name: string;
  readonly key: string;
  readonly integrationId: string | null;
  readonly integrationName: string | null;
  readonly parentRunId: string | null;
  readonly replayedFromId: string | null;
  readonly billRecordId: string | null;
  /** The Bill's name in the org. */
  readonly billReference: string | null;
  readonly m3terBillId: string | null;
  readonly sourceVersion: number | null;
  readonly status: string;
  readonly trigger: string | null;
  readonly startedAt: Date | null;
  readonly completedAt: Date | null;
  readonly billsRead: number | null;
  readonly billsSent: number | null;
  readonly billsSkipped: number | null;
  readonly billsWaiting: number | null;
  readonly billsFailed: number | null;
  /** JSON: counts by reason. */
  readonly skippedByReason: string | null;
  readonly lineItemsSent: number | null;
  readonly apiCalls: number | null;
  readonly errorCode: string | null;
  readonly error: string | null;
  readonly createdAt: Date | null;
  readonly createdById: string | null;
  readonly modifiedAt: Date | null;
  readonly modifiedById: string | null;
}

export interface RunFilter extends HistoryFilter {
  readonly keys?: readonly string[];
  readonly status?: string;
  readonly trigger?: string;
  /** `batches`: only Runs of batches; `bills`: only Runs of Bills; a record id: the Runs of Bills of that batch. */
  readonly level?: 'batches' | 'bills' | { readonly parentRunId: string };
}

export function runsQuery(filter: RunFilter, { run, bill }: Names): string {
  const fields = [
    'Name',
    'CreatedById',
    'LastModifiedDate',
    'LastModifiedById',
    run.Run_Key__c,
    run.Integration__c,
    `${run.Integration__r}.Name`,
    run.Parent_Run__c,
    run.Replayed_From__c,
    run.Bill__c,
    `${run.Bill__r}.${bill.Name}`,
    run.M3ter_Bill_Id__c,
    run.Source_Version__c,
    run.Status__c,
    run.Trigger__c,
    run.Started__c,
    run.Completed__c,
    run.Bills_Read__c,
    run.Bills_Sent__c,
    run.Bills_Skipped__c,
    run.Bills_Waiting__c,
    run.Bills_Failed__c,
    run.Skipped_By_Reason__c,
    run.Line_Items_Sent__c,
    run.API_Calls__c,
    run.Error_Code__c,
    run.Error__c,
  ];
  const { level } = filter;
  return select(run.object, fields, filter, [
    ...oneOf(run.Run_Key__c, filter.keys),
    ...equals(run.Integration__c, filter.integrationId),
    ...oneOf(run.M3ter_Bill_Id__c, filter.m3terBillIds),
    ...equals(run.Status__c, filter.status),
    ...equals(run.Trigger__c, filter.trigger),
    ...(level === 'batches' ? [`${run.Parent_Run__c} = null`] : []),
    ...(level === 'bills' ? [`${run.Parent_Run__c} != null`] : []),
    ...(typeof level === 'object' ? equals(run.Parent_Run__c, level.parentRunId) : []),
  ]);
}

/** A Run of one Bill, by its key and that of its batch. */
export interface ChildRunKey {
  readonly key: string;
  readonly parentKey: string;
  readonly billId: string;
}

/** Statuses of Runs that something still has to happen to. A Bill that waits for an Account has come to an end. */
const OPEN = ['STARTED', 'AWAITING_RETRY', 'RATE_LIMIT_RETRY'];

/** The query for Runs of Bills that are not at their end, below Runs of batches. */
export function openChildRunsQuery(parentKeys: readonly string[], { run }: Names): string {
  const parentKey = `${run.Parent_Run__r}.${run.Run_Key__c}`;
  return (
    `SELECT Id, ${run.Run_Key__c}, ${run.M3ter_Bill_Id__c}, ${parentKey} FROM ${run.object} ` +
    `WHERE ${parentKey} IN (${quoteList(parentKeys)}) AND ${run.Status__c} IN (${quoteList(OPEN)}) ORDER BY Id`
  );
}

/**
 * The query for Runs of batches without an end, and for those with one, or Runs of their Bills, that say again that they
 * wait; the newest first.
 */
export function unendedRunsQuery({ run }: Names): string {
  const { Parent_Run__c: parent, Parent_Run__r: parentRow, Completed__c: completed, Status__c: status } = run;
  const waits = `${status} IN (${quoteList([...OPEN, 'AUTH_FAILED'])})`;
  return (
    `SELECT Id, ${run.Run_Key__c}, ${parentRow}.${run.Run_Key__c} FROM ${run.object} ` +
    `WHERE (${parent} = null AND (${completed} = null OR ${waits})) ` +
    `OR (${parentRow}.${completed} != null AND ${status} IN (${quoteList(OPEN)})) ` +
    `ORDER BY ${run.Started__c} DESC LIMIT ${MOST_UNENDED}`
  );
}

/** More than these is nothing that a lost answer leaves behind. */
const MOST_UNENDED = 200;

export function toChildRunKey(row: QueryRow, { run }: Names): ChildRunKey {
  return {
    key: textOf(row, run.Run_Key__c) ?? '',
    parentKey: textOf(parentOf(row, run.Parent_Run__r), run.Run_Key__c) ?? '',
    billId: textOf(row, run.M3ter_Bill_Id__c) ?? '',
  };
}

export function toRun(row: QueryRow, { run, bill }: Names): RunRow {
  return {
    id: textOf(row, 'Id') ?? '',
    name: textOf(row, 'Name') ?? '',
    key: textOf(row, run.Run_Key__c) ?? '',
    integrationId: textOf(row, run.Integration__c),
    integrationName: textOf(parentOf(row, run.Integration__r), 'Name'),
    parentRunId: textOf(row, run.Parent_Run__c),
    replayedFromId: textOf(row, run.Replayed_From__c),
    billRecordId: textOf(row, run.Bill__c),
    billReference: textOf(parentOf(row, run.Bill__r), bill.Name),
    m3terBillId: textOf(row, run.M3ter_Bill_Id__c),
    sourceVersion: numberOf(row, run.Source_Version__c),
    status: textOf(row, run.Status__c) ?? '',
    trigger: textOf(row, run.Trigger__c),
    startedAt: instantOf(row, run.Started__c),
    completedAt: instantOf(row, run.Completed__c),
    billsRead: numberOf(row, run.Bills_Read__c),
    billsSent: numberOf(row, run.Bills_Sent__c),
    billsSkipped: numberOf(row, run.Bills_Skipped__c),
    billsWaiting: numberOf(row, run.Bills_Waiting__c),
    billsFailed: numberOf(row, run.Bills_Failed__c),
    skippedByReason: textOf(row, run.Skipped_By_Reason__c),
    lineItemsSent: numberOf(row, run.Line_Items_Sent__c),
    apiCalls: numberOf(row, run.API_Calls__c),
    errorCode: textOf(row, run.Error_Code__c),
    error: textOf(row, run.Error__c),
    createdAt: instantOf(row, 'CreatedDate'),
    createdById: textOf(row, 'CreatedById'),
    modifiedAt: instantOf(row, 'LastModifiedDate'),
    modifiedById: textOf(row, 'LastModifiedById'),
  };
}

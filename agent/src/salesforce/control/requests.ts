import type { Names } from '../../rules/names.ts';
import { instantOf, parentOf, textOf, type QueryRow } from '../soql.ts';

export const REQUEST_TYPES = [
  'SYNC_NOW',
  'RESEND_BILL',
  'REPLAY_RUN',
  'CREATE_EXTERNAL_MAPPING',
  'TEST_CREDENTIAL',
  'PREVIEW_FILTER',
  'DRY_RUN',
  'SUGGEST_ACCOUNTS',
  'ENABLE_INTEGRATION',
  'OPEN_STATEMENT',
] as const;
export type RequestType = (typeof REQUEST_TYPES)[number];

/** Something a person in Salesforce asks of the agent. What it is about is null when the person did not say. */
export interface SyncRequest {
  readonly id: string;
  /** Such as REQ-000042. */
  readonly name: string;
  /** A `RequestType`, unless a newer package knows more of them than this agent. */
  readonly type: string;
  readonly status: 'NEW' | 'RUNNING';
  readonly integrationId: string | null;
  readonly billRecordId: string | null;
  readonly m3terBillId: string | null;
  readonly runId: string | null;
  readonly runKey: string | null;
  /** The agent's name of the credential. */
  readonly credentialKey: string | null;
  readonly accountRecordId: string | null;
  readonly accountFilter: string | null;
  /** JSON of settings that are not saved, as `readDraftSettings` reads it. */
  readonly draftSettings: string | null;
  readonly m3terAccountId: string | null;
  readonly externalId: string | null;
  readonly requestedById: string | null;
  readonly createdAt: Date | null;
  readonly startedAt: Date | null;
  /** Of RUNNING: who has it, as the agent said when it took it. */
  readonly claim: string | null;
}

/** Requests of one answer; more wait for the next one. */
const MOST_REQUESTS = 100;

/** The query for the requests that are not finished, the oldest first. */
export function requestsQuery({ request, bill, run, credential }: Names): string {
  const fields = [
    'Id',
    'Name',
    'CreatedById',
    'CreatedDate',
    request.Type__c,
    request.Status__c,
    request.Integration__c,
    request.Bill__c,
    `${request.Bill__r}.${bill.M3ter_Bill_Id__c}`,
    request.Run__c,
    `${request.Run__r}.${run.Run_Key__c}`,
    `${request.Credential__r}.${credential.Credential_Key__c}`,
    request.Account__c,
    request.Account_Filter__c,
    request.Draft_Settings__c,
    request.M3ter_Account_Id__c,
    request.External_Id__c,
    request.Result_Data__c,
    request.Started__c,
  ];
  return (
    `SELECT ${fields.join(', ')} FROM ${request.object} WHERE ${request.Status__c} IN ('NEW','RUNNING') ` +
    `ORDER BY CreatedDate, Id LIMIT ${MOST_REQUESTS}`
  );
}

export function toRequest(row: QueryRow, { request, bill, run, credential }: Names): SyncRequest {
  return {
    id: textOf(row, 'Id') ?? '',
    name: textOf(row, 'Name') ?? '',
    type: textOf(row, request.Type__c) ?? '',
    status: row[request.Status__c] === 'RUNNING' ? 'RUNNING' : 'NEW',
    integrationId: textOf(row, request.Integration__c),
    billRecordId: textOf(row, request.Bill__c),
    m3terBillId: textOf(parentOf(row, request.Bill__r), bill.M3ter_Bill_Id__c),
    runId: textOf(row, request.Run__c),
    runKey: textOf(parentOf(row, request.Run__r), run.Run_Key__c),
    credentialKey: textOf(parentOf(row, request.Credential__r), credential.Credential_Key__c),
    accountRecordId: textOf(row, request.Account__c),
    accountFilter: textOf(row, request.Account_Filter__c),
    draftSettings: textOf(row, request.Draft_Settings__c),
    m3terAccountId: textOf(row, request.M3ter_Account_Id__c),
    externalId: textOf(row, request.External_Id__c),
    requestedById: textOf(row, 'CreatedById'),
    createdAt: instantOf(row, 'CreatedDate'),
    startedAt: instantOf(row, request.Started__c),
    claim: claimIn(textOf(row, request.Result_Data__c)),
  };
}

/** What the agent writes into the result of a request while it works on it. */
export function claimText(claim: string): string {
  return JSON.stringify({ claim });
}

export function claimIn(text: string | null): string | null {
  try {
    const { claim } = JSON.parse(text ?? '{}') as { claim?: unknown };
    return typeof claim === 'string' ? claim : null;
  } catch {
    return null;
  }
}

import { CREDENTIAL_FIELDS, INTEGRATION_FIELDS, REQUEST_FIELDS } from './fields.ts';
import type { FieldValue } from './fieldValue.ts';
import type { SortLineItemsBy, TriggerType } from './integration.ts';
import type { Names } from './names.ts';
import type { SalesforceRecord } from './records.ts';
import { cutText, jsonText } from './text.ts';

/** NOT_CONNECTED: no credential. REJECTED: the org or m3ter refuses the credential. */
export type ConnectionStatus = 'NOT_CONNECTED' | 'CONNECTED' | 'REJECTED';

/** Values of an Integration Configuration to write. What is left out stays as it is. */
export interface IntegrationChange {
  readonly name?: string;
  readonly enabled?: boolean;
  readonly triggerType?: TriggerType;
  readonly accountIds?: readonly string[];
  readonly restrictedAccountIds?: readonly string[];
  readonly accountFilter?: string;
  readonly onlySendBillOnApproval?: boolean;
  readonly useExternalMappingAccountCode?: boolean;
  readonly excludedLineItemTypes?: readonly string[];
  readonly sortLineItemsBy?: SortLineItemsBy;
  readonly notificationUserIds?: readonly string[];
  /** The agent's name of a credential that the org holds a row of; null takes the credential away. */
  readonly credentialKey?: string | null;
  readonly connectionStatus?: ConnectionStatus;
  readonly pinnedOrgId?: string | null;
  readonly successiveErrors?: number;
  readonly disabledReason?: string | null;
  readonly disabledAt?: Date | null;
  readonly lastCheck?: Date;
}

/** A record that changes an Integration Configuration. Ids and types that do not fit are refused by the org. */
export function integrationRecord(change: IntegrationChange, names: Names): SalesforceRecord {
  const { integration, credential } = names;
  const { credentialKey } = change;
  return {
    ...fieldsOf(integration, {
      Name: change.name,
      Enabled__c: change.enabled,
      Trigger_Type__c: change.triggerType,
      Account_Ids__c: lines(change.accountIds),
      Restricted_Account_Ids__c: lines(change.restrictedAccountIds),
      Account_Filter__c: change.accountFilter,
      Only_Send_Bill_On_Approval__c: change.onlySendBillOnApproval,
      Use_External_Mapping_Account_Code__c: change.useExternalMappingAccountCode,
      Excluded_Line_Item_Types__c: change.excludedLineItemTypes?.join(';'),
      Sort_Line_Items_By__c: change.sortLineItemsBy,
      Disabled_Notification_User_Ids__c: lines(change.notificationUserIds),
      Connection_Status__c: change.connectionStatus,
      Pinned_Org_Id__c: change.pinnedOrgId,
      Successive_Errors__c: change.successiveErrors,
      Disabled_Reason__c: shown(change.disabledReason, INTEGRATION_FIELDS.Disabled_Reason__c.length),
      Disabled_At__c: instant(change.disabledAt),
      Last_Check__c: instant(change.lastCheck),
      Credential__c: credentialKey === null ? null : undefined,
    }),
    ...(typeof credentialKey === 'string'
      ? { [integration.Credential__r]: { [credential.Credential_Key__c]: credentialKey } }
      : {}),
  };
}

export type CredentialType = 'OAUTH_CLIENT_CREDENTIALS' | 'OAUTH_JWT_BEARER' | 'SF_CLI' | 'M3TER_SERVICE_USER';
export type CredentialStatus = 'UNTESTED' | 'WORKING' | 'REJECTED';

/** What the org may know of a credential: never its secret. */
export interface CredentialInput {
  /** The agent's name of it. */
  readonly key: string;
  readonly type: CredentialType;
  readonly destination: 'SALESFORCE' | 'M3TER';
  readonly myDomain?: string | null;
  readonly status?: CredentialStatus;
  readonly statusMessage?: string | null;
  readonly verifiedAt?: Date | null;
}

export function credentialRecord(input: CredentialInput, { credential }: Names): SalesforceRecord {
  return fieldsOf(credential, {
    Name: input.key,
    Credential_Key__c: input.key,
    Type__c: input.type,
    Destination__c: input.destination,
    My_Domain__c: input.myDomain,
    Status__c: input.status,
    Status_Message__c: shown(input.statusMessage, CREDENTIAL_FIELDS.Status_Message__c.length),
    Last_Verified__c: instant(input.verifiedAt),
  });
}

/** How a person's request ended. */
export interface RequestResult {
  readonly status: 'DONE' | 'FAILED';
  /** For the person who asked. */
  readonly text: string;
  /** For components; a text that is too long for its field loses its last entries. */
  readonly data?: object;
  readonly errorCode?: string;
  readonly completedAt: Date;
}

const TOO_LONG = '{"isTooLong":true}';

export function requestResultRecord(result: RequestResult, { request }: Names): SalesforceRecord {
  const { data } = result;
  return fieldsOf(request, {
    Status__c: result.status,
    Result__c: shown(result.text, REQUEST_FIELDS.Result__c.length),
    Result_Data__c: data === undefined ? null : (jsonText(data, REQUEST_FIELDS.Result_Data__c.length) ?? TOO_LONG),
    Error_Code__c: result.errorCode ?? null,
    Completed__c: instant(result.completedAt),
  });
}

/** The agent's sign of life. */
export interface Heartbeat {
  /** The same for every start of the same agent. */
  readonly key: string;
  readonly version: string;
  readonly startedAt: Date;
  readonly seenAt: Date;
  readonly queueDepth: number;
  /** Of the org's day; null while Salesforce has not told. */
  readonly apiCallsUsed: number | null;
  readonly apiCallLimit: number | null;
  readonly apiBudget: number | null;
}

export function heartbeatRecord(heartbeat: Heartbeat, { agent }: Names): SalesforceRecord {
  return fieldsOf(agent, {
    Name: heartbeat.key,
    Agent_Key__c: heartbeat.key,
    Version__c: heartbeat.version,
    Started__c: instant(heartbeat.startedAt),
    Last_Seen__c: instant(heartbeat.seenAt),
    Queue_Depth__c: heartbeat.queueDepth,
    API_Calls_Used__c: heartbeat.apiCallsUsed,
    API_Call_Limit__c: heartbeat.apiCallLimit,
    API_Budget__c: heartbeat.apiBudget,
  });
}

/** The values that are there, by the org's names. */
function fieldsOf<Known extends Readonly<Record<string, string>>>(
  names: Known,
  values: { readonly [Field in keyof Known]?: FieldValue | undefined },
): Record<string, FieldValue> {
  const record: Record<string, FieldValue> = {};
  for (const [field, value] of Object.entries<FieldValue | undefined>(values)) {
    const name = names[field];
    if (name !== undefined && value !== undefined) record[name] = value;
  }
  return record;
}

function lines(values: readonly string[] | undefined): string | undefined {
  return values?.join('\n');
}

function shown(text: string | null | undefined, length: number): string | null | undefined {
  return typeof text === 'string' ? cutText(text, length) : text;
}

function instant(date: Date | null | undefined): string | null | undefined {
  return date instanceof Date ? date.toISOString() : date;
}

import { createHash } from 'node:crypto';
import type { Integration, SortLineItemsBy } from '../../rules/integration.ts';
import type { Names } from '../../rules/names.ts';
import { instantOf, numberOf, parentOf, quote, textOf, type QueryRow } from '../soql.ts';

/** An integration as the org holds it: its rules, what controls it, and how it is. */
export interface ConfiguredIntegration extends Integration {
  /** The agent's name of the credential that is chosen for it; null when none is. */
  readonly credentialKey: string | null;
  /** Record ids of the users to tell when it is disabled. */
  readonly notificationUserIds: readonly string[];
  readonly successiveErrors: number;
  readonly disabledReason: string | null;
  readonly disabledAt: Date | null;
  /** When the agent last told the org that it looked after it. */
  readonly lastCheck: Date | null;
  /** Changes whenever a person or the agent changes what a person can set; writes of the agent's own fields do not. */
  readonly version: number;
  readonly createdAt: Date | null;
  readonly createdById: string | null;
  readonly modifiedAt: Date | null;
  readonly modifiedById: string | null;
}

/** The integration was changed by somebody else since it was read. */
export class VersionConflictError extends Error {
  override readonly name = 'VersionConflictError';
  readonly code = 'VERSION_CONFLICT';
}

/** The query for every integration for Bills, in order of name; with `id` that one. */
export function integrationsQuery({ integration, credential }: Names, id?: string): string {
  const fields = [
    'Id',
    'Name',
    'CreatedDate',
    'CreatedById',
    'LastModifiedDate',
    'LastModifiedById',
    integration.Enabled__c,
    integration.Trigger_Type__c,
    integration.Account_Ids__c,
    integration.Restricted_Account_Ids__c,
    integration.Account_Filter__c,
    integration.Only_Send_Bill_On_Approval__c,
    integration.Use_External_Mapping_Account_Code__c,
    integration.Excluded_Line_Item_Types__c,
    integration.Sort_Line_Items_By__c,
    integration.Disabled_Notification_User_Ids__c,
    integration.Connection_Status__c,
    integration.Pinned_Org_Id__c,
    integration.Successive_Errors__c,
    integration.Disabled_Reason__c,
    integration.Disabled_At__c,
    integration.Last_Check__c,
    `${integration.Credential__r}.${credential.Credential_Key__c}`,
  ];
  const conditions = [
    `${integration.Entity_Type__c} = ${quote('Bill')}`,
    `${integration.Destination__c} = ${quote('Salesforce')}`,
    ...(id === undefined ? [] : [`Id = ${quote(id)}`]),
  ];
  return `SELECT ${fields.join(', ')} FROM ${integration.object} WHERE ${conditions.join(' AND ')} ORDER BY Name, Id`;
}

export function toIntegration(row: QueryRow, { integration: names, credential }: Names): ConfiguredIntegration {
  const settings = {
    name: textOf(row, 'Name') ?? '',
    enabled: row[names.Enabled__c] === true,
    triggerType: row[names.Trigger_Type__c] === 'SCHEDULE' ? ('SCHEDULE' as const) : ('EVENT' as const),
    accountIds: listed(textOf(row, names.Account_Ids__c), /\s+/),
    restrictedAccountIds: listed(textOf(row, names.Restricted_Account_Ids__c), /\s+/),
    accountFilter: textOf(row, names.Account_Filter__c) ?? '',
    onlySendBillOnApproval: row[names.Only_Send_Bill_On_Approval__c] === true,
    useExternalMappingAccountCode: row[names.Use_External_Mapping_Account_Code__c] === true,
    excludedLineItemTypes: listed(textOf(row, names.Excluded_Line_Item_Types__c), ';'),
    sortLineItemsBy: sortChoice(textOf(row, names.Sort_Line_Items_By__c)),
    notificationUserIds: listed(textOf(row, names.Disabled_Notification_User_Ids__c), /[\s,;]+/),
    credentialKey: textOf(parentOf(row, names.Credential__r), credential.Credential_Key__c),
  };
  return {
    id: textOf(row, 'Id') ?? '',
    ...settings,
    version: contentVersion(settings),
    connectionStatus: textOf(row, names.Connection_Status__c) ?? '',
    pinnedOrgId: textOf(row, names.Pinned_Org_Id__c),
    successiveErrors: numberOf(row, names.Successive_Errors__c) ?? 0,
    disabledReason: textOf(row, names.Disabled_Reason__c),
    disabledAt: instantOf(row, names.Disabled_At__c),
    lastCheck: instantOf(row, names.Last_Check__c),
    createdAt: instantOf(row, 'CreatedDate'),
    createdById: textOf(row, 'CreatedById'),
    modifiedAt: instantOf(row, 'LastModifiedDate'),
    modifiedById: textOf(row, 'LastModifiedById'),
  };
}

/**
 * A whole number of 48 bits made of what a person can set. The org's own stamps would move with every heartbeat of
 * the agent, and an update with a version that was read a minute ago would be refused for no reason.
 */
function contentVersion(settings: object): number {
  return createHash('sha256').update(JSON.stringify(settings)).digest().readUIntBE(0, 6);
}

function listed(text: string | null, separator: RegExp | string): string[] {
  return (text ?? '')
    .split(separator)
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

function sortChoice(text: string | null): SortLineItemsBy {
  return text === 'SUBTOTAL' || text === 'AGGREGATION_ID' ? text : 'NONE';
}

import type { DataSet } from '../data/dataSet.ts';
import type { Org, OrgUser } from './model.ts';

const INTEGRATION = 'Integration_Configuration__c';

/**
 * Fills an org that holds no Accounts and no integrations yet: the data set's Accounts with their own ids, and its
 * integrations, connected to this org.
 *
 * @throws when the org refuses an integration, with its reason.
 */
export function loadDataSet(org: Org, admin: OrgUser, dataSet: DataSet): void {
  const hasIntegrations = org.model.objects.has(INTEGRATION.toLowerCase());
  if (!isEmpty(org, 'Account') || (hasIntegrations && !isEmpty(org, INTEGRATION))) return;
  org.transaction(() => {
    org.seed('Account', dataSet.salesforceAccounts);
    if (!hasIntegrations) return;
    for (const integration of dataSet.integrations) addIntegration(org, admin, integration);
  });
}

function addIntegration(org: Org, admin: OrgUser, integration: DataSet['integrations'][number]): void {
  const fields = {
    Name: integration.name,
    Enabled__c: true,
    Connection_Status__c: 'CONNECTED',
    Pinned_Org_Id__c: org.id,
    Account_Ids__c: integration.accountIds.join('\n'),
    Restricted_Account_Ids__c: integration.restrictedAccountIds.join('\n'),
    Account_Filter__c: integration.accountFilter,
    Only_Send_Bill_On_Approval__c: integration.onlySendBillOnApproval,
    Use_External_Mapping_Account_Code__c: integration.useExternalMappingAccountCode,
    Excluded_Line_Item_Types__c: integration.excludedLineItemTypes.join(';'),
    Sort_Line_Items_By__c: integration.sortLineItemsBy,
    Trigger_Type__c: integration.triggerType,
  };
  const { success, errors } = org.save(admin, { operation: 'insert', object: INTEGRATION, fields });
  if (success) return;
  const reasons = errors.map(({ statusCode, message }) => `${statusCode}: ${message}`).join('; ');
  throw new Error(`The org refuses the integration "${integration.name}" of the data set (${reasons}). Correct it.`);
}

function isEmpty(org: Org, object: string): boolean {
  return org.sql.prepare(`SELECT 1 FROM "${object}" LIMIT 1`).get() === undefined;
}

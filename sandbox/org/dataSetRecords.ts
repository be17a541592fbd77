import type { DataSet } from '../data/dataSet.ts';
import type { Org, OrgUser } from './model.ts';

const INTEGRATION = 'Integration_Configuration__c';
const CREDENTIAL = 'Integration_Credential__c';
/** What an agent calls the credential that its environment gives it. */
const CREDENTIAL_KEY = 'environment';

/**
 * Fills an org that holds no Accounts and no integrations yet: the data set's Accounts with their own ids, and its
 * integrations, connected to this org by the credential that the agent's environment gives it.
 *
 * @throws when the org refuses a record, with its reason.
 */
export function loadDataSet(org: Org, admin: OrgUser, dataSet: DataSet): void {
  const hasIntegrations = org.model.objects.has(INTEGRATION.toLowerCase());
  if (!isEmpty(org, 'Account') || (hasIntegrations && !isEmpty(org, INTEGRATION))) return;
  org.transaction(() => {
    org.seed('Account', dataSet.salesforceAccounts);
    if (!hasIntegrations) return;
    const credentialId = addCredential(org, admin);
    for (const integration of dataSet.integrations) addIntegration(org, admin, credentialId, integration);
  });
}

function addCredential(org: Org, admin: OrgUser): string {
  const fields = {
    Name: CREDENTIAL_KEY,
    Credential_Key__c: CREDENTIAL_KEY,
    Type__c: 'OAUTH_CLIENT_CREDENTIALS',
    Destination__c: 'SALESFORCE',
    Status__c: 'WORKING',
  };
  return insert(org, admin, CREDENTIAL, fields, 'credential');
}

function addIntegration(
  org: Org,
  admin: OrgUser,
  credentialId: string,
  integration: DataSet['integrations'][number],
): void {
  const fields = {
    Name: integration.name,
    Enabled__c: true,
    Credential__c: credentialId,
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
  insert(org, admin, INTEGRATION, fields, `integration "${integration.name}"`);
}

function insert(org: Org, admin: OrgUser, object: string, fields: Record<string, unknown>, what: string): string {
  const { id, errors } = org.save(admin, { operation: 'insert', object, fields });
  if (id !== null) return id;
  const reasons = errors.map(({ statusCode, message }) => `${statusCode}: ${message}`).join('; ');
  throw new Error(`The org refuses the ${what} of the data set (${reasons}). Correct it.`);
}

function isEmpty(org: Org, object: string): boolean {
  return org.sql.prepare(`SELECT 1 FROM "${object}" LIMIT 1`).get() === undefined;
}

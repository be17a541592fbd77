import type { DataSet } from '../data/dataSet.ts';
import { inNamespace } from '../shared/namespace.ts';
import type { Org, OrgUser } from './model.ts';

const INTEGRATION = 'Integration_Configuration__c';
const CREDENTIAL = 'Integration_Credential__c';
/** What an agent calls the credential that its environment gives it. */
const CREDENTIAL_KEY = 'environment';

/**
 * Fills an org that holds no Accounts and no integrations yet: the data set's Accounts with their own ids, and its
 * integrations, connected to this org by the credential that the agent's environment gives it.
 *
 * @param namespace that of the installed package; the data set names fields without it
 * @throws when the org refuses a record, with its reason.
 */
export function loadDataSet(org: Org, admin: OrgUser, dataSet: DataSet, namespace?: string): void {
  const integrations = inNamespace(INTEGRATION, namespace);
  const hasIntegrations = org.model.objects.has(integrations.toLowerCase());
  if (!isEmpty(org, 'Account') || (hasIntegrations && !isEmpty(org, integrations))) return;
  const insert: Insert = (object, fields, what) =>
    insertRecord(org, admin, inNamespace(object, namespace), named(fields, namespace), what);
  org.transaction(() => {
    org.seed(
      'Account',
      dataSet.salesforceAccounts.map((account) => named(account, namespace)),
    );
    if (!hasIntegrations) return;
    const credentialId = addCredential(insert);
    for (const integration of dataSet.integrations) addIntegration(insert, org.id, credentialId, integration);
  });
}

type Insert = (object: string, fields: Record<string, unknown>, what: string) => string;

const named = (fields: Readonly<Record<string, unknown>>, namespace: string | undefined): Record<string, unknown> =>
  Object.fromEntries(Object.entries(fields).map(([name, value]) => [inNamespace(name, namespace), value]));

function addCredential(insert: Insert): string {
  const fields = {
    Name: CREDENTIAL_KEY,
    Credential_Key__c: CREDENTIAL_KEY,
    Type__c: 'OAUTH_CLIENT_CREDENTIALS',
    Destination__c: 'SALESFORCE',
    Status__c: 'WORKING',
  };
  return insert(CREDENTIAL, fields, 'credential');
}

function addIntegration(
  insert: Insert,
  orgId: string,
  credentialId: string,
  integration: DataSet['integrations'][number],
): void {
  const fields = {
    Name: integration.name,
    Enabled__c: true,
    Credential__c: credentialId,
    Connection_Status__c: 'CONNECTED',
    Pinned_Org_Id__c: orgId,
    Account_Ids__c: integration.accountIds.join('\n'),
    Restricted_Account_Ids__c: integration.restrictedAccountIds.join('\n'),
    Account_Filter__c: integration.accountFilter,
    Only_Send_Bill_On_Approval__c: integration.onlySendBillOnApproval,
    Use_External_Mapping_Account_Code__c: integration.useExternalMappingAccountCode,
    Excluded_Line_Item_Types__c: integration.excludedLineItemTypes.join(';'),
    Sort_Line_Items_By__c: integration.sortLineItemsBy,
    Trigger_Type__c: integration.triggerType,
  };
  insert(INTEGRATION, fields, `integration "${integration.name}"`);
}

function insertRecord(org: Org, admin: OrgUser, object: string, fields: Record<string, unknown>, what: string): string {
  const { id, errors } = org.save(admin, { operation: 'insert', object, fields });
  if (id !== null) return id;
  const reasons = errors.map(({ statusCode, message }) => `${statusCode}: ${message}`).join('; ');
  throw new Error(`The org refuses the ${what} of the data set (${reasons}). Correct it.`);
}

function isEmpty(org: Org, object: string): boolean {
  return org.sql.prepare(`SELECT 1 FROM "${object}" LIMIT 1`).get() === undefined;
}

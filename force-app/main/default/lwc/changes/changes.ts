import { updateRecord } from 'lightning/uiRecordApi';
import ACCOUNT_ID from '@salesforce/schema/Account.Id';
import M3TER_ACCOUNT_CODE from '@salesforce/schema/Account.M3ter_Account_Code__c';
import M3TER_ACCOUNT_ID from '@salesforce/schema/Account.M3ter_Account_Id__c';
import INTEGRATION_ID from '@salesforce/schema/Integration_Configuration__c.Id';
import ENABLED from '@salesforce/schema/Integration_Configuration__c.Enabled__c';
import DISABLED_AT from '@salesforce/schema/Integration_Configuration__c.Disabled_At__c';
import DISABLED_REASON from '@salesforce/schema/Integration_Configuration__c.Disabled_Reason__c';
import CREDENTIAL from '@salesforce/schema/Integration_Configuration__c.Credential__c';
import EVENT_ID from '@salesforce/schema/Integration_Event__c.Id';
import ACTIONED from '@salesforce/schema/Integration_Event__c.Actioned__c';
import ACTIONED_AT from '@salesforce/schema/Integration_Event__c.Actioned_At__c';

/** Disables an integration; the agent makes no more calls for it. Rejects with what the platform answers. */
export async function disableIntegration(recordId: string, reason: string): Promise<void> {
  const fields = {
    [INTEGRATION_ID.fieldApiName]: recordId,
    [ENABLED.fieldApiName]: false,
    [DISABLED_REASON.fieldApiName]: reason,
    [DISABLED_AT.fieldApiName]: new Date().toISOString(),
  };
  await updateRecord({ fields });
}

/** Connects an integration with a credential, or with null disconnects it. Rejects with what the platform answers. */
export async function setCredential(recordId: string, credentialId: string | null): Promise<void> {
  const fields = { [INTEGRATION_ID.fieldApiName]: recordId, [CREDENTIAL.fieldApiName]: credentialId };
  await updateRecord({ fields });
}

/** Marks an Event as dealt with. Rejects with what the platform answers. */
export async function markActioned(recordId: string): Promise<void> {
  const fields = {
    [EVENT_ID.fieldApiName]: recordId,
    [ACTIONED.fieldApiName]: true,
    [ACTIONED_AT.fieldApiName]: new Date().toISOString(),
  };
  await updateRecord({ fields });
}

/** Says which m3ter Account an Account is; the agent then fills it in on its Bills. Rejects with what the platform answers. */
export async function linkAccount(recordId: string, m3terAccountId: string, code: string | null): Promise<void> {
  const fields = {
    [ACCOUNT_ID.fieldApiName]: recordId,
    [M3TER_ACCOUNT_ID.fieldApiName]: m3terAccountId,
    [M3TER_ACCOUNT_CODE.fieldApiName]: code,
  };
  await updateRecord({ fields });
}

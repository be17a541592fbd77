import BILL_OBJECT from '@salesforce/schema/Bill__c';
import CREDENTIAL_OBJECT from '@salesforce/schema/Integration_Credential__c';
import INTEGRATION_OBJECT from '@salesforce/schema/Integration_Configuration__c';
import RUN_OBJECT from '@salesforce/schema/Integration_Run__c';
import type { PageReference } from 'lightning/navigation';

/** The package's namespace prefix, such as `ns__`; empty in an unpackaged org. */
const PREFIX = BILL_OBJECT.objectApiName.replace(/Bill__c$/, '');
/** A page's own parameters carry the namespace, or `c` without one. */
const ACCOUNT_PARAMETER = `${PREFIX || 'c__'}accountId`;

const recordPage = (objectApiName: string, recordId: string): PageReference => ({
  type: 'standard__recordPage',
  attributes: { recordId, objectApiName, actionName: 'view' },
});

/** The page of one Bill. */
export const billPage = (recordId: string): PageReference => recordPage(BILL_OBJECT.objectApiName, recordId);

/** The page of one Account. */
export const accountPage = (recordId: string): PageReference => recordPage('Account', recordId);

/** The Bills tab; with an Account id, only that Account's Bills. */
export function billsPage(accountId?: string): PageReference {
  const state = accountId ? { [ACCOUNT_PARAMETER]: accountId } : {};
  return { type: 'standard__navItemPage', attributes: { apiName: `${PREFIX}M3ter_Bills` }, state };
}

/** The Account that a Bills page was opened for, if any. */
export function accountOf(page: PageReference | undefined): string | undefined {
  return page?.state?.[ACCOUNT_PARAMETER];
}

/** The page of one Integration Configuration. */
export const integrationPage = (recordId: string): PageReference =>
  recordPage(INTEGRATION_OBJECT.objectApiName, recordId);

/** The page of one Run. */
export const runPage = (recordId: string): PageReference => recordPage(RUN_OBJECT.objectApiName, recordId);

/** The page of one credential. */
export const credentialPage = (recordId: string): PageReference =>
  recordPage(CREDENTIAL_OBJECT.objectApiName, recordId);

/** The Events tab. */
export const eventsPage = (): PageReference => ({
  type: 'standard__navItemPage',
  attributes: { apiName: `${PREFIX}M3ter_Events` },
});

/** The list of all Runs. */
export const runsPage = (): PageReference => ({
  type: 'standard__objectPage',
  attributes: { objectApiName: RUN_OBJECT.objectApiName, actionName: 'list' },
});

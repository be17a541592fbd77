import BILL_OBJECT from '@salesforce/schema/Bill__c';
import type { PageReference } from 'lightning/navigation';

/** The package's namespace prefix, such as `ns__`; empty in an unpackaged org. */
const PREFIX = BILL_OBJECT.objectApiName.replace(/Bill__c$/, '');
/** A page's own parameters carry the namespace, or `c` without one. */
const ACCOUNT_PARAMETER = `${PREFIX || 'c__'}accountId`;

/** The page of one Bill. */
export function billPage(recordId: string): PageReference {
  const attributes = { recordId, objectApiName: BILL_OBJECT.objectApiName, actionName: 'view' };
  return { type: 'standard__recordPage', attributes };
}

/** The page of one Account. */
export function accountPage(recordId: string): PageReference {
  const attributes = { recordId, objectApiName: 'Account', actionName: 'view' };
  return { type: 'standard__recordPage', attributes };
}

/** The Bills tab; with an Account id, only that Account's Bills. */
export function billsPage(accountId?: string): PageReference {
  const state = accountId ? { [ACCOUNT_PARAMETER]: accountId } : {};
  return { type: 'standard__navItemPage', attributes: { apiName: `${PREFIX}M3ter_Bills` }, state };
}

/** The Account that a Bills page was opened for, if any. */
export function accountOf(page: PageReference | undefined): string | undefined {
  return page?.state?.[ACCOUNT_PARAMETER];
}

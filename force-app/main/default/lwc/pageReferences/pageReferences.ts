import BILL_OBJECT from '@salesforce/schema/Bill__c';
import EVENT_OBJECT from '@salesforce/schema/Integration_Event__c';
import CREDENTIAL_OBJECT from '@salesforce/schema/Integration_Credential__c';
import INTEGRATION_OBJECT from '@salesforce/schema/Integration_Configuration__c';
import RUN_OBJECT from '@salesforce/schema/Integration_Run__c';
import type { PageReference } from 'lightning/navigation';

/** The package's namespace prefix, such as `ns__`; empty in an unpackaged org. */
const PREFIX = BILL_OBJECT.objectApiName.replace(/Bill__c$/, '');
/** A page's own parameters carry the namespace, or `c` without one. */
const ACCOUNT_PARAMETER = `${PREFIX || 'c__'}accountId`;
const SHOW_PARAMETER = `${PREFIX || 'c__'}show`;

const SHOWN_BILLS = ['all', 'pending', 'approved', 'changed', 'unmatched', 'writing', 'deleted'] as const;
/** Which Bills the list shows. */
export type ShownBills = (typeof SHOWN_BILLS)[number];

const recordPage = (objectApiName: string, recordId: string): PageReference => ({
  type: 'standard__recordPage',
  attributes: { recordId, objectApiName, actionName: 'view' },
});

const listPage = (objectApiName: string): PageReference => ({
  type: 'standard__objectPage',
  attributes: { objectApiName, actionName: 'list' },
});

/** Whether a click on a link opens another tab, which the browser does by itself. */
export const opensTab = ({ ctrlKey, metaKey, shiftKey }: MouseEvent): boolean => ctrlKey || metaKey || shiftKey;

/** The page of one Bill. */
export const billPage = (recordId: string): PageReference => recordPage(BILL_OBJECT.objectApiName, recordId);

/** The page of one Account. */
export const accountPage = (recordId: string): PageReference => recordPage('Account', recordId);

/** The Bills tab: all Bills, only those of an Account, or only some kind of them. */
export function billsPage({
  accountId,
  show,
}: { accountId?: string | undefined; show?: ShownBills } = {}): PageReference {
  const state = {
    ...(accountId ? { [ACCOUNT_PARAMETER]: accountId } : {}),
    ...(show ? { [SHOW_PARAMETER]: show } : {}),
  };
  return { type: 'standard__navItemPage', attributes: { apiName: `${PREFIX}M3ter_Bills` }, state };
}

/** The Account that a Bills page was opened for, if any. */
export function accountOf(page: PageReference | undefined): string | undefined {
  return page?.state?.[ACCOUNT_PARAMETER];
}

/** The Bills that a Bills page was opened for; all, unless it says otherwise. */
export function shownBillsOf(page: PageReference | undefined): ShownBills {
  const asked = page?.state?.[SHOW_PARAMETER];
  return SHOWN_BILLS.find((shown) => shown === asked) ?? 'all';
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

/** The Runs tab. */
export const runsPage = (): PageReference => ({
  type: 'standard__navItemPage',
  attributes: { apiName: `${PREFIX}M3ter_Runs` },
});

/** The list of all Accounts. */
export const accountsPage = (): PageReference => listPage('Account');

/** The list views of Runs. */
export const runListViewsPage = (): PageReference => listPage(RUN_OBJECT.objectApiName);

/** The list views of Events. */
export const eventListViewsPage = (): PageReference => listPage(EVENT_OBJECT.objectApiName);

/** Where Setup assigns permission sets to people. */
export const permissionSetsPage = (): PageReference => ({
  type: 'standard__webPage',
  attributes: { url: '/lightning/setup/PermSets/home' },
});

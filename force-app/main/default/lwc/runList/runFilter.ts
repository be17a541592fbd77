import { FAILED_STATUSES } from 'c/runStatus';
import BILLS_FAILED from '@salesforce/schema/Integration_Run__c.Bills_Failed__c';
import INTEGRATION from '@salesforce/schema/Integration_Run__c.Integration__c';
import PARENT_RUN from '@salesforce/schema/Integration_Run__c.Parent_Run__c';
import STARTED from '@salesforce/schema/Integration_Run__c.Started__c';
import STATUS from '@salesforce/schema/Integration_Run__c.Status__c';
import TRIGGER from '@salesforce/schema/Integration_Run__c.Trigger__c';

/** Stands for every batch in which something failed, whatever its status. */
export const WITH_FAILURES = 'WITH_FAILURES';

/** Which batches to show; an empty text means all. */
export interface RunFilter {
  /** A stored status, or `WITH_FAILURES`. */
  status: string;
  /** A stored trigger. */
  trigger: string;
  /** The record id of an integration. */
  integrationId: string;
  /** How many days back. */
  days: string;
}

export const ALL_RUNS: RunFilter = { status: '', trigger: '', integrationId: '', days: '' };

const DAY_MS = 86_400_000;

/** The filter as GraphQL input. */
export function runWhere({ status, trigger, integrationId, days }: RunFilter, now: Date): object {
  const conditions: object[] = [{ [PARENT_RUN.fieldApiName]: { eq: null } }];
  if (status === WITH_FAILURES) {
    const failed = { [STATUS.fieldApiName]: { in: FAILED_STATUSES } };
    conditions.push({ or: [failed, { [BILLS_FAILED.fieldApiName]: { gt: 0 } }] });
  } else if (status) conditions.push({ [STATUS.fieldApiName]: { eq: status } });
  if (trigger) conditions.push({ [TRIGGER.fieldApiName]: { eq: trigger } });
  if (integrationId) conditions.push({ [INTEGRATION.fieldApiName]: { eq: integrationId } });
  if (days) {
    const since = new Date(now.getTime() - Number(days) * DAY_MS).toISOString();
    conditions.push({ [STARTED.fieldApiName]: { gte: { value: since } } });
  }
  return { and: conditions };
}

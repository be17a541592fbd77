import ID from '@salesforce/schema/Integration_Event__c.Id';
import ACTIONED from '@salesforce/schema/Integration_Event__c.Actioned__c';
import EVENT_NAME from '@salesforce/schema/Integration_Event__c.Event_Name__c';
import INTEGRATION from '@salesforce/schema/Integration_Event__c.Integration__c';
import RUN from '@salesforce/schema/Integration_Event__c.Run__c';
import PARENT_RUN from '@salesforce/schema/Integration_Run__c.Parent_Run__c';

/** Whether somebody has dealt with it. */
export type EventState = 'open' | 'actioned' | 'all';

/** Which Events to show. */
export interface EventFilter {
  state: EventState;
  /** The stored name of a kind; empty for all. */
  kind: string;
  /** The record id of an integration; empty for all. */
  integrationId: string;
  /** Only those of this Run and of the Runs below it. */
  runId: string | undefined;
}

const RUN_RELATION = RUN.fieldApiName.replace(/__c$/, '__r');

/** The filter as GraphQL input; without one, a condition that every record meets, because `where` is always sent. */
export function eventWhere({ state, kind, integrationId, runId }: EventFilter): object {
  const conditions: object[] = [];
  if (state !== 'all') conditions.push({ [ACTIONED.fieldApiName]: { eq: state === 'actioned' } });
  if (kind) conditions.push({ [EVENT_NAME.fieldApiName]: { eq: kind } });
  if (integrationId) conditions.push({ [INTEGRATION.fieldApiName]: { eq: integrationId } });
  if (runId) {
    const below = { [RUN_RELATION]: { [PARENT_RUN.fieldApiName]: { eq: runId } } };
    conditions.push({ or: [{ [RUN.fieldApiName]: { eq: runId } }, below] });
  }
  return conditions.length > 0 ? { and: conditions } : { [ID.fieldApiName]: { ne: null } };
}

import { LightningElement, api } from 'lwc';
import { updateRecord } from 'lightning/uiRecordApi';
import { ShowToastEvent } from 'lightning/platformShowToastEvent';
import ID_FIELD from '@salesforce/schema/Integration_Event__c.Id';
import ACTIONED_FIELD from '@salesforce/schema/Integration_Event__c.Actioned__c';
import ACTIONED_AT_FIELD from '@salesforce/schema/Integration_Event__c.Actioned_At__c';
import { reduceErrors } from 'c/errors';
import { LABELS } from './labels';

interface ShownEvent {
  id: string;
  label: string;
  time: string | null;
  message: string;
  integration: string;
}

/**
 * The Events that somebody has to act on. Fires `actioned` with the record id once one is marked, so that the page
 * reads again.
 */
export default class IntegrationEvents extends LightningElement {
  @api events: ShownEvent[] = [];
  busyId: string | undefined;
  labels = LABELS;

  get rows() {
    return this.events.map((event) => ({
      ...event,
      hint: `${event.label}. ${event.message}`,
      busy: this.busyId === event.id,
    }));
  }

  async handleActioned(event: Event): Promise<void> {
    const id = (event.currentTarget as HTMLElement).dataset.id ?? '';
    this.busyId = id;
    try {
      const fields = {
        [ID_FIELD.fieldApiName]: id,
        [ACTIONED_FIELD.fieldApiName]: true,
        [ACTIONED_AT_FIELD.fieldApiName]: new Date().toISOString(),
      };
      await updateRecord({ fields });
      this.dispatchEvent(new ShowToastEvent({ title: LABELS.marked, variant: 'success' }));
      this.dispatchEvent(new CustomEvent('actioned', { detail: id }));
    } catch (error) {
      const message = reduceErrors(error).join(' ');
      this.dispatchEvent(new ShowToastEvent({ title: LABELS.markFailed, message, variant: 'error' }));
    } finally {
      this.busyId = undefined;
    }
  }
}

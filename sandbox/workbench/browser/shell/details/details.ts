import { LightningElement, api, wire } from 'lwc';
import { recordView } from '../../platform/records.ts';
import type { RecordView, ViewResult } from '../../platform/records.ts';

/** Stands in for force:detailPanel: every field that the user may read. */
export default class Details extends LightningElement {
  @api recordId!: string;
  @api objectApiName!: string;

  @wire(recordView, { objectApiName: '$objectApiName', recordId: '$recordId' })
  record: ViewResult<RecordView> = {};

  get fields(): RecordView['fields'] {
    return this.record.view?.fields ?? [];
  }

  get isLoading(): boolean {
    return !this.record.view && !this.record.problem;
  }
}

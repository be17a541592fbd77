import { LightningElement, api, wire } from 'lwc';
import { recordView } from '../../platform/records.ts';
import type { RecordView, ViewResult } from '../../platform/records.ts';

/** Stands in for force:detailPanel: the fields of the page layout that the user may read. */
export default class Details extends LightningElement {
  @api recordId!: string;
  @api objectApiName!: string;

  @wire(recordView, { objectApiName: '$objectApiName', recordId: '$recordId' })
  record: ViewResult<RecordView> = {};

  get sections(): Array<RecordView['sections'][number] & { columnClass: string }> {
    return (this.record.view?.sections ?? []).map((section) => ({
      ...section,
      columnClass: `slds-size_1-of-1 slds-medium-size_1-of-${section.columns.length}`,
    }));
  }

  get isLoading(): boolean {
    return !this.record.view && !this.record.problem;
  }
}

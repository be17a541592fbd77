import { LightningElement, api, wire } from 'lwc';
import { objectIcon } from '../../platform/objectIcon.ts';
import { recordView } from '../../platform/records.ts';
import type { RecordView, ViewResult } from '../../platform/records.ts';

/** Stands in for force:highlightsPanel: the object's icon and label and the record's name. */
export default class Highlights extends LightningElement {
  @api recordId!: string;
  @api objectApiName!: string;

  @wire(recordView, { objectApiName: '$objectApiName', recordId: '$recordId' })
  record: ViewResult<RecordView> = {};

  get icon(): string {
    return objectIcon(this.objectApiName);
  }

  get objectLabel(): string {
    return this.record.view?.objectLabel ?? this.objectApiName;
  }

  get recordName(): string {
    return this.record.view?.name ?? '';
  }
}

import { LightningElement, api, wire } from 'lwc';
import { objectIcon } from '../../platform/objectIcon.ts';
import { recordView } from '../../platform/records.ts';
import type { RecordView, ViewResult } from '../../platform/records.ts';

/** Stands in for force:highlightsPanel: icon, label, the record's name and the fields of the compact layout. */
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

  get fields(): RecordView['highlights'] {
    return this.record.view?.highlights ?? [];
  }
}

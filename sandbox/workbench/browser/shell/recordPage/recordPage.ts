import { LightningElement, api, wire } from 'lwc';
import { pages } from '@workbench/pages';
import type { PageModel } from '../../../model.ts';
import { recordView } from '../../platform/records.ts';
import type { RecordView, ViewResult } from '../../platform/records.ts';

const STANDARD_REGIONS: PageModel['regions'] = [
  { name: 'header', components: [{ name: 'force:highlightsPanel', properties: {} }] },
  { name: 'main', components: [{ name: 'force:detailPanel', properties: {} }] },
];

/** The record page that the flexipages have for an object, else a plain one with all fields. */
export default class RecordPage extends LightningElement {
  @api recordId!: string;
  @api objectApiName!: string;
  recordName = '';

  @wire(recordView, { objectApiName: '$objectApiName', recordId: '$recordId' })
  wiredRecord({ view }: ViewResult<RecordView>): void {
    if (view === undefined) return;
    this.recordName = view.name;
    this.dispatchEvent(new CustomEvent('recordname', { detail: view.name }));
  }

  get page(): PageModel {
    const own = pages.find(({ type, object }) => type === 'RecordPage' && object === this.objectApiName);
    return own ?? { name: 'standard', label: '', type: 'RecordPage', regions: STANDARD_REGIONS };
  }

  /** A page without a highlights panel still has a heading for those who do not see it. */
  get heading(): string | undefined {
    return this.page.regions.some(({ name }) => name === 'header') ? undefined : this.recordName;
  }
}

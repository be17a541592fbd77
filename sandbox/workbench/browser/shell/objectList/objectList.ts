import { LightningElement, api, wire } from 'lwc';
import { objectIcon } from '../../platform/objectIcon.ts';
import { listView } from '../../platform/lists.ts';
import type { ListView } from '../../platform/lists.ts';
import type { ViewResult } from '../../platform/records.ts';

/** Stands in for a list view: the records of an object by name. */
export default class ObjectList extends LightningElement {
  @api objectApiName!: string;

  @wire(listView, { objectApiName: '$objectApiName' })
  list: ViewResult<ListView> = {};

  get icon(): string {
    return objectIcon(this.objectApiName);
  }

  get label(): string {
    return this.list.view?.label ?? this.objectApiName;
  }

  get isLoading(): boolean {
    return !this.list.view && !this.list.problem;
  }

  get summary(): string {
    const { rows = [], hasMore = false, summary = '' } = this.list.view ?? {};
    if (rows.length === 1) return '1 item';
    return `${rows.length}${hasMore ? '+' : ''} items • ${summary}`;
  }
}

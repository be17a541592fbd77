import { LightningElement, api } from 'lwc';
import type { PageReference } from 'lightning/navigation';
import type { Column, Row } from 'c/recordTable';
import { LABELS } from './labels';

const COLUMNS: Column[] = [
  { key: 'code', label: LABELS.cause },
  { key: 'count', label: LABELS.count, isNumber: true },
  { key: 'message', label: LABELS.message },
  { key: 'lastRun', label: LABELS.lastRun },
];

/** Errors that have the same code. */
export interface Cause {
  code: string;
  count: string;
  /** The newest message with this code. */
  message: string;
  lastRun: string;
  lastRunPage: PageReference;
}

/** What went wrong with an integration lately, grouped by cause. */
export default class ErrorCauses extends LightningElement {
  @api causes: readonly Cause[] = [];
  /** That not all errors were counted. */
  @api cut = '';

  labels = LABELS;
  columns = COLUMNS;

  get rows(): Row[] {
    return this.causes.map(({ code, count, message, lastRun, lastRunPage }) => {
      return { code, count, message, lastRun: { text: lastRun, page: lastRunPage } };
    });
  }

  get hasCauses(): boolean {
    return this.causes.length > 0;
  }
}

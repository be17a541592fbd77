import { LightningElement, api } from 'lwc';
import type { PageReference } from 'lightning/navigation';
import { LABELS } from './labels';

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

  get hasCauses(): boolean {
    return this.causes.length > 0;
  }
}

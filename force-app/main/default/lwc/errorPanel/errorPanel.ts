import { LightningElement, api } from 'lwc';
import { isNoAccess, reduceErrors } from 'c/errors';
import { LABELS } from './labels';

/** Says what went wrong, why, and what to do next; a missing permission is told apart. Fires `retry`. */
export default class ErrorPanel extends LightningElement {
  /** What the platform answered, in any shape that `c/errors` reads. */
  @api errors: unknown;
  /** One sentence that says what could not be done; has a default. */
  @api what = LABELS.what;
  /** What a person without access should do; has a default for finance pages. */
  @api noAccessText = LABELS.noAccessText;
  /** Shows a button that fires `retry`. */
  @api canRetry = false;

  labels = LABELS;

  get reasons(): string[] {
    return reduceErrors(this.errors);
  }

  get isNoAccess(): boolean {
    return isNoAccess(this.reasons);
  }

  handleRetry(): void {
    this.dispatchEvent(new CustomEvent('retry'));
  }
}

import { LightningElement, api } from 'lwc';
import { LABELS } from './labels';
import { readChanges } from './readChanges';
import type { ShownChanges } from './readChanges';

/** What has changed on a Bill since it was sent before, and the Line Items that changed most on demand. */
export default class BillChanges extends LightningElement {
  /** What the agent wrote into the Changes field of the Bill; nothing while it was sent once. */
  @api changes: string | null | undefined;
  @api currencyCode = '';
  /** ISO instant; nothing when no amount changed after the approval. */
  @api changedAfterApproval: string | null | undefined;

  labels = LABELS;
  isOpen = false;

  get shown(): ShownChanges | undefined {
    return readChanges(this.changes, this.currencyCode);
  }

  get hasLines(): boolean {
    return (this.shown?.lines.length ?? 0) > 0;
  }

  get expanded(): string {
    return String(this.isOpen);
  }

  get icon(): string {
    return this.isOpen ? 'utility:chevronup' : 'utility:chevrondown';
  }

  handleToggle(): void {
    this.isOpen = !this.isOpen;
  }
}

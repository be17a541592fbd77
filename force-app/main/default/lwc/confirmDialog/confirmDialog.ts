import { api } from 'lwc';
import LightningModal from 'lightning/modal';
import CANCEL from '@salesforce/label/c.Cancel';

/** Asks whether something is really to be done; closes with true when it is. */
export default class ConfirmDialog extends LightningModal {
  /** The question, and what happens then. */
  @api text = '';
  /** What the button says that does it. */
  @api confirmLabel = '';

  cancelLabel = CANCEL;

  async handleCancel(): Promise<void> {
    await this.close(false);
  }

  async handleConfirm(): Promise<void> {
    await this.close(true);
  }
}

import LightningModal from 'lightning/modal';
import { LABELS } from './labels';

/** Asks whether and why an integration is to be disabled; closes with the reason. */
export default class DisableDialog extends LightningModal {
  labels = LABELS;
  reason = LABELS.defaultReason;

  handleReason(event: CustomEvent<{ value: string }>): void {
    this.reason = event.detail.value;
  }

  async handleCancel(): Promise<void> {
    await this.close(undefined);
  }

  async handleConfirm(): Promise<void> {
    await this.close(this.reason.trim() || LABELS.defaultReason);
  }
}

import { api } from 'lwc';
import LightningModal from 'lightning/modal';
import { format } from 'c/format';
import { LABELS } from './labels';

/** Asks which Account here an account in m3ter is; closes with the record id of the Account. */
export default class MappingDialog extends LightningModal {
  /** What m3ter calls the account: its code, else its id. */
  @api m3terAccount = '';

  labels = LABELS;
  problem = '';
  private accountId: string | null = null;

  get text(): string {
    return format(LABELS.text, this.m3terAccount);
  }

  handleAccount(event: CustomEvent<{ recordId: string | null }>): void {
    this.accountId = event.detail.recordId;
    this.problem = '';
  }

  async handleCancel(): Promise<void> {
    await this.close(undefined);
  }

  async handleConfirm(): Promise<void> {
    if (this.accountId) await this.close(this.accountId);
    else this.problem = LABELS.chooseFirst;
  }
}

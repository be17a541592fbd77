import { api } from 'lwc';
import LightningModal from 'lightning/modal';
import { validateFilter } from 'c/accountFilter';
import { LABELS } from './labels';

/** Asks which account filter to try; closes with its text once it is one. */
export default class FilterDialog extends LightningModal {
  /** The filter to begin with. */
  @api accountFilter = '';

  labels = LABELS;
  problem = '';
  private typed: string | undefined;

  get filter(): string {
    return this.typed ?? this.accountFilter;
  }

  handleFilter(event: CustomEvent<{ value: string }>): void {
    this.typed = event.detail.value;
    this.problem = '';
  }

  async handleCancel(): Promise<void> {
    await this.close(undefined);
  }

  async handleConfirm(): Promise<void> {
    const checked = validateFilter(this.filter);
    if (checked.valid) await this.close(this.filter);
    else this.problem = checked.message;
  }
}

import { api } from 'lwc';
import LightningModal from 'lightning/modal';
import { LABELS } from './labels';

/** A credential that can be chosen. */
export interface CredentialChoice {
  id: string;
  name: string;
  status: string;
}

/** Asks which credential an integration is to use; closes with its record id. */
export default class CredentialDialog extends LightningModal {
  @api credentials: CredentialChoice[] = [];
  /** The record id of the credential in use. */
  @api current: string | undefined;

  labels = LABELS;
  private chosen: string | undefined;

  get hasCredentials(): boolean {
    return this.credentials.length > 0;
  }

  get credentialId(): string | undefined {
    return this.chosen ?? this.current ?? this.credentials[0]?.id;
  }

  get options(): Array<{ label: string; value: string }> {
    return this.credentials.map(({ id, name, status }) => ({ label: `${name} (${status})`, value: id }));
  }

  handleCredential(event: CustomEvent<{ value: string }>): void {
    this.chosen = event.detail.value;
  }

  async handleCancel(): Promise<void> {
    await this.close(undefined);
  }

  async handleConfirm(): Promise<void> {
    await this.close(this.credentialId);
  }
}

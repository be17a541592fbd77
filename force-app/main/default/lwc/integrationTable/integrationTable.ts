import { LightningElement, api } from 'lwc';
import { format } from 'c/format';
import { integrationPage } from 'c/pageReferences';
import { LABELS } from './labels';

interface ShownIntegration {
  id: string;
  name: string;
  enabled: boolean;
  connected: boolean;
  connection: string;
  trigger: string;
  lastCheck: string | null;
  successiveErrors: number;
  accountFilter: string;
  disabledReason: string;
}

/** What a person can do with one integration of the table. */
export type IntegrationAction = 'syncnow' | 'enable' | 'disable';

/**
 * Every Integration Configuration, one a row, with its state in a word, an icon and a colour, and what can be done
 * with it. Fires `syncnow`, `enable` and `disable` with the record id.
 */
export default class IntegrationTable extends LightningElement {
  @api integrations: ShownIntegration[] = [];
  labels = LABELS;

  get rows() {
    return this.integrations.map((integration) => ({
      ...integration,
      ...statusOf(integration),
      page: integrationPage(integration.id),
      errors: format(LABELS.ofTen, String(integration.successiveErrors)),
      filter: integration.accountFilter || LABELS.allAccounts,
    }));
  }

  handleAction(event: Event): void {
    const { action, id } = (event.currentTarget as HTMLElement).dataset;
    this.dispatchEvent(new CustomEvent(action as IntegrationAction, { detail: id }));
  }
}

function statusOf({ enabled, connected, connection, disabledReason }: ShownIntegration) {
  if (!enabled) return { status: LABELS.disabled, reason: disabledReason, icon: 'utility:ban', variant: 'error' };
  if (!connected) return { status: connection, reason: '', icon: 'utility:warning', variant: 'warning' };
  return { status: connection, reason: '', icon: 'utility:success', variant: 'success' };
}

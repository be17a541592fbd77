import { LightningElement, api } from 'lwc';
import { LABELS } from './labels';

interface ShownRun {
  id: string;
  name: string;
  integration: string;
  status: string;
  statusLabel: string;
  started: string | null;
  sent: number;
  skipped: number;
  waiting: number;
  failed: number;
  apiCalls: number;
}

const ICONS: Record<string, { icon: string; variant: string }> = {
  COMPLETE: { icon: 'utility:success', variant: 'success' },
  STARTED: { icon: 'utility:sync', variant: '' },
  WAITING: { icon: 'utility:clock', variant: '' },
  AWAITING_RETRY: { icon: 'utility:clock', variant: 'warning' },
  RATE_LIMIT_RETRY: { icon: 'utility:clock', variant: 'warning' },
};
const FAILED = { icon: 'utility:error', variant: 'error' };

/** The last batches: when, how they ended, and what became of their Bills. */
export default class IntegrationRuns extends LightningElement {
  @api runs: ShownRun[] = [];
  labels = LABELS;

  get rows() {
    return this.runs.map((run) => ({ ...run, ...(ICONS[run.status] ?? FAILED) }));
  }
}

import { LightningElement, api } from 'lwc';
import { runPage } from 'c/pageReferences';
import { runStatusWords } from 'c/runStatus';
import { LABELS } from './labels';

interface ShownRun {
  id: string;
  name: string;
  integration: string;
  status: string;
  statusLabel: string;
  trigger: string;
  started: string | null;
  sent: number;
  skipped: number;
  waiting: number;
  failed: number;
  apiCalls: number;
}

/** The last batches: when, how they ended, and what became of their Bills. */
export default class IntegrationRuns extends LightningElement {
  @api runs: ShownRun[] = [];
  labels = LABELS;

  get rows() {
    return this.runs.map((run) => ({ ...run, ...runStatusWords(run.status), page: runPage(run.id) }));
  }
}

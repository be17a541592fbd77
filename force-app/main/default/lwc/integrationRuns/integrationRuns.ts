import { LightningElement, api } from 'lwc';
import { formatCount } from 'c/money';
import { runPage } from 'c/pageReferences';
import type { Column, Row } from 'c/recordTable';
import type { RunRow } from 'c/runRows';
import { runStatusWords } from 'c/runStatus';
import { LABELS } from './labels';

const COLUMNS: Column[] = [
  { key: 'run', label: LABELS.run },
  { key: 'integration', label: LABELS.integration },
  { key: 'trigger', label: LABELS.trigger },
  { key: 'started', label: LABELS.started },
  { key: 'status', label: LABELS.status },
  { key: 'sent', label: LABELS.sent, isNumber: true },
  { key: 'skipped', label: LABELS.skipped, isNumber: true },
  { key: 'waiting', label: LABELS.waiting, isNumber: true },
  { key: 'failed', label: LABELS.failed, isNumber: true },
  { key: 'apiCalls', label: LABELS.apiCalls, isNumber: true },
];
const COLUMNS_OF_ONE = COLUMNS.filter(({ key }) => key !== 'integration');

/** The last batches: when, how they ended, and what became of their Bills. */
export default class IntegrationRuns extends LightningElement {
  @api runs: RunRow[] = [];
  /** All are of the integration that the page is about, so that none is named. */
  @api isOfOne = false;
  labels = LABELS;

  get columns(): Column[] {
    return this.isOfOne ? COLUMNS_OF_ONE : COLUMNS;
  }

  get rows(): Row[] {
    return this.runs.map(toRow);
  }
}

function toRow(run: RunRow): Row {
  const { icon, variant } = runStatusWords(run.status);
  return {
    run: { text: run.name, page: runPage(run.id) },
    integration: run.integration,
    trigger: run.trigger,
    started: { instant: run.started },
    status: { text: run.statusLabel, icon, variant },
    sent: formatCount(run.sent),
    skipped: formatCount(run.skipped),
    waiting: formatCount(run.waiting),
    failed: formatCount(run.failed),
    apiCalls: formatCount(run.apiCalls),
  };
}

import { LightningElement, api, wire } from 'lwc';
import { graphql } from 'lightning/graphql';
import type { GraphQLResult } from 'lightning/graphql';
import { runPage } from 'c/pageReferences';
import { runStatusWords } from 'c/runStatus';
import type { RunStatusWords } from 'c/runStatus';
import { LABELS } from './labels';
import { LAST_RUN_QUERY, unsentRun } from './lastRunQuery';
import type { LastRunData, UnsentRun } from './lastRunQuery';

/**
 * The last attempt to send a Bill, where it did not arrive: how it ended, and why. Nothing for who may not see Runs.
 * Fires `lastrun` with whether there is such an attempt.
 */
export default class BillLastRun extends LightningElement {
  /** The Bill. */
  @api recordId: string | undefined;
  /** When it was last written (ISO instant); null when never. */
  @api lastSync: string | null = null;

  labels = LABELS;
  private data: LastRunData | undefined;
  private refreshData: (() => Promise<void>) | undefined;
  private told = false;

  /** An error is the platform's way to say that the person does not see the object. */
  @wire(graphql, { query: '$query', variables: '$variables' })
  wiredRun({ data, errors, refresh }: GraphQLResult<LastRunData>): void {
    if (!data && !errors) return;
    this.refreshData = refresh;
    this.data = errors ? undefined : data;
  }

  /** Tells the page after every change of what it shows. */
  override renderedCallback(): void {
    const isUnsent = this.run !== undefined;
    if (isUnsent === this.told) return;
    this.told = isUnsent;
    this.dispatchEvent(new CustomEvent('lastrun', { detail: isUnsent }));
  }

  /** Looks again. */
  @api async refresh(): Promise<void> {
    await this.refreshData?.();
  }

  get query(): unknown {
    return this.recordId ? LAST_RUN_QUERY : undefined;
  }
  get variables(): Record<string, unknown> {
    return { billId: this.recordId };
  }
  get run(): UnsentRun | undefined {
    return this.data && unsentRun(this.data, this.lastSync);
  }
  get words(): RunStatusWords {
    return runStatusWords(this.run?.status ?? '');
  }
  get runLink() {
    return runPage(this.run?.id ?? '');
  }
}

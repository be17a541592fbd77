import { LightningElement, api, wire } from 'lwc';
import { graphql } from 'lightning/graphql';
import type { GraphQLResult } from 'lightning/graphql';
import { poll } from 'c/polling';
import type { Stop } from 'c/polling';
import { askAgent } from 'c/requests';
import { FAILED_STATUSES } from 'c/runStatus';
import EVENT_RUN from '@salesforce/schema/Integration_Event__c.Run__c';
import PARENT_RUN from '@salesforce/schema/Integration_Run__c.Parent_Run__c';
import { runFacts } from './runFacts';
import type { RunData, RunFacts } from './runFacts';
import { RUN_QUERY } from './runQuery';
import { LABELS } from './labels';

const POLL_MS = 2_000;
const RUN_RELATION = EVENT_RUN.fieldApiName.replace(/__c$/, '__r');
type Refreshable = HTMLElement & { refresh(): Promise<void> };

/** One Run: how it ended, what became of its Bills, what failed and why. Follows a Run that is going on. */
export default class RunDetails extends LightningElement {
  /** The Run. */
  @api recordId: string | undefined;

  labels = LABELS;
  run: RunFacts | undefined;
  errors: unknown;
  isLoading = true;
  isMissing = false;
  private refreshData: (() => Promise<void>) | undefined;
  private stopPolling: Stop | undefined;

  @wire(graphql, { query: '$query', variables: '$variables' })
  wiredRun({ data, errors, refresh }: GraphQLResult<RunData>): void {
    if (!data && !errors) return;
    this.refreshData = refresh;
    this.isLoading = false;
    this.errors = errors;
    if (!data || errors) return;
    this.run = runFacts(data);
    this.isMissing = !this.run;
    this.follow(this.run?.status.isLive ?? false);
  }

  override disconnectedCallback(): void {
    this.follow(false);
  }

  get query(): unknown {
    return this.recordId ? RUN_QUERY : undefined;
  }

  get variables(): Record<string, unknown> {
    const { recordId } = this;
    const below = { [RUN_RELATION]: { [PARENT_RUN.fieldApiName]: { eq: recordId } } };
    const events = { or: [{ [EVENT_RUN.fieldApiName]: { eq: recordId } }, below] };
    return { recordId, failed: FAILED_STATUSES, events };
  }

  get shown(): RunFacts | undefined {
    return this.errors ? undefined : this.run;
  }

  get hasFailures(): boolean {
    return (this.run?.failures.length ?? 0) > 0;
  }

  async handleRefresh(): Promise<void> {
    const children = this.template?.querySelector<Refreshable>('c-run-children');
    await Promise.all([this.refreshData?.(), children?.refresh()]);
  }

  handleReplay(event: Event): void {
    const { id } = (event.currentTarget as HTMLElement).dataset;
    askAgent(this.template, { type: 'REPLAY_RUN', runId: id ?? this.recordId });
  }

  private follow(isLive: boolean): void {
    if (isLive === Boolean(this.stopPolling)) return;
    this.stopPolling?.();
    this.stopPolling = isLive ? poll(() => this.handleRefresh(), POLL_MS) : undefined;
  }
}

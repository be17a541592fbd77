import { LightningElement, wire } from 'lwc';
import { graphql } from 'lightning/graphql';
import type { GraphQLResult } from 'lightning/graphql';
import type { PageReference } from 'lightning/navigation';
import { format } from 'c/format';
import { formatCount } from 'c/money';
import { billPage, runPage } from 'c/pageReferences';
import { runStatusWords } from 'c/runStatus';
import { LABELS } from './labels';
import { HELD_BILLS_QUERY, UNSENT_RUNS_QUERY, billIdsOf, unsentBills } from './unsentQueries';
import type { HeldBillsData, UnsentBill, UnsentRunsData } from './unsentQueries';

const WEEK_MS = 7 * 86_400_000;
/** So many Bills are named; the others are counted. */
const MOST_ROWS = 20;

interface Row {
  key: string;
  page: PageReference;
  name: string;
  status: string;
  icon: string;
  variant: string;
  started: string;
}

/**
 * The Bills that the last attempt of the last seven days did not bring to Salesforce; nothing for who may not see Runs.
 * Fires `counted` with how many there are.
 */
export default class UnsentBills extends LightningElement {
  labels = LABELS;
  runsQuery = UNSENT_RUNS_QUERY;
  runsVariables = { since: { value: new Date(Date.now() - WEEK_MS).toISOString() } };
  private runs: UnsentRunsData | undefined;
  private bills: UnsentBill[] = [];

  /** An error is the platform's way to say that the person does not see the object. */
  @wire(graphql, { query: '$runsQuery', variables: '$runsVariables' })
  wiredRuns({ data, errors }: GraphQLResult<UnsentRunsData>): void {
    if (data && !errors) this.runs = data;
  }

  @wire(graphql, { query: '$billsQuery', variables: '$billsVariables' })
  wiredBills({ data, errors }: GraphQLResult<HeldBillsData>): void {
    if (!data || errors || !this.runs) return;
    this.bills = unsentBills(this.runs, data);
    this.dispatchEvent(new CustomEvent('counted', { detail: this.bills.length }));
  }

  get billsQuery(): unknown {
    return this.runs && billIdsOf(this.runs).length > 0 ? HELD_BILLS_QUERY : undefined;
  }
  get billsVariables(): Record<string, unknown> {
    return { m3terBillIds: this.runs ? billIdsOf(this.runs) : [] };
  }
  get hasBills(): boolean {
    return this.bills.length > 0;
  }
  get heading(): string {
    return format(LABELS.title, formatCount(this.bills.length));
  }
  get rows(): Row[] {
    return this.bills.slice(0, MOST_ROWS).map(({ m3terBillId, billId, runId, name, status, statusLabel, started }) => {
      const { icon, variant } = runStatusWords(status);
      const page = billId ? billPage(billId) : runPage(runId);
      return { key: m3terBillId, page, name, status: statusLabel, icon, variant, started };
    });
  }
  get more(): string {
    const more = this.bills.length - MOST_ROWS;
    return more > 0 ? format(LABELS.more, formatCount(more)) : '';
  }
}

import { LightningElement, api, wire } from 'lwc';
import { graphql } from 'lightning/graphql';
import type { GraphQLResult } from 'lightning/graphql';
import { format } from 'c/format';
import { formatCount } from 'c/money';
import { skipReasons } from 'c/skipReasons';
import { toBillRow } from './billRows';
import type { BillRow, FieldWords } from './billRows';
import { countsOf } from './dryRun';
import type { DryRun } from './dryRun';
import { BILL_FIELDS_QUERY, BILL_FIELDS_VARIABLES, fieldWords } from './fieldWords';
import type { BillFieldsData } from './fieldWords';
import { LABELS } from './labels';

export type { DryRun } from './dryRun';

const STEP = 20;

/** What a sync would do now: how many Bills would fare how, and of each what would change in it. */
export default class DryRunPreview extends LightningElement {
  /** The data of the agent's answer. */
  @api dryRun: DryRun | undefined;

  labels = LABELS;
  query = BILL_FIELDS_QUERY;
  variables = BILL_FIELDS_VARIABLES;
  private words: FieldWords = new Map();
  private first = STEP;

  @wire(graphql, { query: '$query', variables: '$variables' })
  wiredFields({ data, errors }: GraphQLResult<BillFieldsData>): void {
    if (data && !errors) this.words = fieldWords(data);
  }

  get heading(): string {
    return this.dryRun?.letThrough ? LABELS.draftTitle : LABELS.title;
  }
  get counts(): string {
    if (!this.dryRun) return '';
    const { read, sent, unmatched, skipped, waiting, failed } = countsOf(this.dryRun);
    const parts: Array<[label: string, count: number]> = [
      [LABELS.countRead, read],
      [LABELS.countSent, sent],
      [LABELS.countUnmatched, unmatched],
    ];
    const ends: typeof parts = [
      [LABELS.countWaiting, waiting],
      [LABELS.countFailed, failed],
    ];
    const worded = (some: typeof parts): string[] =>
      some
        .filter(([label, count]) => count > 0 || label === LABELS.countSent)
        .map(([label, count]) => format(label, formatCount(count)));
    const { letThrough } = this.dryRun;
    const changed = letThrough
      ? [
          format(LABELS.countNewly, formatCount(letThrough.newly)),
          format(LABELS.countNoLonger, formatCount(letThrough.noLonger)),
        ]
      : [];
    return [...worded(parts), ...changed, ...skipReasons(JSON.stringify(skipped)), ...worded(ends)].join(' · ');
  }
  get idle(): string[] {
    return (this.dryRun?.idle ?? []).map(({ detail }) => detail);
  }
  get rows(): BillRow[] {
    return (this.dryRun?.bills ?? []).slice(0, this.first).map((bill) => toBillRow(bill, this.words));
  }
  get hasRows(): boolean {
    return this.rows.length > 0;
  }
  get hasMore(): boolean {
    return this.rows.length < (this.dryRun?.bills.length ?? 0);
  }
  get moreLabel(): string {
    return format(LABELS.more, formatCount(this.rows.length), formatCount(this.dryRun?.bills.length ?? 0));
  }

  handleMore(): void {
    this.first += STEP;
  }
}

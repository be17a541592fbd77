import { LightningElement, wire } from 'lwc';
import { graphql } from 'lightning/graphql';
import type { GraphQLResult } from 'lightning/graphql';
import { CurrentPageReference, NavigationMixin } from 'lightning/navigation';
import type { PageReference } from 'lightning/navigation';
import { formatMonth, lastMonths } from 'c/dates';
import { isNoAccess, reduceErrors } from 'c/errors';
import { format } from 'c/format';
import { formatCount } from 'c/money';
import { accountOf, billsPage, shownBillsOf } from 'c/pageReferences';
import type { ShownBills } from 'c/pageReferences';
import { byCurrency, movers } from './billed';
import type { CurrencyRow, Mover } from './billed';
import { LABELS } from './labels';
import { OVERVIEW_QUERY, billedIn, countOf, groupsOf } from './overviewQuery';
import type { BilledGroup, OverviewData } from './overviewQuery';

/** The most groups that one answer holds. */
const MOST_GROUPS = 2000;

/** Bills that somebody should look at: how many, and where the list of them is. */
interface Attention {
  show: ShownBills;
  text: string;
}

/** Above the list of Bills: this month against last, who moved most, and what needs attention. */
export default class BillsOverview extends NavigationMixin(LightningElement) {
  labels = LABELS;
  query = OVERVIEW_QUERY;
  errors: unknown;
  isLoading = true;
  /** Bills that fail or wait to be sent, as far as the person may see that. */
  private unsent = 0;
  private isOfAll = true;
  private data: OverviewData | undefined;
  private refreshData: (() => Promise<void>) | undefined;
  /** The month before, this month, the next one. */
  private months = lastMonths(3, oneMonthAfter(new Date()));

  @wire(CurrentPageReference)
  wiredPage(page: PageReference | undefined): void {
    this.isOfAll = accountOf(page) === undefined && shownBillsOf(page) === 'all';
  }

  @wire(graphql, { query: '$query', variables: '$variables' })
  wiredOverview({ data, errors, refresh }: GraphQLResult<OverviewData>): void {
    if (!data && !errors) return;
    this.refreshData = refresh;
    this.isLoading = false;
    this.errors = errors;
    if (data && !errors) this.data = data;
  }

  get variables(): Record<string, unknown> {
    const [last = '', now = '', next = ''] = this.months;
    return { thisMonth: billedIn(now, next), lastMonth: billedIn(last, now), first: MOST_GROUPS };
  }

  /** Not above a list of only some Bills. Who may not see Bills is told so by the list. */
  get isShown(): boolean {
    return this.isOfAll && !(this.errors && isNoAccess(reduceErrors(this.errors)));
  }

  get hasData(): boolean {
    return !this.errors && this.data !== undefined;
  }

  get thisMonth(): string {
    return format(LABELS.thisMonth, formatMonth(this.months[1] ?? '', 'long'));
  }

  get lastMonth(): string {
    return formatMonth(this.months[0] ?? '', 'long');
  }

  get currencies(): CurrencyRow[] {
    return byCurrency(...this.billed);
  }

  get hasCurrencies(): boolean {
    return this.currencies.length > 0;
  }

  get moverLists(): Array<{ key: string; title: string; movers: Mover[] }> {
    const { up, down } = movers(...this.billed);
    const lists = [
      { key: 'up', title: LABELS.up, movers: up },
      { key: 'down', title: LABELS.down, movers: down },
    ];
    return lists.filter(({ movers: shown }) => shown.length > 0);
  }

  get attentions(): Attention[] {
    const aggregate = this.data?.uiapi.aggregate;
    if (!aggregate) return [];
    const { changed, unmatched, writing, deleted } = aggregate;
    const all = [
      { show: 'changed', label: LABELS.changed, count: countOf(changed) },
      { show: 'unmatched', label: LABELS.unmatched, count: countOf(unmatched) },
      { show: 'writing', label: LABELS.writing, count: countOf(writing) },
      { show: 'deleted', label: LABELS.deleted, count: countOf(deleted) },
    ] as const;
    return all
      .filter(({ count }) => count > 0)
      .map(({ show, label, count }) => ({ show, text: format(label, formatCount(count)) }));
  }

  get hasNoAttention(): boolean {
    return this.attentions.length === 0 && this.unsent === 0;
  }

  handleUnsent({ detail: unsent }: CustomEvent<number>): void {
    this.unsent = unsent;
  }

  handleShow(event: Event): void {
    const { show } = (event.currentTarget as HTMLElement).dataset;
    this[NavigationMixin.Navigate](billsPage({ show: show as ShownBills }));
  }

  async handleRefresh(): Promise<void> {
    this.isLoading = true;
    try {
      await this.refreshData?.();
    } catch (error) {
      this.errors = error;
    } finally {
      this.isLoading = false;
    }
  }

  /** This month's groups and last month's. */
  private get billed(): [BilledGroup[], BilledGroup[]] {
    const aggregate = this.data?.uiapi.aggregate;
    return aggregate ? [groupsOf(aggregate.thisMonth), groupsOf(aggregate.lastMonth)] : [[], []];
  }
}

function oneMonthAfter(now: Date): Date {
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1, 1));
}

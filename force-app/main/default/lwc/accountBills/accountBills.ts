import { LightningElement, api, wire } from 'lwc';
import { graphql } from 'lightning/graphql';
import type { GraphQLResult } from 'lightning/graphql';
import { NavigationMixin } from 'lightning/navigation';
import { noteCardShown } from 'c/cardPlacement';
import { nodes } from 'c/connection';
import type { Connection } from 'c/connection';
import { billPage, billsPage } from 'c/pageReferences';
import { ACCOUNT_BILLS_QUERY } from './accountBillsQuery';
import { dueBills, pendingBills, recentBill, trends } from './billing';
import type { BillNode, CurrencyTrend, DueBill, RecentBill } from './billing';
import { LABELS } from './labels';

const RECENT_BILLS = 3;
const TREND_MONTHS = 12;
/** The most that one answer may hold; years of Bills for almost every Account. */
const MOST_BILLS = 2000;

interface AccountBillsData {
  uiapi: { query: { bills: Connection<BillNode> } };
}

/** The card on an Account's page: its last Bills, what is pending, what was billed per month. */
export default class AccountBills extends NavigationMixin(LightningElement) {
  /** The Account. */
  @api recordId: string | undefined;

  labels = LABELS;
  recent: RecentBill[] | undefined;
  pending: string[] = [];
  due: DueBill[] = [];
  trends: CurrencyTrend[] = [];
  errors: unknown;
  isLoading = true;
  private refreshData: (() => Promise<void>) | undefined;

  @wire(graphql, { query: '$query', variables: '$variables' })
  wiredBills({ data, errors, refresh }: GraphQLResult<AccountBillsData>): void {
    if (!data && !errors) return;
    this.refreshData = refresh;
    this.isLoading = false;
    this.errors = errors;
    if (data && !errors) this.showBills(nodes(data.uiapi.query.bills));
  }

  /** Undefined, so that nothing is asked, until the record is known. */
  override connectedCallback(): void {
    noteCardShown();
  }

  get query(): unknown {
    return this.recordId ? ACCOUNT_BILLS_QUERY : undefined;
  }

  get variables(): Record<string, unknown> {
    return { accountId: this.recordId, first: MOST_BILLS, upperBound: MOST_BILLS };
  }

  get hasBills(): boolean {
    return !this.errors && (this.recent?.length ?? 0) > 0;
  }

  get isEmpty(): boolean {
    return !this.errors && this.recent?.length === 0;
  }

  get hasDue(): boolean {
    return this.due.length > 0;
  }

  get hasNoPending(): boolean {
    return this.pending.length === 0;
  }

  handleViewAll(): void {
    this[NavigationMixin.Navigate](billsPage({ accountId: this.recordId }));
  }

  handleBill(event: Event): void {
    event.preventDefault();
    const { id } = (event.currentTarget as HTMLElement).dataset;
    if (id) this[NavigationMixin.Navigate](billPage(id));
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

  private showBills(bills: BillNode[]): void {
    this.recent = bills.slice(0, RECENT_BILLS).map(recentBill);
    this.pending = pendingBills(bills);
    this.due = dueBills(bills, new Date().toISOString().slice(0, 10));
    this.trends = trends(bills, TREND_MONTHS);
    this.addUrls(this.recent).catch((error: unknown) => {
      this.errors = error;
    });
  }

  private async addUrls(recent: RecentBill[]): Promise<void> {
    const urls = await Promise.all(recent.map(({ id }) => this[NavigationMixin.GenerateUrl](billPage(id))));
    if (this.recent === recent) this.recent = recent.map((bill, index) => ({ ...bill, url: urls[index] ?? '' }));
  }
}

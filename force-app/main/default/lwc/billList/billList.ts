import { LightningElement, wire } from 'lwc';
import { graphql } from 'lightning/graphql';
import type { GraphQLResult } from 'lightning/graphql';
import type { SortEvent } from 'lightning/datatable';
import { CurrentPageReference, NavigationMixin } from 'lightning/navigation';
import type { PageReference } from 'lightning/navigation';
import { nextCursor, nodes } from 'c/connection';
import { downloadCsv } from 'c/csv';
import { format } from 'c/format';
import { accountOf, billPage, billsPage, shownBillsOf } from 'c/pageReferences';
import type { ShownBills } from 'c/pageReferences';
import { billOrder, billWhere, isFiltered } from './billFilter';
import type { BillFilter, SortDirection, SortKey } from './billFilter';
import { billRow } from './billRows';
import type { BillNode, BillRow, BillsData } from './billRows';
import { billsCsv } from './billsCsv';
import { COLUMNS } from './columns';
import { LABELS } from './labels';
import { BILLS_QUERY } from './billsQuery';

const PAGE_SIZE = 50;
const TYPING_PAUSE_MS = 300;

/** All Bills the user may see: search, filter, order, pages. */
export default class BillList extends NavigationMixin(LightningElement) {
  labels = LABELS;
  columns = COLUMNS;
  filter: BillFilter = { search: '', show: 'all', accountId: undefined };
  sortedBy: SortKey = 'period';
  sortDirection: SortDirection = 'desc';
  rows: BillRow[] | undefined;
  private bills: BillNode[] = [];
  total = 0;
  errors: unknown;
  isLoading = true;
  /** The cursors of the pages up to the one shown; the first page has none. */
  private cursors: Array<string | null> = [null];
  private nextPage: string | undefined;
  private refreshData: (() => Promise<void>) | undefined;
  private typing: ReturnType<typeof setTimeout> | undefined;

  @wire(CurrentPageReference)
  wiredPage(page: PageReference | undefined): void {
    this.applyFilter({ accountId: accountOf(page), show: shownBillsOf(page) });
  }

  @wire(graphql, { query: BILLS_QUERY, variables: '$variables' })
  wiredBills({ data, errors, refresh }: GraphQLResult<BillsData>): void {
    if (!data && !errors) return;
    this.refreshData = refresh;
    this.isLoading = false;
    this.errors = errors;
    if (data && !errors) this.showBills(data);
  }

  get variables(): Record<string, unknown> {
    return {
      where: billWhere(this.filter),
      orderBy: billOrder(this.sortedBy, this.sortDirection),
      first: PAGE_SIZE,
      after: this.cursors.at(-1) ?? null,
    };
  }

  get showOptions(): Array<{ label: string; value: ShownBills }> {
    return [
      { label: LABELS.showAll, value: 'all' },
      { label: LABELS.pending, value: 'pending' },
      { label: LABELS.approved, value: 'approved' },
      { label: LABELS.showChanged, value: 'changed' },
      { label: LABELS.showUnmatched, value: 'unmatched' },
      { label: LABELS.showWriting, value: 'writing' },
      { label: LABELS.showDeleted, value: 'deleted' },
    ];
  }

  get oneAccount(): string | undefined {
    if (!this.filter.accountId) return undefined;
    const account = this.rows?.[0]?.account;
    return account ? format(LABELS.oneAccount, account) : LABELS.oneAccountUnnamed;
  }

  get hasRows(): boolean {
    return !this.errors && (this.rows?.length ?? 0) > 0;
  }

  get hasNoRows(): boolean {
    return !this.hasRows;
  }

  get isEmpty(): boolean {
    return !this.errors && this.rows?.length === 0 && !isFiltered(this.filter);
  }

  get isFilteredAway(): boolean {
    return !this.errors && this.rows?.length === 0 && isFiltered(this.filter);
  }

  get offset(): number {
    return (this.cursors.length - 1) * PAGE_SIZE;
  }

  get shown(): number {
    return this.rows?.length ?? 0;
  }

  get hasNext(): boolean {
    return this.nextPage !== undefined;
  }

  handleSearch(event: CustomEvent<{ value: string }>): void {
    const search = event.detail.value;
    clearTimeout(this.typing);
    // Waits for a pause in typing, so that not every letter costs a query.
    this.typing = setTimeout(() => this.applyFilter({ search }), TYPING_PAUSE_MS);
  }

  handleShow(event: CustomEvent<{ value: ShownBills }>): void {
    this.applyFilter({ show: event.detail.value });
  }

  handleClear(): void {
    this.applyFilter({ search: '', show: 'all' });
    if (this.filter.accountId) this.handleAllAccounts();
  }

  handleAllAccounts(): void {
    this[NavigationMixin.Navigate](billsPage());
  }

  handleSort(event: CustomEvent<SortEvent>): void {
    this.sortedBy = event.detail.fieldName as SortKey;
    this.sortDirection = event.detail.sortDirection;
    this.goTo([null]);
  }

  /** What is shown: the Bills of this page. */
  handleExport(): void {
    downloadCsv('bills.csv', billsCsv(this.bills));
  }

  handlePrevious(): void {
    this.goTo(this.cursors.slice(0, -1));
  }

  handleNext(): void {
    if (this.nextPage) this.goTo([...this.cursors, this.nextPage]);
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

  private applyFilter(change: Partial<BillFilter>): void {
    const filter = { ...this.filter, ...change };
    // The same filter is the same question, to which no new answer would come.
    if (JSON.stringify(filter) === JSON.stringify(this.filter)) return;
    this.filter = filter;
    this.goTo([null]);
  }

  private goTo(cursors: Array<string | null>): void {
    this.cursors = cursors;
    this.isLoading = true;
  }

  private showBills(data: BillsData): void {
    const { bills } = data.uiapi.query;
    this.nextPage = nextCursor(bills);
    this.total = bills.totalCount ?? 0;
    this.bills = nodes(bills);
    this.rows = this.bills.map(billRow);
    this.addUrls(this.rows).catch((error: unknown) => {
      this.errors = error;
    });
  }

  private async addUrls(rows: BillRow[]): Promise<void> {
    const urls = await Promise.all(rows.map(({ id }) => this[NavigationMixin.GenerateUrl](billPage(id))));
    if (this.rows === rows) this.rows = rows.map((row, index) => ({ ...row, url: urls[index] ?? '' }));
  }
}

import { LightningElement, wire } from 'lwc';
import { graphql } from 'lightning/graphql';
import type { GraphQLResult } from 'lightning/graphql';
import { CurrentPageReference, NavigationMixin } from 'lightning/navigation';
import type { PageReference } from 'lightning/navigation';
import type { ColumnSort } from 'c/columnSort';
import { nodes } from 'c/connection';
import { downloadCsv } from 'c/csv';
import { FIRST_PAGE, cursorOf, readPage } from 'c/cursorPages';
import type { Cursors, ReadPage } from 'c/cursorPages';
import { format } from 'c/format';
import { accountOf, billsPage, shownBillsOf } from 'c/pageReferences';
import type { ShownBills } from 'c/pageReferences';
import type { Row } from 'c/recordTable';
import { billOrder, billWhere, isFiltered } from './billFilter';
import type { BillFilter, SortKey } from './billFilter';
import { accountName, billRow } from './billRows';
import type { BillNode, BillsData } from './billRows';
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
  sort: ColumnSort<SortKey> = { key: 'period', direction: 'desc' };
  current: ReadPage | undefined;
  rows: Row[] = [];
  errors: unknown;
  isLoading = true;
  private bills: BillNode[] = [];
  private cursors = FIRST_PAGE;
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
    if (!data || errors) return;
    const { bills } = data.uiapi.query;
    this.current = readPage(this.cursors, PAGE_SIZE, bills);
    this.bills = nodes(bills);
    this.rows = this.bills.map(billRow);
  }

  get variables(): Record<string, unknown> {
    return {
      where: billWhere(this.filter),
      orderBy: billOrder(this.sort),
      first: PAGE_SIZE,
      after: cursorOf(this.cursors),
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
    const [bill] = this.bills;
    return bill ? format(LABELS.oneAccount, accountName(bill)) : LABELS.oneAccountUnnamed;
  }

  get hasNoRows(): boolean {
    return Boolean(this.errors) || this.bills.length === 0;
  }

  get isFiltered(): boolean {
    return isFiltered(this.filter);
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

  handleSort(event: CustomEvent<ColumnSort<SortKey>>): void {
    this.sort = event.detail;
    this.goTo(FIRST_PAGE);
  }

  /** What is shown: the Bills of this page. */
  handleExport(): void {
    downloadCsv('bills.csv', billsCsv(this.bills));
  }

  handleTurn(event: CustomEvent<Cursors>): void {
    this.goTo(event.detail);
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
    this.goTo(FIRST_PAGE);
  }

  private goTo(cursors: Cursors): void {
    this.cursors = cursors;
    this.isLoading = true;
  }
}

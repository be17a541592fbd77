import { LightningElement, api, wire } from 'lwc';
import { graphql } from 'lightning/graphql';
import type { GraphQLResult } from 'lightning/graphql';
import { nextCursor, nodes } from 'c/connection';
import type { Connection } from 'c/connection';
import { downloadCsv } from 'c/csv';
import { format } from 'c/format';
import { groupLines, searchLines, toLineItem, totalOf } from 'c/lineItems';
import type { GroupBy, LineItem, LineItemGroup, LineItemNode } from 'c/lineItems';
import { formatCount, formatMoney } from 'c/money';
import { LABELS } from './labels';
import { linesCsv } from './linesCsv';
import { LINE_ITEMS_QUERY } from './lineItemsQuery';

/** The most records that one page of a query may hold. */
const PAGE_SIZE = 2000;
/** Without a bound the platform stops paging after 4,000 records; this is far above any Bill. */
const UPPER_BOUND = 100_000;

interface LineItemsData {
  uiapi: { query: { lines: Connection<LineItemNode> } };
}

/** The Line Items of one Bill: all of them are read, then searched, ordered and grouped here. */
export default class BillLineItems extends LightningElement {
  /** The Bill. */
  @api recordId: string | undefined;
  /** The currency of the Bill, in which the amounts are shown and summed. */
  @api currencyCode = '';

  labels = LABELS;
  search = '';
  groupBy: GroupBy = 'product';
  errors: unknown;
  /** Undefined until every page is read; the last complete answer stays visible while a new one is read. */
  private lines: LineItem[] | undefined;
  private pages: LineItem[][] = [];
  private cursors: Array<string | null> = [null];
  private refreshers: Array<() => Promise<void>> = [];
  private isReading = true;
  private totalCount = 0;

  @wire(graphql, { query: '$query', variables: '$variables' })
  wiredLines({ data, errors, refresh }: GraphQLResult<LineItemsData>): void {
    if (!data && !errors) return;
    this.errors = errors;
    this.isReading = false;
    if (refresh) this.refreshers[this.cursors.length - 1] = refresh;
    if (data && !errors) this.addPage(data.uiapi.query.lines);
  }

  /** Undefined, so that nothing is asked, until the record is known. */
  get query(): unknown {
    return this.recordId ? LINE_ITEMS_QUERY : undefined;
  }

  get variables(): Record<string, unknown> {
    return {
      billId: this.recordId,
      first: PAGE_SIZE,
      after: this.cursors.at(-1) ?? null,
      upperBound: UPPER_BOUND,
    };
  }

  get isLoading(): boolean {
    return this.isReading && !this.errors;
  }

  get progress(): string {
    const read = this.pages.reduce((count, page) => count + page.length, 0);
    return this.totalCount ? format(LABELS.loaded, formatCount(read), formatCount(this.totalCount)) : LABELS.loading;
  }

  get groupOptions(): Array<{ label: string; value: GroupBy }> {
    return [
      { label: LABELS.groupProduct, value: 'product' },
      { label: LABELS.groupType, value: 'type' },
      { label: LABELS.groupNone, value: 'none' },
    ];
  }

  get found(): LineItem[] {
    return searchLines(this.lines ?? [], this.search);
  }

  /**
   * Another search gives other groups: a group that kept its key would be moved, and a base datatable that is connected
   * a second time answers every click and key twice.
   */
  get groups(): Array<LineItemGroup & { open: boolean }> | undefined {
    if (this.groupBy === 'none') return undefined;
    return groupLines(this.found, this.groupBy).map((group, index) => ({
      ...group,
      key: `${this.search}/${group.key}`,
      open: index === 0,
    }));
  }

  get hasLines(): boolean {
    return !this.errors && (this.lines?.length ?? 0) > 0;
  }

  get isEmpty(): boolean {
    return !this.errors && this.lines?.length === 0;
  }

  get isFilteredAway(): boolean {
    return this.hasLines && this.found.length === 0;
  }

  get summary(): string {
    const found = this.found;
    const label = this.search.trim() ? LABELS.foundTotal : LABELS.total;
    return format(label, formatCount(found.length), formatMoney(totalOf(found), this.currencyCode));
  }

  handleSearch(event: CustomEvent<{ value: string }>): void {
    this.search = event.detail.value;
  }

  handleGroupBy(event: CustomEvent<{ value: GroupBy }>): void {
    this.groupBy = event.detail.value;
  }

  /** What is shown: the lines that a search left, in the order of the Bill. */
  handleExport(): void {
    downloadCsv(`${this.recordId ?? 'bill'}.csv`, linesCsv(this.found, this.currencyCode));
  }

  handleClear(): void {
    this.search = '';
  }

  /** Reads every page anew; what is shown stays until all of them are there. */
  @api
  async refresh(): Promise<void> {
    this.isReading = true;
    try {
      await Promise.all(this.refreshers.map((refreshPage) => refreshPage()));
      if (this.cursors.length > 1) this.restart();
      else this.isReading = false;
    } catch (error) {
      this.errors = error;
    }
  }

  private restart(): void {
    this.pages = [];
    this.refreshers = [];
    this.cursors = [null];
  }

  private addPage(page: Connection<LineItemNode>): void {
    const next = nextCursor(page);
    // An answer that ends where the awaited page begins is the page before it, sent once more.
    if (next !== undefined && next === this.cursors.at(-1)) return;
    const read = nodes(page).map((node) => toLineItem(node, this.currencyCode));
    this.pages = [...this.pages.slice(0, this.cursors.length - 1), read];
    this.totalCount = page.totalCount ?? 0;
    if (next) {
      this.cursors = [...this.cursors, next];
      this.isReading = true;
    } else {
      this.lines = this.pages.flat();
    }
  }
}

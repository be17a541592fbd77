import { LightningElement, api, wire } from 'lwc';
import { graphql } from 'lightning/graphql';
import type { GraphQLResult } from 'lightning/graphql';
import type { SortDirection } from 'c/columnSort';
import { nextCursor, nodes } from 'c/connection';
import type { Connection } from 'c/connection';
import { downloadCsv } from 'c/csv';
import { format } from 'c/format';
import { groupLines, searchLines, sortLines, toLineItem, totalOf } from 'c/lineItems';
import type { GroupBy, LineItem, LineItemGroup, LineItemNode, SortKey } from 'c/lineItems';
import type { LineSort } from 'c/lineItemTable';
import { formatCount, formatMoney } from 'c/money';
import { LABELS } from './labels';
import { linesCsv } from './linesCsv';
import { LINE_ITEMS_QUERY } from './lineItemsQuery';

/** Few enough that they are there at once. */
const FIRST_PAGE_SIZE = 200;
/** Half of what one page of a query may hold: to take in more at once would hold up a person who scrolls. */
const PAGE_SIZE = 1000;
const TYPING_PAUSE_MS = 150;
/** Without a bound the platform stops paging after 4,000 records; this is far above any Bill. */
const UPPER_BOUND = 100_000;

interface LineItemsData {
  uiapi: { query: { lines: Connection<LineItemNode> } };
}

type ShownGroup = LineItemGroup & { open: boolean };

/**
 * The Line Items of one Bill. The first ones are shown as soon as they are there; once all are read they can be
 * searched, ordered, grouped, summed and exported.
 */
export default class BillLineItems extends LightningElement {
  /** The Bill. */
  @api recordId: string | undefined;
  /** The currency of the Bill, in which the amounts are shown and summed. */
  @api currencyCode = '';

  labels = LABELS;
  search = '';
  groupBy: GroupBy = 'product';
  sortedBy: SortKey = 'position';
  sortDirection: SortDirection = 'asc';
  errors: unknown;
  /** What the search left, in order. */
  found: LineItem[] = [];
  groups: ShownGroup[] = [];
  /** The last complete answer stays visible while a new one is read. */
  private lines: LineItem[] | undefined;
  private isWhole = false;
  private pages: LineItem[][] = [];
  private cursors: Array<string | null> = [null];
  private refreshers: Array<() => Promise<void>> = [];
  private isReading = true;
  private totalCount = 0;
  private typing: ReturnType<typeof setTimeout> | undefined;

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
      first: this.cursors.length === 1 ? FIRST_PAGE_SIZE : PAGE_SIZE,
      after: this.cursors.at(-1) ?? null,
      upperBound: UPPER_BOUND,
    };
  }

  /** Nothing is there to show yet. */
  get isLoading(): boolean {
    return this.isReading && !this.errors && !this.lines;
  }

  /**
   * Some Line Items are shown, in one list: sums of only these would be taken for the whole. The tools wait for all, but have
   * their place.
   */
  get isIncomplete(): boolean {
    return !this.errors && this.lines !== undefined && !this.isWhole;
  }

  get progress(): string {
    const read = this.pages.reduce((count, page) => count + page.length, 0);
    return format(LABELS.loaded, formatCount(read), formatCount(this.totalCount));
  }

  get groupOptions(): Array<{ label: string; value: GroupBy }> {
    return [
      { label: LABELS.groupProduct, value: 'product' },
      { label: LABELS.groupType, value: 'type' },
      { label: LABELS.groupNone, value: 'none' },
    ];
  }

  get sortOptions(): Array<{ label: string; value: SortKey }> {
    return [
      { label: LABELS.asSent, value: 'position' },
      { label: LABELS.columns.description, value: 'description' },
      { label: LABELS.columns.product, value: 'product' },
      { label: LABELS.columns.type, value: 'type' },
      { label: LABELS.columns.quantity, value: 'quantity' },
      { label: LABELS.columns.unitPrice, value: 'unitPrice' },
      { label: LABELS.amountPlain, value: 'amount' },
    ];
  }

  get directionIcon(): string {
    return this.sortDirection === 'asc' ? 'utility:arrowup' : 'utility:arrowdown';
  }

  get directionText(): string {
    return this.sortDirection === 'asc' ? LABELS.ascending : LABELS.descending;
  }

  /** All Line Items are there, and shown. */
  get isReady(): boolean {
    return this.hasLines && this.isWhole;
  }

  get isGrouped(): boolean {
    return this.groupBy !== 'none';
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
    const label = this.search.trim() ? LABELS.foundTotal : LABELS.total;
    return format(label, formatCount(this.found.length), formatMoney(totalOf(this.found), this.currencyCode));
  }

  handleSearch(event: CustomEvent<{ value: string }>): void {
    const { value } = event.detail;
    clearTimeout(this.typing);
    // Waits for a pause in typing, because each search goes through all Line Items.
    this.typing = setTimeout(() => {
      this.search = value;
      this.arrange();
    }, TYPING_PAUSE_MS);
  }

  handleGroupBy(event: CustomEvent<{ value: GroupBy }>): void {
    this.groupBy = event.detail.value;
    this.arrange();
  }

  handleSortBy(event: CustomEvent<{ value: SortKey }>): void {
    this.order({ key: event.detail.value, direction: 'asc' });
  }

  handleDirection(): void {
    this.order({ key: this.sortedBy, direction: this.sortDirection === 'asc' ? 'desc' : 'asc' });
  }

  handleSort(event: CustomEvent<LineSort>): void {
    this.order(event.detail);
  }

  /** What is shown: the lines that a search left, in their order. */
  handleExport(): void {
    downloadCsv(`${this.recordId ?? 'bill'}.csv`, linesCsv(this.found, this.currencyCode));
  }

  handleClear(): void {
    this.search = '';
    this.arrange();
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
      if (!this.lines) this.show(read, false);
    } else {
      this.show(this.pages.flat(), true);
    }
  }

  private show(lines: LineItem[], isWhole: boolean): void {
    this.lines = lines;
    this.isWhole = isWhole;
    this.arrange();
  }

  private order({ key, direction }: LineSort): void {
    this.sortedBy = key;
    this.sortDirection = direction;
    this.arrange();
  }

  private arrange(): void {
    const found = searchLines(this.lines ?? [], this.search);
    this.found = sortLines(found, this.sortedBy, this.sortDirection);
    if (this.groupBy === 'none') this.groups = [];
    else this.groups = groupLines(this.found, this.groupBy).map((group, index) => ({ ...group, open: index === 0 }));
  }
}

import { LightningElement, api } from 'lwc';
import { chosenSort, sortMarks } from 'c/columnSort';
import type { ColumnSort, SortDirection } from 'c/columnSort';
import { format } from 'c/format';
import { lineItemRow } from 'c/lineItems';
import type { LineItem, LineItemRow, SortKey } from 'c/lineItems';
import { LABELS } from './labels';

/** Rows drawn at once: a Bill may have thousands of Line Items, and a table of them all would freeze the page. */
const PAGE_SIZE = 50;
const CHEVRONS = { open: 'M6 32 26 12 46 32', closed: 'M6 16 26 36 46 16' };

interface TableRow extends LineItemRow {
  open: boolean;
  expanded: string;
  chevron: string;
  detailsKey: string;
  showText: string;
  title: string;
}

/** By what Line Items are ordered. */
export type LineSort = ColumnSort<SortKey>;

/**
 * Line Items as a table, a page at a time, each with its details on demand. Fires `sort` (LineSort) when a heading is
 * chosen. Not the base datatable: that cannot unfold a row, nor stack its cells on a narrow screen.
 */
export default class LineItemTable extends LightningElement {
  /** Names the table for people who do not see it. */
  @api listName = LABELS.lineItems;
  @api currencyCode = '';
  /** What all lines have in common, which then needs no column. */
  @api groupedBy: 'product' | 'type' | undefined;
  /** How the lines are ordered. */
  @api sortedBy: SortKey = 'position';
  @api sortDirection: SortDirection = 'asc';

  labels = LABELS;
  offset = 0;
  private allLines: LineItem[] = [];
  private openIds: ReadonlySet<string> = new Set();

  /** In the order to show. */
  @api
  get lines(): LineItem[] {
    return this.allLines;
  }
  set lines(lines: LineItem[]) {
    this.allLines = lines;
    if (this.offset >= lines.length) this.offset = 0;
  }

  get hasProduct(): boolean {
    return this.groupedBy !== 'product';
  }

  get hasType(): boolean {
    return this.groupedBy !== 'type';
  }

  get columns() {
    return [
      this.column('position', LABELS.position),
      this.column('description', LABELS.description),
      ...(this.hasProduct ? [this.column('product', LABELS.product)] : []),
      ...(this.hasType ? [this.column('type', LABELS.type)] : []),
      this.column('quantity', LABELS.quantity, true),
      this.column('unitPrice', LABELS.unitPrice, true),
      this.column('amount', this.amountLabel, true),
    ];
  }

  get columnCount(): number {
    return this.columns.length;
  }

  get amountLabel(): string {
    return format(LABELS.amount, this.currencyCode);
  }

  get rows(): TableRow[] {
    return this.allLines.slice(this.offset, this.offset + PAGE_SIZE).map((line) => {
      const row = lineItemRow(line, this.currencyCode);
      const open = this.openIds.has(line.id);
      return {
        ...row,
        open,
        expanded: String(open),
        chevron: open ? CHEVRONS.open : CHEVRONS.closed,
        detailsKey: `${line.id} details`,
        showText: format(LABELS.show, row.position),
        title: format(LABELS.title, row.position),
      };
    });
  }

  get total(): number {
    return this.allLines.length;
  }

  get shown(): number {
    return Math.min(PAGE_SIZE, this.total - this.offset);
  }

  get hasNext(): boolean {
    return this.offset + PAGE_SIZE < this.total;
  }

  get hasPages(): boolean {
    return this.total > PAGE_SIZE;
  }

  handleSort(event: Event): void {
    const key = (event.currentTarget as HTMLElement).dataset.key as SortKey;
    this.offset = 0;
    this.dispatchEvent(new CustomEvent<LineSort>('sort', { detail: chosenSort(key, this.sort) }));
  }

  handleToggle(event: Event): void {
    const { id = '' } = (event.currentTarget as HTMLElement).dataset;
    const open = new Set(this.openIds);
    if (!open.delete(id)) open.add(id);
    this.openIds = open;
  }

  handlePrevious(): void {
    this.offset = Math.max(0, this.offset - PAGE_SIZE);
  }

  handleNext(): void {
    this.offset += PAGE_SIZE;
  }

  private get sort(): LineSort {
    return { key: this.sortedBy, direction: this.sortDirection };
  }

  private column(key: SortKey, label: string, isNumber = false) {
    return { key, label, className: isNumber ? 'number' : '', ...sortMarks(key, this.sort) };
  }
}

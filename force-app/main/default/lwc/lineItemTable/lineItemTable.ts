import { LightningElement, api } from 'lwc';
import type { DatatableColumn, SortEvent } from 'lightning/datatable';
import { format } from 'c/format';
import { lineItemRow, sortLines } from 'c/lineItems';
import type { LineItem, LineItemRow, SortDirection, SortKey } from 'c/lineItems';
import { LABELS } from './labels';

/** Rows drawn at once: a Bill may have thousands of Line Items, and a table of them all would freeze the page. */
const PAGE_SIZE = 100;

/** Line Items as a table that can be ordered by each column, one page at a time. */
export default class LineItemTable extends LightningElement {
  /** Names the table for people who do not see it. */
  @api listName = LABELS.lineItems;
  @api currencyCode = '';
  /** What all lines have in common, which then needs no column. */
  @api groupedBy: 'product' | 'type' | undefined;

  sortedBy: SortKey = 'position';
  sortDirection: SortDirection = 'asc';
  offset = 0;
  private allLines: LineItem[] = [];

  @api
  get lines(): LineItem[] {
    return this.allLines;
  }
  set lines(lines: LineItem[]) {
    this.allLines = lines;
    if (this.offset >= lines.length) this.offset = 0;
  }

  get columns(): DatatableColumn[] {
    const text = { type: 'text', sortable: true, wrapText: true, hideDefaultActions: true };
    const number = { ...text, cellAttributes: { alignment: 'right' } };
    const all: DatatableColumn[] = [
      { ...number, label: LABELS.position, fieldName: 'position', initialWidth: 80 },
      { ...text, label: LABELS.description, fieldName: 'description' },
      { ...text, label: LABELS.product, fieldName: 'product', initialWidth: 220 },
      { ...text, label: LABELS.type, fieldName: 'type', initialWidth: 150 },
      { ...number, label: LABELS.quantity, fieldName: 'quantity', initialWidth: 160 },
      { ...number, label: LABELS.unitPrice, fieldName: 'unitPrice', initialWidth: 140 },
      { ...number, label: format(LABELS.amount, this.currencyCode), fieldName: 'amount', initialWidth: 170 },
    ];
    return all.filter(({ fieldName }) => fieldName !== this.groupedBy);
  }

  get rows(): LineItemRow[] {
    const sorted = sortLines(this.allLines, this.sortedBy, this.sortDirection);
    return sorted.slice(this.offset, this.offset + PAGE_SIZE).map((line) => lineItemRow(line, this.currencyCode));
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

  handleSort(event: CustomEvent<SortEvent>): void {
    this.sortedBy = event.detail.fieldName as SortKey;
    this.sortDirection = event.detail.sortDirection;
    this.offset = 0;
  }

  handlePrevious(): void {
    this.offset = Math.max(0, this.offset - PAGE_SIZE);
  }

  handleNext(): void {
    this.offset += PAGE_SIZE;
  }
}

import { LightningElement, api } from 'lwc';
import type { DatatableColumn, SortEvent } from 'lightning/datatable';
import { format } from 'c/format';
import LineItemDetails from 'c/lineItemDetails';
import { lineItemRow, sortLines } from 'c/lineItems';
import type { LineItem, LineItemRow, SortDirection, SortKey } from 'c/lineItems';
import { openDialog } from 'c/openDialog';
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
    const details: DatatableColumn = {
      type: 'button-icon',
      initialWidth: 50,
      hideDefaultActions: true,
      label: '',
      typeAttributes: {
        iconName: 'utility:info',
        variant: 'bare',
        alternativeText: LABELS.show,
        title: LABELS.show,
        name: 'show',
      },
    };
    return [...all.filter(({ fieldName }) => fieldName !== this.groupedBy), details];
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

  async handleAction(event: CustomEvent<{ row: LineItemRow }>): Promise<void> {
    const { id, position } = event.detail.row;
    await openDialog(LineItemDetails, { size: 'medium', label: format(LABELS.title, position), recordId: id });
  }

  handlePrevious(): void {
    this.offset = Math.max(0, this.offset - PAGE_SIZE);
  }

  handleNext(): void {
    this.offset += PAGE_SIZE;
  }
}

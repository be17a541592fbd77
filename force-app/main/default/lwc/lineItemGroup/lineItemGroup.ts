import { LightningElement, api } from 'lwc';
import type { SortDirection } from 'c/columnSort';
import { format } from 'c/format';
import type { LineSort } from 'c/lineItemTable';
import type { LineItemGroup as Group, SortKey } from 'c/lineItems';
import { formatAmount, formatCount } from 'c/money';
import { LABELS } from './labels';

/** Line Items that belong together: their name, number and subtotal; opens to show them. Passes on `sort`. */
export default class LineItemGroup extends LightningElement {
  @api group: Group | undefined;
  @api currencyCode = '';
  @api sortedBy: SortKey = 'position';
  @api sortDirection: SortDirection = 'asc';
  /** Whether the lines are shown at first. */
  @api
  get open(): boolean {
    return this.isOpen;
  }
  set open(open: boolean) {
    this.isOpen = open;
  }

  isOpen = false;

  get icon(): string {
    return this.isOpen ? 'utility:chevronup' : 'utility:chevrondown';
  }

  get expanded(): string {
    return String(this.isOpen);
  }

  get count(): string {
    return format(LABELS.count, formatCount(this.group?.lines.length ?? 0));
  }

  get subtotal(): string {
    return formatAmount(this.group?.subtotal, this.currencyCode);
  }

  handleSort({ detail }: CustomEvent<LineSort>): void {
    this.dispatchEvent(new CustomEvent('sort', { detail }));
  }

  handleToggle(): void {
    this.isOpen = !this.isOpen;
  }
}

import { LightningElement, api } from 'lwc';
import { format } from 'c/format';
import { formatCount } from 'c/money';
import { LABELS } from './labels';

/** Which part of a list is shown, and buttons to the parts beside it. Fires `previous` and `next`. */
export default class Pager extends LightningElement {
  /** Names the list for people who do not see it, such as `Bills`. */
  @api listName = '';
  /** How many entries come before the part that is shown. */
  @api offset = 0;
  /** How many entries the part has. */
  @api shown = 0;
  /** How many entries the list has. */
  @api total = 0;
  /** There is a part after this one. */
  @api hasNext = false;

  labels = LABELS;
  /** The button that was pressed last, while it has the focus. */
  private pressed: 'previous' | 'next' | undefined;

  /** At either end the button that led there can no longer be pressed: the other one takes its focus. */
  override renderedCallback(): void {
    const { pressed } = this;
    this.pressed = undefined;
    const other = pressed === 'next' && this.isLast ? 'previous' : pressed === 'previous' && this.isFirst ? 'next' : '';
    if (other) this.template?.querySelector<HTMLElement>(`.${other}`)?.focus();
  }

  get range(): string {
    const first = Math.min(this.offset + 1, this.total);
    return format(LABELS.range, ...[first, this.offset + this.shown, this.total].map(formatCount));
  }

  get name(): string {
    return format(LABELS.of, this.listName);
  }

  get needsButtons(): boolean {
    return !this.isFirst || this.hasNext;
  }

  get isFirst(): boolean {
    return this.offset === 0;
  }

  get isLast(): boolean {
    return !this.hasNext;
  }

  /** Unless the button lost the focus because it can no longer be pressed. */
  handleLeave(event: Event): void {
    if (!(event.target as HTMLElement & { disabled: boolean }).disabled) this.pressed = undefined;
  }

  handlePrevious(): void {
    this.pressed = 'previous';
    this.dispatchEvent(new CustomEvent('previous'));
  }

  handleNext(): void {
    this.pressed = 'next';
    this.dispatchEvent(new CustomEvent('next'));
  }
}

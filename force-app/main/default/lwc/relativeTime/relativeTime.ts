import { LightningElement, api } from 'lwc';
import { formatInstant, formatRelative } from 'c/dates';

/** How long ago an instant was, in words; the exact time on hover and on focus. */
export default class RelativeTime extends LightningElement {
  /** An ISO instant. */
  @api value: string | null | undefined;

  get relative(): string {
    return formatRelative(this.value, new Date());
  }

  get exact(): string {
    return formatInstant(this.value);
  }
}

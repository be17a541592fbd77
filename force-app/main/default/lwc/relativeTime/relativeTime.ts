import { LightningElement, api } from 'lwc';
import { formatInstant, formatRelative } from 'c/dates';
import { format } from 'c/format';
import { poll } from 'c/polling';
import type { Stop } from 'c/polling';

const TICK_MS = 5_000;

/** How long ago an instant was, in words that keep up with the clock; the exact time on hover and on focus. */
export default class RelativeTime extends LightningElement {
  /** An ISO instant. */
  @api value: string | null | undefined;
  /** The sentence that the words stand in, at `{0}`. */
  @api pattern = '{0}';

  private now = new Date();
  private stop: Stop | undefined;

  override connectedCallback(): void {
    this.now = new Date();
    this.stop = poll(() => {
      this.now = new Date();
    }, TICK_MS);
  }

  override disconnectedCallback(): void {
    this.stop?.();
  }

  get relative(): string {
    return format(this.pattern, formatRelative(this.value, this.latest));
  }

  get exact(): string {
    return formatInstant(this.value);
  }

  /** A value that came after the last tick is not in the future. */
  private get latest(): Date {
    const value = this.value ? Date.parse(this.value) : 0;
    const current = Date.now();
    return value > this.now.getTime() && value <= current ? new Date(current) : this.now;
  }
}

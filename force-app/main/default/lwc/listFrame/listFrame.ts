import { LightningElement, api } from 'lwc';
import { nextPage, previousPage } from 'c/cursorPages';
import type { Cursors, ReadPage } from 'c/cursorPages';

/** Why there is nothing to see; without a heading the text stands alone. */
export interface Nothing {
  icon?: string;
  heading?: string;
  text: string;
}

/** What a list says beside its entries. */
export interface ListWords {
  /** Names the list for people who do not see it. */
  name: string;
  loading: string;
  /** What could not be done, where reading fails. */
  error: string;
  /** What a person without access should do. */
  noAccess: string;
  empty: Nothing;
  /** Where a filter hides all entries. */
  filtered?: Nothing;
}

/**
 * What lists that are read page by page have around their entries: waiting, errors, nothing to see, and the way to the
 * other pages. The default slot takes the entries, the slot `filtered` what clears the filter. Fires `retry`, and
 * `turn` (Cursors) for another page.
 */
export default class ListFrame extends LightningElement {
  @api words: ListWords | undefined;
  /** What was read last; undefined before the first answer. */
  @api current: ReadPage | undefined;
  /** What the platform answered instead, in any shape that `c/errors` reads. */
  @api errors: unknown;
  /** Something else is being read, while the entries stay. */
  @api isLoading = false;
  @api isFiltered = false;
  /** All is shown that this place shows. */
  @api hasNoPages = false;

  get isWaiting(): boolean {
    return this.isLoading || this.isNew;
  }

  get className(): string {
    return this.isNew ? 'waiting slds-is-relative' : 'slds-is-relative';
  }

  get hasEntries(): boolean {
    return (this.current?.shown ?? 0) > 0;
  }

  get nothing(): Nothing | undefined {
    if (!this.current) return undefined;
    return (this.isFiltered ? this.words?.filtered : undefined) ?? this.words?.empty;
  }

  get isPaged(): boolean {
    return !this.hasNoPages;
  }

  get hasNext(): boolean {
    return this.current?.next !== undefined;
  }

  /** There was no answer yet. */
  private get isNew(): boolean {
    return !this.current && !this.errors;
  }

  handleRetry(): void {
    this.dispatchEvent(new CustomEvent('retry'));
  }

  handlePrevious(): void {
    if (this.current) this.turnTo(previousPage(this.current));
  }

  handleNext(): void {
    if (this.current) this.turnTo(nextPage(this.current));
  }

  private turnTo(detail: Cursors): void {
    this.dispatchEvent(new CustomEvent<Cursors>('turn', { detail }));
  }
}

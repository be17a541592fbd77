import { LightningElement, api } from 'lwc';
import { NavigationMixin } from 'lightning/navigation';
import type { PageReference } from 'lightning/navigation';
import { chosenSort, sortMarks } from 'c/columnSort';
import type { ColumnSort } from 'c/columnSort';
import { opensTab } from 'c/pageReferences';

/** A column; the first one names the record of a row. */
export interface Column<Key extends string = string> {
  key: Key;
  label: string;
  /** Its values stand one below the other by their digits. */
  isNumber?: boolean;
  isSortable?: boolean;
}

/** What a cell shows beside plain text: an icon before it, a page that it leads to, or how long ago something was. */
export interface Cell {
  text?: string;
  icon?: string | undefined;
  variant?: string;
  page?: PageReference | undefined;
  /** An ISO instant, shown instead of the text. */
  instant?: string | null;
}

/** What the cells of a record show, by the keys of the columns. */
export type Row<Key extends string = string> = Record<Key, string | Cell>;

/**
 * Records as a table, a record a row. Fires `sort` (ColumnSort) when a heading is chosen. Not the base datatable: that
 * takes several times as long to draw, and cannot stack its cells on a narrow screen.
 */
export default class RecordTable extends NavigationMixin(LightningElement) {
  /** Names the table for people who do not see it. */
  @api listName = '';
  @api columns: Column[] = [];
  /** By what the rows are ordered. */
  @api sort: ColumnSort | undefined;
  @api
  get rows(): Row[] {
    return this.given;
  }
  set rows(rows: Row[]) {
    this.given = rows;
    this.draw(rows).catch(() => undefined);
  }

  private given: Row[] = [];
  private drawn: Row[] = [];
  private addresses: ReadonlyMap<PageReference, string> = new Map();

  get headings() {
    return this.columns.map(({ key, label, isNumber = false, isSortable = false }) => {
      const marks = isSortable ? sortMarks(key, this.sort) : undefined;
      return { key, label, isSortable, className: isNumber ? 'number' : '', ...marks };
    });
  }

  /** Known by their places: what is drawn serves the next page of the list too, whose rows differ by little but text. */
  get lines() {
    const { headings } = this;
    return this.drawn.map((row, place) => {
      const [head, ...cells] = headings.map(({ key, label, className }) => {
        const cell = cellOf(row, key);
        const whole = className === '' && isOfShortWords(cell.text) ? 'whole' : className;
        return { key, label, className: whole, ...cell, url: cell.page && this.addresses.get(cell.page) };
      });
      return { place: String(place), head, cells };
    });
  }

  handleSort(event: Event): void {
    const { key = '' } = (event.currentTarget as HTMLElement).dataset;
    this.dispatchEvent(new CustomEvent<ColumnSort>('sort', { detail: chosenSort(key, this.sort) }));
  }

  handleLink(event: MouseEvent): void {
    const { place, key = '' } = (event.currentTarget as HTMLElement).dataset;
    const row = this.drawn[Number(place)];
    const page = row && cellOf(row, key).page;
    if (!page || opensTab(event)) return;
    event.preventDefault();
    this[NavigationMixin.Navigate](page);
  }

  /** Waits for the addresses of all links, so that nothing is drawn twice. */
  private async draw(rows: Row[]): Promise<void> {
    const pages = rows.flatMap((row) => Object.keys(row).flatMap((key) => cellOf(row, key).page ?? []));
    const addressOf = async (page: PageReference) => [page, await this[NavigationMixin.GenerateUrl](page)] as const;
    // Without its address a link still leads there by a click.
    const addresses = await Promise.all(pages.map(addressOf)).catch(() => []);
    if (this.given !== rows) return;
    this.addresses = new Map(addresses);
    this.drawn = rows;
  }
}

/** Dates, statuses and names of Runs have no words that need to break; names of Accounts and codes may. */
const LONGEST_WORD = 12;

function isOfShortWords(text = ''): boolean {
  return text.split(/\s+/).every(({ length }) => length <= LONGEST_WORD);
}

function cellOf(row: Row, key: string): Cell {
  const shown = row[key] ?? '';
  return typeof shown === 'string' ? { text: shown } : shown;
}

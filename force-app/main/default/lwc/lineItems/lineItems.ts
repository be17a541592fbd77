import LOCALE from '@salesforce/i18n/locale';
import { compare, sum } from 'c/decimal';
import type { Decimal } from 'c/decimal';
import type { LineItem } from './lineItem';
import { LABELS } from './labels';

export { toLineItem } from './lineItem';
export type { LineItem, LineItemNode } from './lineItem';
export { lineItemRow } from './lineItemRow';
export type { LineItemRow } from './lineItemRow';

export type SortKey = 'position' | 'description' | 'product' | 'type' | 'quantity' | 'unitPrice' | 'amount';
export type SortDirection = 'asc' | 'desc';
export type GroupBy = 'none' | 'product' | 'type';

/** Line Items that belong together. */
export interface LineItemGroup {
  key: string;
  by: 'product' | 'type';
  name: string;
  lines: LineItem[];
  /** The exact sum of the amounts, in the currency of the Bill. */
  subtotal: Decimal;
}

const collator = new Intl.Collator(LOCALE, { numeric: true, sensitivity: 'base' });

/** The lines that hold every word of the search in their description, product or type. */
export function searchLines(lines: LineItem[], search: string): LineItem[] {
  const words = search.toLocaleLowerCase(LOCALE).split(/\s+/).filter(Boolean);
  if (words.length === 0) return lines;
  return lines.filter((line) => {
    const text = `${line.description} ${line.product} ${line.type}`.toLocaleLowerCase(LOCALE);
    return words.every((word) => text.includes(word));
  });
}

/** The lines in order; those without a value come last in both directions, ties keep the order of the Bill. */
export function sortLines(lines: LineItem[], key: SortKey, direction: SortDirection): LineItem[] {
  const sign = direction === 'asc' ? 1 : -1;
  return [...lines].sort((a, b) => {
    const x = a[key];
    const y = b[key];
    const missing = Number(isMissing(x)) - Number(isMissing(y));
    return missing || sign * compareValues(x, y) || a.position - b.position;
  });
}

/** The exact sum of the lines' amounts, in the currency of the Bill. */
export function totalOf(lines: LineItem[]): Decimal {
  return sum(lines.map(({ amount }) => amount));
}

/** The lines by product or type: the largest subtotal first, lines without one in a group of their own at the end. */
export function groupLines(lines: LineItem[], by: 'product' | 'type'): LineItemGroup[] {
  const noName = by === 'product' ? LABELS.noProduct : LABELS.noType;
  const parts = [...partition(lines, by)];
  const groups = parts.map(([name, members]) => ({ name, members, subtotal: totalOf(members) }));
  groups.sort((a, b) => Number(a.name === '') - Number(b.name === '') || compare(b.subtotal, a.subtotal));
  return groups.map(({ name, members, subtotal }) => ({
    key: `${by}:${name}`,
    by,
    name: name || noName,
    lines: members,
    subtotal,
  }));
}

function partition(lines: LineItem[], by: 'product' | 'type'): Map<string, LineItem[]> {
  const parts = new Map<string, LineItem[]>();
  for (const line of lines) {
    const part = parts.get(line[by]);
    if (part) part.push(line);
    else parts.set(line[by], [line]);
  }
  return parts;
}

type SortValue = LineItem[SortKey];

function isMissing(value: SortValue): boolean {
  return value === undefined || value === '';
}

function compareValues(x: SortValue, y: SortValue): number {
  if (typeof x === 'string' && typeof y === 'string') return collator.compare(x, y);
  if (typeof x === 'number' && typeof y === 'number') return x - y;
  if (typeof x === 'object' && typeof y === 'object') return compare(x, y);
  return 0;
}

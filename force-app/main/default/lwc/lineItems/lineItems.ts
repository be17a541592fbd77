import LOCALE from '@salesforce/i18n/locale';
import type { SortDirection } from 'c/columnSort';
import { compare, sum } from 'c/decimal';
import type { Decimal } from 'c/decimal';
import type { LineItem } from './lineItem';
import { isCreditOrPrepayment } from './lineItemTypes';
import { LABELS } from './labels';

export { toLineItem } from './lineItem';
export type { LineItem, LineItemNode } from './lineItem';
export { lineItemRow } from './lineItemRow';
export type { LineItemRow } from './lineItemRow';
export { CREDITS_AND_PREPAYMENTS, typeMeaning } from './lineItemTypes';

export type SortKey = 'position' | 'description' | 'product' | 'type' | 'quantity' | 'unitPrice' | 'amount';
export type GroupBy = 'none' | 'product' | 'type';

/** Line Items that belong together. */
export interface LineItemGroup {
  key: string;
  by: 'product' | 'type';
  name: string;
  /** What the group is, where its name does not say it all; else empty. */
  meaning: string;
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

/** The key of the group of credits and prepayments, which belong to the Bill rather than to a product. */
const CREDITS = '*credits';

/**
 * The lines by product or type, the largest subtotal first. Lines without one are a group of their own at the end, and
 * by product also credits and prepayments.
 */
export function groupLines(lines: LineItem[], by: 'product' | 'type'): LineItemGroup[] {
  const parts = [...partition(lines, by)];
  const groups = parts.map(([name, members]) => ({ name, members, subtotal: totalOf(members) }));
  groups.sort((a, b) => rank(a.name) - rank(b.name) || compare(b.subtotal, a.subtotal));
  return groups.map(({ name, members, subtotal }) => ({
    key: `${by}:${name}`,
    by,
    ...wordsOf(name, by),
    lines: members,
    subtotal,
  }));
}

/** Named groups come first, then the one without a name, then credits. */
function rank(name: string): number {
  return name === CREDITS ? 2 : Number(name === '');
}

function wordsOf(name: string, by: 'product' | 'type'): { name: string; meaning: string } {
  if (name === CREDITS) return { name: LABELS.credits, meaning: LABELS.creditsMeaning };
  return { name: name || (by === 'product' ? LABELS.noProduct : LABELS.noType), meaning: '' };
}

function partition(lines: LineItem[], by: 'product' | 'type'): Map<string, LineItem[]> {
  const parts = new Map<string, LineItem[]>();
  for (const line of lines) {
    const name = by === 'product' && isCreditOrPrepayment(line.typeCode) ? CREDITS : line[by];
    const part = parts.get(name);
    if (part) part.push(line);
    else parts.set(name, [line]);
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

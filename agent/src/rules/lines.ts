import Big from 'big.js';
import type { Bill, LineItem } from '../m3ter/resources.ts';
import { LINE_ITEM_FIELDS } from './fields.ts';
import type { Integration } from './integration.ts';
import { toBig } from './money.ts';

export interface ShapedLine {
  readonly line: LineItem;
  /** Unique within the Bill, without regard to case as Salesforce compares keys. */
  readonly key: string;
  /** Counts from 1 in the order of sending. */
  readonly position: number;
}

export interface ShapedLines {
  readonly lines: readonly ShapedLine[];
  /** How many line items were dropped because of their type. */
  readonly excludedCount: number;
}

type LineRules = Pick<Integration, 'excludedLineItemTypes' | 'sortLineItemsBy'>;

/**
 * The line items to send: excluded types dropped, then sorted ascending by the integration's choice, missing values
 * last and ties in m3ter's order. A line's key is its m3ter id; a line without id, with a repeated one or with one
 * too long for the field gets `billId:position`.
 */
export function shapeLines(bill: Bill, rules: LineRules): ShapedLines {
  const all = bill.lineItems ?? [];
  const excluded = new Set(rules.excludedLineItemTypes);
  const kept = all.filter((line) => !excluded.has(line.lineItemType ?? ''));
  const lines = withKeys(bill.id, sortLines(kept, rules.sortLineItemsBy));
  return { lines, excludedCount: all.length - kept.length };
}

function sortLines(lines: readonly LineItem[], by: LineRules['sortLineItemsBy']): readonly LineItem[] {
  if (by === 'SUBTOTAL') return sortBy(lines, (line) => toBig(line.subtotal), compareBigs);
  if (by === 'AGGREGATION_ID') return sortBy(lines, (line) => line.aggregationId || null, compareTexts);
  return lines;
}

const compareBigs = (a: Big, b: Big): number => a.cmp(b);
const compareTexts = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function sortBy<T>(
  lines: readonly LineItem[],
  valueOf: (line: LineItem) => T | null,
  compare: (a: T, b: T) => number,
): LineItem[] {
  const valued = lines.map((line) => ({ line, value: valueOf(line) }));
  valued.sort((a, b) => {
    if (a.value === null || b.value === null) return Number(a.value === null) - Number(b.value === null);
    return compare(a.value, b.value);
  });
  return valued.map(({ line }) => line);
}

function withKeys(billId: string, lines: readonly LineItem[]): ShapedLine[] {
  // Ids come first, so that no made-up key can take the place of a real one.
  const taken = new Set(lines.map((line) => ownKey(line)?.toLowerCase()));
  const used = new Set<string>();
  return lines.map((line, index) => {
    const position = index + 1;
    const own = ownKey(line);
    if (own !== null && !used.has(own.toLowerCase())) {
      used.add(own.toLowerCase());
      return { line, key: own, position };
    }
    let key = `${billId}:${position}`;
    while (taken.has(key.toLowerCase())) key = `${key}:${position}`;
    return { line, key, position };
  });
}

function ownKey(line: LineItem): string | null {
  const id = line.id?.trim() ?? '';
  return id !== '' && id.length <= LINE_ITEM_FIELDS.Line_Item_Key__c.length ? id : null;
}

/**
 * The sum of the lines in the Bill's currency, not rounded. Null when a line has an amount in another currency and
 * neither a converted amount nor a rate: a partial sum would be wrong. A line without any amount counts nothing.
 */
export function sentLinesTotal(bill: Bill, lines: readonly ShapedLine[]): Big | null {
  let total = new Big(0);
  for (const { line } of lines) {
    const amount = amountInBillCurrency(bill, line);
    if (amount === null) return null;
    total = total.plus(amount);
  }
  return total;
}

function amountInBillCurrency(bill: Bill, line: LineItem): Big | null {
  const converted = toBig(line.convertedSubtotal);
  if (converted !== null) return converted;
  const subtotal = toBig(line.subtotal);
  if (subtotal === null) return new Big(0);
  if (!line.currency || line.currency === bill.currency) return subtotal;
  const rate = toBig(line.conversionRate);
  return rate === null ? null : subtotal.times(rate);
}

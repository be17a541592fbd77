import Big from 'big.js';
import type { Bill, LineItem } from '../data/model.ts';
import { big, decimal, digitsOf, priceByBands, ratio, roundTo } from '../data/pricing.ts';
import type { Band } from '../data/pricing.ts';
import { uuidOf } from '../data/random.ts';
import type { Random } from '../data/random.ts';

const METERED = new Set(['USAGE', 'OVERAGE_USAGE']);
const LATE = ' (late data)';

export const isMetered = (line: LineItem): boolean => METERED.has(line.lineItemType ?? '');

/**
 * Calculates a Bill's metered lines anew: at least one quantity changes, one line goes (if there are two or more)
 * and one for late data comes. Changed and new lines get new ids, as one must expect of m3ter. A Bill without
 * metered lines keeps its lines.
 *
 * @param version the Bill's version after the recalculation, part of the new ids
 */
export function recalculateLines(bill: Bill, version: number, random: Random): LineItem[] {
  const lines = bill.lineItems ?? [];
  const metered = lines.filter(isMetered);
  if (metered.length === 0) return lines;
  const gone = metered.length > 1 ? random.pick(metered) : undefined;
  const certain = random.pick(metered.filter((line) => line !== gone));
  const kept = lines
    .filter((line) => line !== gone)
    .map((line) =>
      line === certain || (isMetered(line) && random.next() < 0.5)
        ? reprice(line, factor(random), bill.currency)
        : line,
    );
  return renumber(bill.id, version, [...kept, lateLine(certain, random, bill.currency)], lines);
}

/** Adds late usage to one metered line; the others stay. */
export function addLateUsage(bill: Bill, version: number, random: Random): { lines: LineItem[]; line?: LineItem } {
  const lines = bill.lineItems ?? [];
  const metered = lines.filter(isMetered);
  if (metered.length === 0) return { lines };
  const chosen = random.pick(metered);
  const line = reprice(chosen, new Big(random.integer(105, 130)).div(100), bill.currency);
  const changed = lines.map((current) => (current === chosen ? line : current));
  return { lines: renumber(bill.id, version, changed, lines), line };
}

export function withoutId(line: LineItem): LineItem {
  const copy = { ...line };
  delete copy.id;
  return copy;
}

/**
 * A Line Item for another quantity at the same prices, without an id. Amounts keep as many digits as they had, and
 * at least those of their currency.
 */
export function reprice(line: LineItem, by: Big, billCurrency: string | undefined): LineItem {
  const units = scaled(big(line.units), by);
  const digits = Math.max(digitsOf(line.currency), digitsIn(line.subtotal));
  const conversion = {
    rate: line.conversionRate === undefined ? new Big(1) : big(line.conversionRate),
    digits: Math.max(digitsOf(billCurrency), digitsIn(line.convertedSubtotal)),
  };
  const bands = bandsOf(line);
  const priced = bands ? priceByBands(units, bands, digits, conversion) : undefined;
  const subtotal = priced?.subtotal ?? roundTo(units.times(big(line.averageUnitPrice)), digits);
  return {
    ...withoutId(line),
    quantity: decimal(scaled(big(line.quantity), by)),
    units: decimal(units),
    subtotal: decimal(subtotal),
    convertedSubtotal: decimal(roundTo(subtotal.times(conversion.rate), conversion.digits)),
    averageUnitPrice: priced ? decimal(ratio(subtotal, units)) : (line.averageUnitPrice ?? 0),
    ...(priced ? { usagePerPricingBand: priced.usage } : {}),
  };
}

function lateLine(like: LineItem, random: Random, billCurrency: string | undefined): LineItem {
  const line = reprice(like, new Big(random.integer(2, 9)).div(100), billCurrency);
  const description = (line.description ?? 'Usage').replaceAll(LATE, '') + LATE;
  return { ...line, description };
}

const factor = (random: Random): Big =>
  new Big(random.pick([random.integer(80, 97), random.integer(103, 125)])).div(100);

/** Lines that the Bill held before keep their id, and also its lack. */
function renumber(billId: string, version: number, lines: LineItem[], before: LineItem[]): LineItem[] {
  const old = new Set(before);
  return lines.map((line, index) => ({
    ...(old.has(line) ? {} : { id: uuidOf(billId, 'line', version, index) }),
    ...line,
    sequenceNumber: index + 1,
  }));
}

/** Whole numbers stay whole; others keep their digits. A quantity that is not zero always moves, and not to zero. */
function scaled(value: Big, by: Big): Big {
  const digits = digitsIn(value);
  const moved = roundTo(value.times(by), digits);
  const step = new Big(10).pow(-digits);
  if (value.eq(0)) return value;
  if (moved.eq(value)) return value.plus(step);
  return moved.eq(0) ? step : moved;
}

function digitsIn(value: LineItem['subtotal']): number {
  return (big(value).toFixed().split('.')[1] ?? '').length;
}

function bandsOf(line: LineItem): Band[] | undefined {
  const bands = line.usagePerPricingBand ?? [];
  if (bands.length === 0) return undefined;
  return bands.map((band) => ({
    pricingBandId: band.pricingBandId ?? '',
    lowerLimit: big(band.lowerLimit),
    unitPrice: big(band.unitPrice),
  }));
}

import Big from 'big.js';
import type { Decimal, PricingBandUsage } from './model.ts';

const HALF_EVEN = Big.roundHalfEven;

/** Digits after the point of an amount, by ISO 4217; two where a currency is not listed. */
const DIGITS: Record<string, number> = { JPY: 0, USD: 2, EUR: 2, GBP: 2 };

export const digitsOf = (currency: string | undefined): number => DIGITS[currency ?? ''] ?? 2;

/** The number as `parseExact` would read it: whole safe numbers as `number`, all others as `Big`. */
export function decimal(value: Big): Decimal {
  const number = Number(value.toFixed());
  return value.eq(value.round(0, Big.roundDown)) && Number.isSafeInteger(number) ? number + 0 : value;
}

/** Reads a number of a data set; a missing one counts as zero. */
export const big = (value: Decimal | undefined): Big => new Big(value ?? 0);

export const roundTo = (value: Big, digits: number): Big => value.round(digits, HALF_EVEN);

export const sum = (values: Big[]): Big => values.reduce((total, value) => total.plus(value), new Big(0));

/** The fraction of a price: `a / b` to ten digits, zero when b is zero. */
export const ratio = (a: Big, b: Big): Big => (b.eq(0) ? new Big(0) : roundTo(a.div(b), 10));

/** From `lowerLimit` units on, each unit costs `unitPrice`. */
export interface Band {
  pricingBandId: string;
  lowerLimit: Big;
  unitPrice: Big;
}

/**
 * Prices rated units by tiers. Each band is rounded to `digits`, so that the bands add up to the subtotal exactly.
 *
 * @param units rated units, not negative
 * @param bands by ascending lower limit, the first at zero
 */
export function priceByBands(
  units: Big,
  bands: Band[],
  digits: number,
  conversion: { rate: Big; digits: number },
): { subtotal: Big; usage: PricingBandUsage[] } {
  const usage: PricingBandUsage[] = [];
  let subtotal = new Big(0);
  for (const [index, band] of bands.entries()) {
    const upper = bands[index + 1]?.lowerLimit;
    const end = upper && upper.lt(units) ? upper : units;
    const bandUnits = end.minus(band.lowerLimit);
    if (bandUnits.lte(0)) break;
    const bandSubtotal = roundTo(bandUnits.times(band.unitPrice), digits);
    subtotal = subtotal.plus(bandSubtotal);
    usage.push({
      pricingBandId: band.pricingBandId,
      lowerLimit: decimal(band.lowerLimit),
      fixedPrice: 0,
      unitPrice: decimal(band.unitPrice),
      unitSubtotal: decimal(bandSubtotal),
      bandUnits: decimal(bandUnits),
      bandQuantity: decimal(bandUnits),
      bandSubtotal: decimal(bandSubtotal),
      convertedBandSubtotal: decimal(roundTo(bandSubtotal.times(conversion.rate), conversion.digits)),
    });
  }
  return { subtotal, usage };
}

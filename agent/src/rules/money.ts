import Big from 'big.js';

/** Rounds half-even to `scale` decimals, as design section 4 asks for. */
export function roundToScale(value: Big, scale: number): Big {
  return value.round(scale, Big.roundHalfEven);
}

/** The number rounded to the field's scale, or null where its integer digits do not fit the field's precision. */
export function fitNumber(value: Big, precision: number, scale: number): Big | null {
  if (value.c.length - value.e - 1 <= scale && value.e < precision - scale) return value;
  const rounded = roundToScale(value, scale);
  return rounded.abs().gte(new Big(10).pow(precision - scale)) ? null : rounded;
}

/** The decimal that m3ter sent, as a `Big`; null for none and for what is not a number. */
export function toBig(value: unknown): Big | null {
  if (value instanceof Big) return value;
  if (typeof value !== 'number' && typeof value !== 'string') return null;
  try {
    return new Big(value);
  } catch {
    return null;
  }
}

/** An exact decimal number: `units` divided by ten to the power of `scale`. */
export interface Decimal {
  readonly units: bigint;
  readonly scale: number;
}

export const ZERO: Decimal = { units: 0n, scale: 0 };

const DECIMAL_TEXT = /^([+-]?)(\d+)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/;

/**
 * Reads a number as GraphQL gives it. A JavaScript number is read by its shortest text, which is the decimal that the
 * server wrote. Empty and unreadable values give undefined.
 */
export function parseDecimal(value: unknown): Decimal | undefined {
  if (typeof value !== 'number' && typeof value !== 'string') return undefined;
  const match = DECIMAL_TEXT.exec(String(value).trim());
  if (!match) return undefined;
  const [, sign = '', whole = '', fraction = '', exponentText = '0'] = match;
  const units = BigInt(whole + fraction) * (sign === '-' ? -1n : 1n);
  const scale = fraction.length - Number(exponentText);
  return scale >= 0 ? { units, scale } : { units: units * power(-scale), scale: 0 };
}

export function add(a: Decimal, b: Decimal): Decimal {
  const scale = Math.max(a.scale, b.scale);
  return { units: unitsAt(a, scale) + unitsAt(b, scale), scale };
}

export function subtract(a: Decimal, b: Decimal): Decimal {
  return add(a, { units: -b.units, scale: b.scale });
}

/** The exact sum; missing values count as nothing. */
export function sum(values: Iterable<Decimal | undefined>): Decimal {
  let total = ZERO;
  for (const value of values) if (value) total = add(total, value);
  return total;
}

/** Negative when `a` is smaller, positive when it is larger, 0 when both are the same amount. */
export function compare(a: Decimal, b: Decimal): number {
  const { units } = subtract(a, b);
  return units < 0n ? -1 : units > 0n ? 1 : 0;
}

export function isNegative(value: Decimal): boolean {
  return value.units < 0n;
}

export function isZero(value: Decimal): boolean {
  return value.units === 0n;
}

/** Whether nothing is left of the value when it is rounded to so many digits after the point. */
export function roundsToZero(value: Decimal, digits: number): boolean {
  const size = value.units < 0n ? -value.units : value.units;
  return 2n * size * power(digits) < power(value.scale);
}

/** Plain decimal text without exponent and without zeros at the end, such as `-12.5`. */
export function toText(value: Decimal): string {
  const sign = value.units < 0n ? '-' : '';
  const digits = (value.units < 0n ? -value.units : value.units).toString().padStart(value.scale + 1, '0');
  const whole = digits.slice(0, digits.length - value.scale);
  const fraction = digits.slice(digits.length - value.scale).replace(/0+$/, '');
  return sign + (fraction ? `${whole}.${fraction}` : whole);
}

/** The nearest JavaScript number: for lengths on a screen, never for amounts that are shown or summed. */
export function toApproximateNumber(value: Decimal): number {
  return Number(toText(value));
}

function unitsAt(value: Decimal, scale: number): bigint {
  return value.units * power(scale - value.scale);
}

function power(exponent: number): bigint {
  return 10n ** BigInt(exponent);
}

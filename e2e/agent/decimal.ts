/** Exact decimals on whole numbers, written apart from the agent's so that a mistake there cannot hide here. */
import Big from 'big.js';

interface Parts {
  units: bigint;
  /** Digits after the point. */
  scale: number;
}

const DECIMAL = /^(-?)(\d+)(?:\.(\d+))?$/;

function partsOf(text: string): Parts {
  const [, sign = '', whole = '', fraction = ''] = DECIMAL.exec(text) ?? [];
  if (whole === '') throw new Error(`${text} is not a plain decimal.`);
  return { units: BigInt(`${sign}${whole}${fraction}`), scale: fraction.length };
}

function textOf({ units, scale }: Parts): string {
  const sign = units < 0n ? '-' : '';
  const digits = String(units < 0n ? -units : units).padStart(scale + 1, '0');
  const whole = digits.slice(0, digits.length - scale);
  const fraction = digits.slice(digits.length - scale).replace(/0+$/, '');
  return `${sign}${whole}${fraction === '' ? '' : `.${fraction}`}`;
}

/** A JSON number as plain decimal text without trailing zeros; null for none. */
export function plain(value: unknown): string | null {
  if (value === undefined || value === null) return null;
  if (value instanceof Big) return textOf(partsOf(value.toFixed()));
  if (typeof value !== 'number' && typeof value !== 'string') throw new Error(`${typeof value} is not a decimal.`);
  return textOf(partsOf(String(value)));
}

/** The decimal at a number of digits after the point, ties to the even digit. */
export function roundHalfEven(value: unknown, digits: number): string | null {
  const text = plain(value);
  if (text === null) return null;
  const { units, scale } = partsOf(text);
  if (scale <= digits) return text;
  const step = 10n ** BigInt(scale - digits);
  const positive = units < 0n ? -units : units;
  const rest = (positive % step) * 2n;
  const below = positive / step;
  const up = rest > step || (rest === step && below % 2n === 1n) ? 1n : 0n;
  return textOf({ units: (units < 0n ? -1n : 1n) * (below + up), scale: digits });
}

export function sum(values: Iterable<unknown>): string {
  let total: Parts = { units: 0n, scale: 0 };
  for (const value of values) {
    const next = partsOf(plain(value) ?? '0');
    const scale = Math.max(total.scale, next.scale);
    const at = (parts: Parts): bigint => parts.units * 10n ** BigInt(scale - parts.scale);
    total = { units: at(total) + at(next), scale };
  }
  return textOf(total);
}

/** Below zero, zero or above it, as `a` is less than, equal to or more than `b`. */
export function compare(a: unknown, b: unknown): number {
  const left = partsOf(plain(a) ?? '0');
  const right = partsOf(plain(b) ?? '0');
  const scale = Math.max(left.scale, right.scale);
  const difference = left.units * 10n ** BigInt(scale - left.scale) - right.units * 10n ** BigInt(scale - right.scale);
  return difference < 0n ? -1 : Number(difference > 0n);
}

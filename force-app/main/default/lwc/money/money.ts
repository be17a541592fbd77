import LOCALE from '@salesforce/i18n/locale';
import { isZero, roundsToZero, toApproximateNumber, toText } from 'c/decimal';
import type { Decimal } from 'c/decimal';

/** Digits after the point of amounts whose currency code is no ISO 4217 code. */
const DEFAULT_DIGITS = 2;
/** Digits after the point that the finest field has (unit prices). */
const FINEST_DIGITS = 10;

const formatters = new Map<string, Intl.NumberFormat>();

/** The currency's digits after the point, such as 2 for USD and 0 for JPY. */
export function currencyDigits(currencyCode: string): number {
  if (!isIsoCode(currencyCode)) return DEFAULT_DIGITS;
  const options = formatter('digits', { style: 'currency', currency: currencyCode }).resolvedOptions();
  return options.maximumFractionDigits ?? DEFAULT_DIGITS;
}

/** An amount with its currency code, such as `USD 12,480.55`; undefined amounts give an empty text. */
export function formatMoney(amount: Decimal | undefined, currencyCode: string): string {
  return money(amount, currencyCode, 'auto');
}

/** By how much an amount is more or less, such as `+USD 50.00`; undefined changes give an empty text. */
export function formatMoneyChange(change: Decimal | undefined, currencyCode: string): string {
  return money(change, currencyCode, 'exceptZero');
}

/** An amount with the currency's digits and without its code, for columns that name the currency in their heading. */
export function formatAmount(amount: Decimal | undefined, currencyCode: string): string {
  return amount ? write(amount, 'amount', fractionDigits(amount, currencyCode)) : '';
}

/** A unit price or a quantity with all its digits. */
export function formatNumber(value: Decimal | undefined): string {
  return value ? write(value, 'number', { maximumFractionDigits: FINEST_DIGITS }) : '';
}

/** By how much an amount is more or less than another, positive one, such as `+13%`. */
export function formatPercentChange(now: Decimal, before: Decimal): string {
  const base = toApproximateNumber(before);
  const share = (toApproximateNumber(now) - base) / base;
  return formatter('percent', { style: 'percent', signDisplay: 'exceptZero', maximumFractionDigits: 0 }).format(share);
}

/** A count of things, such as `1,204`. */
export function formatCount(count: number): string {
  return formatter('count', {}).format(count);
}

function money(amount: Decimal | undefined, currencyCode: string, signDisplay: 'auto' | 'exceptZero'): string {
  if (!amount) return '';
  const options: Intl.NumberFormatOptions = { signDisplay, ...fractionDigits(amount, currencyCode) };
  if (!isIsoCode(currencyCode)) return `${currencyCode} ${write(amount, 'amount', options)}`.trim();
  return write(amount, 'money', { style: 'currency', currency: currencyCode, currencyDisplay: 'code', ...options });
}

/** An amount too small for the currency's digits shows the digits it has, because "0.00" would hide it. */
function fractionDigits(amount: Decimal, currencyCode: string): Intl.NumberFormatOptions {
  const digits = currencyDigits(currencyCode);
  const tiny = !isZero(amount) && roundsToZero(amount, digits);
  return { minimumFractionDigits: digits, maximumFractionDigits: tiny ? FINEST_DIGITS : digits };
}

function write(value: Decimal, kind: string, options: Intl.NumberFormatOptions): string {
  // Given text, Intl formats the exact decimal; a JavaScript number could lose digits.
  return formatter(kind, options).format(toText(value) as Intl.StringNumericLiteral);
}

function isIsoCode(currencyCode: string): boolean {
  return /^[A-Z]{3}$/.test(currencyCode);
}

function formatter(kind: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const { currency, signDisplay, minimumFractionDigits, maximumFractionDigits } = options;
  const key = [kind, currency, signDisplay, minimumFractionDigits, maximumFractionDigits].join();
  let known = formatters.get(key);
  if (!known) formatters.set(key, (known = new Intl.NumberFormat(LOCALE, options)));
  return known;
}

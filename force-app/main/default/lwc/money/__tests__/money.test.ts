import { parseDecimal } from 'c/decimal';
import { currencyDigits, formatAmount, formatCount, formatMoney, formatMoneyChange } from 'c/money';
import { formatNumber, formatPercentChange } from 'c/money';

const plain = (text: string) => text.replace(/\s/g, ' ');

describe('c/money', () => {
  it.each([
    ['12480.55', 'USD', 'USD 12,480.55'],
    ['-739.45', 'EUR', '-EUR 739.45'],
    ['1200', 'JPY', 'JPY 1,200'],
    ['1.5', 'KWD', 'KWD 1.500'],
    ['5', 'CREDITS', 'CREDITS 5.00'],
    ['5', '', '5.00'],
    ['99999999999999.9999', 'USD', 'USD 100,000,000,000,000.00'],
    ['12345678901234567.89', 'USD', 'USD 12,345,678,901,234,567.89'],
  ])('shows %s %s with the digits of its currency', (amount, currency, expected) => {
    expect(plain(formatMoney(parseDecimal(amount), currency))).toBe(expected);
  });

  it('shows the digits of an amount that the digits of its currency would hide', () => {
    expect(formatAmount(parseDecimal('0.0004'), 'USD')).toBe('0.0004');
    expect(formatAmount(parseDecimal('0'), 'USD')).toBe('0.00');
  });

  it('shows nothing for no amount', () => {
    expect(formatMoney(undefined, 'USD') + formatAmount(undefined, 'USD') + formatNumber(undefined)).toBe('');
  });

  it('shows all digits of prices and quantities, and counts with separators', () => {
    expect(formatNumber(parseDecimal('1204.5'))).toBe('1,204.5');
    expect(formatNumber(parseDecimal('0.0000012345'))).toBe('0.0000012345');
    expect(formatCount(1204)).toBe('1,204');
  });

  it('says by how many percent an amount changed', () => {
    const change = (now: number, before: number) => formatPercentChange(parseDecimal(now)!, parseDecimal(before)!);
    expect(change(115.3, 150.3)).toBe('-23%');
    expect(change(2, 1)).toBe('+100%');
    expect(change(0, 2)).toBe('-100%');
  });

  it.each([
    [50, 'USD', '+USD 50.00'],
    [-0.45, 'USD', '-USD 0.45'],
    [0, 'USD', 'USD 0.00'],
    [5, 'CREDITS', 'CREDITS +5.00'],
  ])('gives a change of %p %s its sign: %s', (change, currency, text) => {
    expect(plain(formatMoneyChange(parseDecimal(change), currency))).toBe(text);
  });

  it('knows the digits of currencies, and a default for other codes', () => {
    expect(['USD', 'JPY', 'KWD', 'CREDITS'].map(currencyDigits)).toEqual([2, 0, 3, 2]);
  });
});

import fc from 'fast-check';
import {
  ZERO,
  add,
  compare,
  isNegative,
  isZero,
  parseDecimal,
  roundsToZero,
  subtract,
  sum,
  toApproximateNumber,
  toText,
} from 'c/decimal';

const decimal = (value: unknown) => parseDecimal(value) ?? ZERO;

describe('c/decimal', () => {
  it.each([
    [0.1, '0.1'],
    [-739.45, '-739.45'],
    [1e-7, '0.0000001'],
    [1.5e21, '1500000000000000000000'],
    ['12.340', '12.34'],
    ['-0.00', '0'],
    ['.5', undefined],
    ['', undefined],
    [null, undefined],
    [undefined, undefined],
    [NaN, undefined],
  ])('reads %p as %p', (value, expected) => {
    const parsed = parseDecimal(value);
    expect(parsed && toText(parsed)).toBe(expected);
  });

  it('adds what floats cannot: a tenth and two tenths', () => {
    expect(toText(add(decimal(0.1), decimal(0.2)))).toBe('0.3');
    expect(toText(subtract(decimal('12480.55'), decimal('40')))).toBe('12440.55');
  });

  it('sums thousands of small amounts without losing a digit, and skips missing ones', () => {
    const amounts = Array.from({ length: 10_000 }, () => parseDecimal(0.0000000001));
    expect(toText(sum([...amounts, undefined]))).toBe('0.000001');
  });

  it('compares amounts of different scales', () => {
    expect(compare(decimal('1.50'), decimal('1.5'))).toBe(0);
    expect(compare(decimal('-2'), decimal('1'))).toBeLessThan(0);
    expect(compare(decimal('2'), decimal('1.999999'))).toBeGreaterThan(0);
  });

  it('tells signs, nothing, and what rounds to nothing', () => {
    expect(isNegative(decimal('-0.01'))).toBe(true);
    expect(isZero(decimal('0.00'))).toBe(true);
    expect(roundsToZero(decimal('0.0049'), 2)).toBe(true);
    expect(roundsToZero(decimal('-0.005'), 2)).toBe(false);
    expect(toApproximateNumber(decimal('-1.25'))).toBe(-1.25);
  });

  it('gives back every decimal text it reads', () => {
    const text = fc
      .tuple(fc.boolean(), fc.bigInt({ min: 0n, max: 10n ** 18n }), fc.nat(10))
      .map(([minus, units, scale]) => toText({ units: minus ? -units : units, scale }));
    fc.assert(fc.property(text, (value) => toText(decimal(value)) === value));
  });

  it('sums to the same amount in every order', () => {
    const values = fc.array(fc.tuple(fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n }), fc.nat(10)));
    fc.assert(
      fc.property(values, (pairs) => {
        const amounts = pairs.map(([units, scale]) => ({ units, scale }));
        return compare(sum(amounts), sum([...amounts].reverse())) === 0;
      }),
    );
  });
});

import Big from 'big.js';
import { FormulaError } from './formulaError.ts';
import type { PlainFunction } from './plainFunction.ts';
import { asNumber, Decimal } from './types.ts';

const num = (params: number, apply: (...args: Big[]) => Big, more: Partial<PlainFunction> = {}): PlainFunction => ({
  params: Array.from({ length: params }, () => 'number' as const),
  result: 'number',
  apply: (args) => apply(...args.map(asNumber)),
  ...more,
});

/** Rounds half away from zero, as Salesforce does; negative digits round before the point. */
function round(value: Big, digits: Big): Big {
  const shift = new Decimal(10).pow(Math.abs(Number(digits)));
  return Number(digits) >= 0
    ? value.round(Number(digits), Big.roundHalfUp)
    : value.div(shift).round(0, Big.roundHalfUp).times(shift);
}

/** The remainder, with the sign of the divisor. */
function modulo(value: Big, divisor: Big): Big {
  if (divisor.eq(0)) throw new FormulaError('MOD: division by zero');
  const rest = value.mod(divisor);
  return rest.eq(0) || rest.lt(0) === divisor.lt(0) ? rest : rest.plus(divisor);
}

function awayFromZero(value: Big): Big {
  return value.round(0, Big.roundUp);
}

function squareRoot(value: Big): Big {
  if (value.lt(0)) throw new FormulaError('SQRT: the number is negative');
  return new Decimal(value).sqrt();
}

/** Drops digits; negative digits drop them before the point. */
function truncate(value: Big, digits: Big): Big {
  const shift = new Decimal(10).pow(Math.abs(Number(digits)));
  return Number(digits) >= 0
    ? value.round(Number(digits), Big.roundDown)
    : value.div(shift).round(0, Big.roundDown).times(shift);
}

/** Source: Salesforce Help, "Formula Operators and Functions by Context", Math Functions. */
export const NUMBER_FUNCTIONS: Readonly<Record<string, PlainFunction>> = {
  ABS: num(1, (value) => value.abs()),
  CEILING: num(1, (value) => (value.lt(0) ? value.round(0, Big.roundDown) : awayFromZero(value))),
  MCEILING: num(1, (value) => (value.lt(0) ? value.round(0, Big.roundDown) : awayFromZero(value))),
  FLOOR: num(1, (value) => (value.lt(0) ? awayFromZero(value) : value.round(0, Big.roundDown))),
  MFLOOR: num(1, (value) => (value.lt(0) ? awayFromZero(value) : value.round(0, Big.roundDown))),
  MAX: num(1, (...values) => values.reduce((a, b) => (b.gt(a) ? b : a)), { repeats: true }),
  MIN: num(1, (...values) => values.reduce((a, b) => (b.lt(a) ? b : a)), { repeats: true }),
  MOD: num(2, modulo),
  ROUND: num(2, round),
  SQRT: num(1, squareRoot),
  TRUNC: num(2, truncate, {
    optional: 1,
    apply: ([value, digits]) => truncate(asNumber(value!), digits === undefined ? new Decimal(0) : asNumber(digits)),
  }),
};

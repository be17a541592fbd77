import Big from 'big.js';
import { addMonths, makeDate } from './dates.ts';
import { FormulaError } from './formulaError.ts';
import { asNumber, asText, Decimal } from './types.ts';
import type { FormulaType, FormulaValue } from './types.ts';

/** A function whose arguments are all evaluated first. A blank number or date among them makes the result blank. */
export interface PlainFunction {
  /** Types of the arguments; the last one repeats where `repeats` is set. */
  params: FormulaType[];
  optional?: number;
  repeats?: boolean;
  result: FormulaType;
  apply(args: FormulaValue[]): FormulaValue;
}

const num = (params: number, apply: (...args: Big[]) => Big, more: Partial<PlainFunction> = {}): PlainFunction => ({
  params: Array.from({ length: params }, () => 'number' as const),
  result: 'number',
  apply: (args) => apply(...args.map(asNumber)),
  ...more,
});

const count = (value: FormulaValue): number => Math.max(0, Number(asNumber(value).round(0, Big.roundDown)));

function pad(args: FormulaValue[], side: 'left' | 'right'): string {
  const text = asText(args[0]!);
  const length = count(args[1]!);
  const filler = args.length > 2 ? asText(args[2]!) : ' ';
  if (text.length >= length) return text.slice(0, length);
  return side === 'left' ? text.padStart(length, filler) : text.padEnd(length, filler);
}

function toNumber(text: string): Big {
  if (!/^\s*[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?\s*$/.test(text)) {
    throw new FormulaError(`VALUE: "${text}" is not a number`);
  }
  return new Decimal(text.trim().replace(/^\+/, ''));
}

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

function find(args: FormulaValue[]): Big {
  const from = args.length > 2 ? Math.max(1, count(args[2]!)) : 1;
  return new Decimal(asText(args[1]!).indexOf(asText(args[0]!), from - 1) + 1);
}

const part = (start: number, end: number) => (args: FormulaValue[]) =>
  new Decimal(Number(asText(args[0]!).slice(start, end)));

const whole = (value: FormulaValue): number => Number(asNumber(value).round(0, Big.roundDown));

export const PLAIN_FUNCTIONS: Readonly<Record<string, PlainFunction>> = {
  ABS: num(1, (value) => value.abs()),
  CEILING: num(1, (value) => (value.lt(0) ? value.round(0, Big.roundDown) : awayFromZero(value))),
  MCEILING: num(1, (value) => (value.lt(0) ? value.round(0, Big.roundDown) : awayFromZero(value))),
  FLOOR: num(1, (value) => (value.lt(0) ? awayFromZero(value) : value.round(0, Big.roundDown))),
  MFLOOR: num(1, (value) => (value.lt(0) ? awayFromZero(value) : value.round(0, Big.roundDown))),
  MAX: num(1, (...values) => values.reduce((a, b) => (b.gt(a) ? b : a)), { repeats: true }),
  MIN: num(1, (...values) => values.reduce((a, b) => (b.lt(a) ? b : a)), { repeats: true }),
  MOD: num(2, modulo),
  ROUND: num(2, round),
  VALUE: { params: ['text'], result: 'number', apply: ([text]) => (text === '' ? null : toNumber(asText(text!))) },
  LEN: { params: ['text'], result: 'number', apply: ([text]) => new Decimal(asText(text!).length) },
  LEFT: { params: ['text', 'number'], result: 'text', apply: ([text, n]) => asText(text!).slice(0, count(n!)) },
  RIGHT: {
    params: ['text', 'number'],
    result: 'text',
    apply: ([text, n]) => asText(text!).slice(Math.max(0, asText(text!).length - count(n!))),
  },
  MID: {
    params: ['text', 'number', 'number'],
    result: 'text',
    apply([text, start, n]) {
      const from = Math.max(0, count(start!) - 1);
      return asText(text!).slice(from, from + count(n!));
    },
  },
  UPPER: { params: ['text'], result: 'text', apply: ([text]) => asText(text!).toUpperCase() },
  LOWER: { params: ['text'], result: 'text', apply: ([text]) => asText(text!).toLowerCase() },
  TRIM: { params: ['text'], result: 'text', apply: ([text]) => asText(text!).trim() },
  LPAD: { params: ['text', 'number', 'text'], optional: 1, result: 'text', apply: (args) => pad(args, 'left') },
  RPAD: { params: ['text', 'number', 'text'], optional: 1, result: 'text', apply: (args) => pad(args, 'right') },
  SUBSTITUTE: {
    params: ['text', 'text', 'text'],
    result: 'text',
    apply: ([text, from, to]) => (from === '' ? text! : asText(text!).replaceAll(asText(from!), () => asText(to!))),
  },
  FIND: { params: ['text', 'text', 'number'], optional: 1, result: 'number', apply: find },
  CONTAINS: {
    params: ['text', 'text'],
    result: 'boolean',
    apply: ([text, part]) => asText(text!).includes(asText(part!)),
  },
  BEGINS: {
    params: ['text', 'text'],
    result: 'boolean',
    apply: ([text, start]) => asText(text!).startsWith(asText(start!)),
  },
  YEAR: { params: ['date'], result: 'number', apply: part(0, 4) },
  MONTH: { params: ['date'], result: 'number', apply: part(5, 7) },
  DAY: { params: ['date'], result: 'number', apply: part(8, 10) },
  DATE: {
    params: ['number', 'number', 'number'],
    result: 'date',
    apply: ([year, month, day]) => makeDate(whole(year!), whole(month!), whole(day!)),
  },
  ADDMONTHS: {
    params: ['date', 'number'],
    result: 'date',
    apply: ([date, months]) => addMonths(asText(date!), whole(months!)),
  },
};

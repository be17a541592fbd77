import type Big from 'big.js';
import { normalizeRecordId } from '../recordIds.ts';
import { FormulaError } from './formulaError.ts';
import { whole } from './plainFunction.ts';
import type { PlainFunction } from './plainFunction.ts';
import { asText, Decimal } from './types.ts';
import type { FormulaValue } from './types.ts';

const count = (value: FormulaValue): number => Math.max(0, whole(value));

const NUMBER = /^\s*[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?\s*$/;

function pad(args: FormulaValue[], side: 'left' | 'right'): string {
  const text = asText(args[0]!);
  const length = count(args[1]!);
  const filler = args.length > 2 ? asText(args[2]!) : ' ';
  if (text.length >= length) return text.slice(0, length);
  return side === 'left' ? text.padStart(length, filler) : text.padEnd(length, filler);
}

function toNumber(text: string): Big {
  if (!NUMBER.test(text)) {
    throw new FormulaError(`VALUE: "${text}" is not a number`);
  }
  return new Decimal(text.trim().replace(/^\+/, ''));
}

function find(args: FormulaValue[]): Big {
  const from = args.length > 2 ? Math.max(1, count(args[2]!)) : 1;
  return new Decimal(asText(args[1]!).indexOf(asText(args[0]!), from - 1) + 1);
}

/** Whether the whole text matches, as Java's patterns do; JavaScript's are the same but for rare classes. */
function matches(text: string, pattern: string): boolean {
  try {
    return new RegExp(`^(?:${pattern})$`, 'u').test(text);
  } catch {
    throw new FormulaError(`REGEX: "${pattern}" is not a pattern`);
  }
}

const capitalized = (text: string): string =>
  text.toLowerCase().replaceAll(/(?<![\p{L}\p{N}])\p{L}/gu, (letter) => letter.toUpperCase());

/** Source: Salesforce Help, "Formula Operators and Functions by Context", Text Functions. */
export const TEXT_FUNCTIONS: Readonly<Record<string, PlainFunction>> = {
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
  REGEX: {
    params: ['text', 'text'],
    result: 'boolean',
    apply: ([text, pattern]) => matches(asText(text!), asText(pattern!)),
  },
  ISNUMBER: { params: ['text'], result: 'boolean', apply: ([text]) => NUMBER.test(asText(text!)) },
  BR: { params: [], result: 'text', apply: () => '\n' },
  REVERSE: { params: ['text'], result: 'text', apply: ([text]) => [...asText(text!)].reverse().join('') },
  INITCAP: { params: ['text'], result: 'text', apply: ([text]) => capitalized(asText(text!)) },
  CASESAFEID: { params: ['text'], result: 'text', apply: ([id]) => normalizeRecordId(asText(id!)) ?? asText(id!) },
};

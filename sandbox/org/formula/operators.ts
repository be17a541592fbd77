import Big from 'big.js';
import { addDays, daysBetween } from './dates.ts';
import { FormulaError } from './formulaError.ts';
import type { BinaryOperator } from './parser.ts';
import { asNumber, asText, Decimal, isBlank } from './types.ts';
import type { CompiledFormula, FormulaType, FormulaValue } from './types.ts';

const COMPARISONS: ReadonlySet<string> = new Set(['=', '<>', '<', '<=', '>', '>=']);

export function compileNegation(operand: CompiledFormula): CompiledFormula {
  expectType('-', operand, 'number');
  return {
    type: 'number',
    evaluate(scope) {
      const value = operand.evaluate(scope);
      return value === null ? null : asNumber(value).times(-1);
    },
  };
}

/** Checks the operands' types and compiles an operator. Throws FormulaError. */
export function compileBinary(
  operator: BinaryOperator,
  left: CompiledFormula,
  right: CompiledFormula,
): CompiledFormula {
  if (operator === '&&' || operator === '||') return compileLogic(operator, left, right);
  if (COMPARISONS.has(operator)) return compileComparison(operator, left, right);
  if (operator === '&' || (operator === '+' && left.type === 'text')) return compileJoin(operator, left, right);
  const date = left.type === 'date' || left.type === 'datetime' || right.type === 'date' || right.type === 'datetime';
  if (date && (operator === '+' || operator === '-')) return compileDateSum(operator, left, right);
  expectType(operator, left, 'number');
  expectType(operator, right, 'number');
  const apply = ARITHMETIC[operator as keyof typeof ARITHMETIC];
  return pair('number', left, right, (a, b) => (a === null || b === null ? null : apply(asNumber(a), asNumber(b))));
}

const ARITHMETIC = {
  '+': (a: Big, b: Big): Big => a.plus(b),
  '-': (a: Big, b: Big): Big => a.minus(b),
  '*': (a: Big, b: Big): Big => a.times(b),
  '/': divide,
  '^': power,
};

function divide(a: Big, b: Big): Big {
  if (b.eq(0)) throw new FormulaError('division by zero');
  return new Decimal(a).div(b);
}

function power(a: Big, b: Big): Big {
  if (!b.eq(b.round(0)) || b.abs().gt(1000)) throw new FormulaError('^ takes whole exponents up to 1000');
  if (a.eq(0) && b.lt(0)) throw new FormulaError('division by zero');
  return new Decimal(a).pow(Number(b));
}

function pair(
  type: FormulaType,
  left: CompiledFormula,
  right: CompiledFormula,
  apply: (a: FormulaValue, b: FormulaValue) => FormulaValue,
): CompiledFormula {
  return { type, evaluate: (scope) => apply(left.evaluate(scope), right.evaluate(scope)) };
}

function compileLogic(operator: '&&' | '||', left: CompiledFormula, right: CompiledFormula): CompiledFormula {
  expectType(operator, left, 'boolean');
  expectType(operator, right, 'boolean');
  const decided = operator === '||';
  return {
    type: 'boolean',
    evaluate: (scope) => ((left.evaluate(scope) === true) === decided ? decided : right.evaluate(scope) === true),
  };
}

function compileJoin(operator: string, left: CompiledFormula, right: CompiledFormula): CompiledFormula {
  expectType(operator, left, 'text');
  expectType(operator, right, 'text');
  return pair('text', left, right, (a, b) => asText(a) + asText(b));
}

function compileDateSum(operator: '+' | '-', left: CompiledFormula, right: CompiledFormula): CompiledFormula {
  const kind = left.type;
  if (operator === '+' && left.type === 'number') return compileDateSum('+', right, left);
  if (kind !== 'date' && kind !== 'datetime') throw new FormulaError(`cannot take a ${right.type} from a ${kind}`);
  if (right.type === 'number') {
    return pair(kind, left, right, (a, b) => {
      if (a === null || b === null) return null;
      return addDays(asText(a), operator === '-' ? asNumber(b).times(-1) : asNumber(b), kind);
    });
  }
  if (operator === '-' && right.type === kind) {
    return pair('number', left, right, (a, b) => (a === null || b === null ? null : daysBetween(asText(b), asText(a))));
  }
  throw new FormulaError(`${operator} cannot take a ${kind} and a ${right.type}`);
}

function compileComparison(operator: string, left: CompiledFormula, right: CompiledFormula): CompiledFormula {
  for (const { type } of [left, right]) {
    if (type === 'picklist' || type === 'multipicklist') {
      throw new FormulaError(`${operator} cannot take a picklist; use ISPICKVAL, INCLUDES, CASE or TEXT`);
    }
  }
  if (left.type !== right.type && left.type !== 'null' && right.type !== 'null') {
    throw new FormulaError(`${operator} cannot compare a ${left.type} with a ${right.type}`);
  }
  return pair('boolean', left, right, (a, b) => compare(operator, a, b));
}

/** Two blanks are equal; any other comparison with a blank is false. */
function compare(operator: string, a: FormulaValue, b: FormulaValue): boolean {
  if (operator === '=') return equalValues(a, b);
  if (operator === '<>') return !equalValues(a, b);
  if (isBlank(a) || isBlank(b)) return false;
  const order = orderOf(a, b);
  if (operator === '<') return order < 0;
  if (operator === '<=') return order <= 0;
  return operator === '>' ? order > 0 : order >= 0;
}

function orderOf(a: FormulaValue, b: FormulaValue): number {
  if (a instanceof Big && b instanceof Big) return a.cmp(b);
  return asText(a) < asText(b) ? -1 : Number(asText(a) > asText(b));
}

/** Whether two values are the same, as `=` means it: numbers by value, texts by case. */
export function equalValues(a: FormulaValue, b: FormulaValue): boolean {
  if (isBlank(a) || isBlank(b)) return isBlank(a) && isBlank(b);
  return a instanceof Big && b instanceof Big ? a.eq(b) : a === b;
}

/** Throws FormulaError unless the operand has the type or is NULL. */
export function expectType(what: string, operand: CompiledFormula, type: FormulaType): void {
  if (operand.type !== type && operand.type !== 'null') {
    throw new FormulaError(`${what} takes a ${type}, not a ${operand.type}`);
  }
}

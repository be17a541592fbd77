import Big from 'big.js';
import type { Compiler } from './compile.ts';
import { FormulaError } from './formulaError.ts';
import { equalValues, expectType } from './operators.ts';
import type { FormulaNode } from './parser.ts';
import { asText, formulaTypeOf, isBlank, seenByFormula } from './types.ts';
import type { CompiledFormula, FormulaType } from './types.ts';

/** A function that evaluates only some arguments, looks at fields rather than values, or takes several types. */
type SpecialForm = (name: string, args: FormulaNode[], compiler: Compiler) => CompiledFormula;

export const SPECIAL_FORMS: Readonly<Record<string, SpecialForm>> = {
  AND: logic,
  OR: logic,
  NOT(name, args, { compile }) {
    const [operand] = take(name, args, 1).map(compile);
    expectType(name, operand!, 'boolean');
    return { type: 'boolean', evaluate: (scope) => operand!.evaluate(scope) !== true };
  },
  IF(name, args, { compile }) {
    const [condition, yes, no] = take(name, args, 3).map(compile);
    expectType(name, condition!, 'boolean');
    const type = commonType(name, [yes!, no!]);
    return {
      type,
      evaluate: (scope) => (condition!.evaluate(scope) === true ? yes!.evaluate(scope) : no!.evaluate(scope)),
    };
  },
  CASE: caseForm,
  ISBLANK: blankTest,
  // Salesforce's ISNULL is false for every text; the type check lets nothing else through that could differ.
  ISNULL(name, args, { compile }) {
    const [operand] = take(name, args, 1).map(compile);
    const text = operand!.type === 'text' || operand!.type === 'picklist' || operand!.type === 'multipicklist';
    return { type: 'boolean', evaluate: (scope) => !text && operand!.evaluate(scope) === null };
  },
  BLANKVALUE: blankValue,
  NULLVALUE: blankValue,
  TEXT: textForm,
  ISPICKVAL(name, args, { compile }) {
    const [field, value] = take(name, args, 2).map(compile);
    if (field!.type !== 'picklist') throw new FormulaError(`${name} takes a picklist, not a ${field!.type}`);
    expectType(name, value!, 'text');
    return { type: 'boolean', evaluate: (scope) => equalValues(field!.evaluate(scope), value!.evaluate(scope)) };
  },
  INCLUDES(name, args, { compile }) {
    const [field, value] = take(name, args, 2).map(compile);
    if (field!.type !== 'multipicklist') throw new FormulaError(`${name} takes a multi-select picklist`);
    expectType(name, value!, 'text');
    return {
      type: 'boolean',
      evaluate: (scope) =>
        asText(field!.evaluate(scope))
          .split(';')
          .includes(asText(value!.evaluate(scope))),
    };
  },
  ISNEW(name, args, compiler) {
    take(name, args, 0);
    requireHistory(name, compiler);
    return { type: 'boolean', evaluate: (scope) => scope.isNew };
  },
  ISCHANGED(name, args, compiler) {
    const path = compiler.field(take(name, args, 1)[0]!);
    requireHistory(name, compiler);
    return {
      type: 'boolean',
      evaluate: (scope) => !scope.isNew && !equalValues(scope.value(path), scope.prior(path)),
    };
  },
  PRIORVALUE(name, args, compiler) {
    const path = compiler.field(take(name, args, 1)[0]!);
    requireHistory(name, compiler);
    const { blanksAsZero } = compiler.context;
    return {
      type: formulaTypeOf(path.field),
      evaluate: (scope) => seenByFormula(path.field, scope.prior(path), blanksAsZero),
    };
  },
  TODAY(name, args, compiler) {
    take(name, args, 0);
    requireMoment(name, compiler);
    return { type: 'date', evaluate: (scope) => scope.today };
  },
  NOW(name, args, compiler) {
    take(name, args, 0);
    requireMoment(name, compiler);
    return { type: 'datetime', evaluate: (scope) => scope.now.toISOString() };
  },
  DATEVALUE(name, args, { compile }) {
    const [operand] = take(name, args, 1).map(compile);
    if (operand!.type !== 'datetime' && operand!.type !== 'date') {
      throw new FormulaError(`${name} takes a datetime in the local org, not a ${operand!.type}`);
    }
    return { type: 'date', evaluate: (scope) => asText(operand!.evaluate(scope)).slice(0, 10) || null };
  },
};

function take(name: string, args: FormulaNode[], count: number): FormulaNode[] {
  if (args.length !== count) throw new FormulaError(`${name} takes ${count} arguments, not ${args.length}`);
  return args;
}

function requireHistory(name: string, compiler: Compiler): void {
  if (!compiler.context.allowHistory) throw new FormulaError(`${name} can be used in validation rules only`);
}

function requireMoment(name: string, compiler: Compiler): void {
  if (!compiler.context.allowMoment) {
    throw new FormulaError(`${name} changes with time, so the local org cannot store a formula field with it`);
  }
}

function logic(name: string, args: FormulaNode[], { compile }: Compiler): CompiledFormula {
  if (args.length === 0) throw new FormulaError(`${name} takes at least one argument`);
  const conditions = args.map(compile);
  conditions.forEach((condition) => expectType(name, condition, 'boolean'));
  return {
    type: 'boolean',
    evaluate(scope) {
      const isTrue = (condition: CompiledFormula): boolean => condition.evaluate(scope) === true;
      return name === 'AND' ? conditions.every(isTrue) : conditions.some(isTrue);
    },
  };
}

function commonType(name: string, parts: CompiledFormula[]): FormulaType {
  const type = parts.find((part) => part.type !== 'null')?.type ?? 'null';
  if (type === 'picklist' || type === 'multipicklist')
    throw new FormulaError(`${name} cannot return a picklist; use TEXT`);
  for (const part of parts) expectType(name, part, type);
  return type;
}

function caseForm(name: string, args: FormulaNode[], { compile }: Compiler): CompiledFormula {
  if (args.length < 4 || args.length % 2 !== 0) {
    throw new FormulaError(
      `${name} takes an expression, pairs of value and result, and a result for every other value`,
    );
  }
  const [expression, ...rest] = args.map(compile);
  const otherwise = rest.pop()!;
  const pairs = rest.flatMap((value, index) => (index % 2 === 0 ? [{ value, result: rest[index + 1]! }] : []));
  const compared = expression!.type === 'picklist' ? 'text' : expression!.type;
  pairs.forEach(({ value }) => expectType(name, value, compared));
  return {
    type: commonType(name, [...pairs.map(({ result }) => result), otherwise]),
    evaluate(scope) {
      const value = expression!.evaluate(scope);
      const found = pairs.find((pair) => equalValues(pair.value.evaluate(scope), value));
      return (found?.result ?? otherwise).evaluate(scope);
    },
  };
}

function blankTest(name: string, args: FormulaNode[], { compile }: Compiler): CompiledFormula {
  const [operand] = take(name, args, 1).map(compile);
  return { type: 'boolean', evaluate: (scope) => isBlank(operand!.evaluate(scope)) };
}

function blankValue(name: string, args: FormulaNode[], { compile }: Compiler): CompiledFormula {
  const [operand, substitute] = take(name, args, 2).map(compile);
  const keepsText = name === 'NULLVALUE' && operand!.type === 'text';
  return {
    type: commonType(name, [operand!, substitute!]),
    evaluate(scope) {
      const value = operand!.evaluate(scope);
      return isBlank(value) && !keepsText ? substitute!.evaluate(scope) : value;
    },
  };
}

/** TEXT: plain decimal text of a number, the value of a picklist, ISO text of a date; an instant ends in Z. */
function textForm(name: string, args: FormulaNode[], { compile }: Compiler): CompiledFormula {
  const [operand] = take(name, args, 1).map(compile);
  if (operand!.type === 'text' || operand!.type === 'boolean' || operand!.type === 'multipicklist') {
    throw new FormulaError(`${name} cannot take a ${operand!.type}`);
  }
  const instant = operand!.type === 'datetime';
  return {
    type: 'text',
    evaluate(scope) {
      const value = operand!.evaluate(scope);
      if (value instanceof Big) return value.toFixed();
      return instant && value !== null ? `${asText(value).slice(0, 19).replace('T', ' ')}Z` : asText(value);
    },
  };
}

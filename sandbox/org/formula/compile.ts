import Big from 'big.js';
import { FormulaError } from './formulaError.ts';
import { compileBinary, compileNegation } from './operators.ts';
import { parseFormula } from './parser.ts';
import type { FormulaNode } from './parser.ts';
import { PLAIN_FUNCTIONS } from './functions.ts';
import type { PlainFunction } from './plainFunction.ts';
import { SPECIAL_FORMS } from './specialForms.ts';
import { formulaTypeOf, seenByFormula } from './types.ts';
import type { CompiledFormula, FieldPath, FormulaType } from './types.ts';

export interface FormulaContext {
  /** Finds a field by its path. Throws FormulaError for an unknown one. */
  resolve(path: string): FieldPath;
  /** Validation rules may ask for the state before the save; formulas whose value is stored may not. */
  allowHistory: boolean;
  /** Default values and validation rules may use the clock and the user; formulas whose value is stored may not. */
  allowMoment: boolean;
  /** An empty number field counts as 0. */
  blanksAsZero: boolean;
}

/** A formula in the making: how parts are compiled, and which fields were met. */
export interface Compiler {
  context: FormulaContext;
  compile: (node: FormulaNode) => CompiledFormula;
  field: (node: FormulaNode) => FieldPath;
}

export interface Formula extends CompiledFormula {
  /** Every field that the formula reads. */
  fields: FieldPath[];
}

/**
 * Compiles a formula. Throws FormulaError that names the unknown function or field, or the argument of a wrong type.
 */
export function compileFormula(source: string, context: FormulaContext): Formula {
  const fields: FieldPath[] = [];
  const compiler: Compiler = {
    context,
    compile: (node) => compileNode(node, compiler),
    field(node) {
      if (node.kind !== 'field') throw new FormulaError('expected the name of a field');
      const path = context.resolve(node.path);
      if (path.root !== 'record' && !context.allowMoment) {
        throw new FormulaError(`${node.path} differs from user to user, so no formula field can store it`);
      }
      fields.push(path);
      return path;
    },
  };
  return { ...compiler.compile(parseFormula(source)), fields };
}

function compileNode(node: FormulaNode, compiler: Compiler): CompiledFormula {
  switch (node.kind) {
    case 'literal': {
      const { value } = node;
      return { type: literalType(value), evaluate: () => value };
    }
    case 'field': {
      const path = compiler.field(node);
      const { blanksAsZero } = compiler.context;
      return {
        type: formulaTypeOf(path.field),
        evaluate: (scope) => seenByFormula(path.field, scope.value(path), blanksAsZero),
      };
    }
    case 'negate':
      return compileNegation(compiler.compile(node.operand));
    case 'binary':
      return compileBinary(node.operator, compiler.compile(node.left), compiler.compile(node.right));
    case 'call':
      return compileCall(node.name, node.args, compiler);
  }
}

function literalType(value: Big | string | boolean | null): FormulaType {
  if (value === null) return 'null';
  if (typeof value === 'string') return 'text';
  return typeof value === 'boolean' ? 'boolean' : 'number';
}

function compileCall(name: string, args: FormulaNode[], compiler: Compiler): CompiledFormula {
  const special = SPECIAL_FORMS[name];
  if (special) return special(name, args, compiler);
  const plain = PLAIN_FUNCTIONS[name];
  if (!plain) throw new FormulaError(`the local org does not support the function ${name}`);
  return compilePlain(name, plain, args.map(compiler.compile));
}

function compilePlain(name: string, plain: PlainFunction, args: CompiledFormula[]): CompiledFormula {
  const most = plain.repeats ? Infinity : plain.params.length;
  const least = plain.params.length - (plain.optional ?? 0);
  if (args.length < least || args.length > most) {
    throw new FormulaError(`${name} takes ${least}${most === least ? '' : ' or more'} arguments, not ${args.length}`);
  }
  args.forEach((arg, index) => {
    const wanted = plain.params[Math.min(index, plain.params.length - 1)]!;
    if (arg.type !== wanted && arg.type !== 'null') {
      throw new FormulaError(`argument ${index + 1} of ${name} must be a ${wanted}, not a ${arg.type}`);
    }
  });
  return {
    type: plain.result,
    evaluate(scope) {
      const values = args.map((arg) => arg.evaluate(scope));
      const blank = values.some((value, index) => value === null && args[index]!.type !== 'text');
      return blank ? null : plain.apply(values);
    },
  };
}

import Big from 'big.js';
import type { FieldModel, FieldType } from '../model.ts';
import { FormulaError } from './formulaError.ts';

export type FormulaType = 'number' | 'text' | 'boolean' | 'date' | 'datetime' | 'picklist' | 'multipicklist' | 'null';
/** Empty text is '', every other empty value null; dates and instants are ISO text. */
export type FormulaValue = Big | string | boolean | null;

/** A field as a formula names it: the references to follow from the record (or a global), then the field. */
export interface FieldPath {
  text: string;
  root: 'record' | 'user' | 'profile';
  references: FieldModel[];
  /** Names of the objects along the path: the first holds references[0], the last holds the field. */
  objects: string[];
  field: FieldModel;
}

/** What a formula is evaluated against. */
export interface FormulaScope {
  value(path: FieldPath): FormulaValue;
  /** The field's value before the save; on create the new one. */
  prior(path: FieldPath): FormulaValue;
  isNew: boolean;
  now: Date;
}

export interface CompiledFormula {
  type: FormulaType;
  /** Throws FormulaError where there is no result. */
  evaluate(scope: FormulaScope): FormulaValue;
}

/** Decimals with room for divisions; results are rounded to a field's scale when they are stored. */
export const Decimal = Big();
Decimal.DP = 40;
Decimal.RM = Big.roundHalfUp;

const TYPES: Readonly<Record<FieldType, FormulaType>> = {
  id: 'text',
  reference: 'text',
  string: 'text',
  textarea: 'text',
  email: 'text',
  phone: 'text',
  url: 'text',
  picklist: 'picklist',
  multipicklist: 'multipicklist',
  double: 'number',
  int: 'number',
  currency: 'number',
  percent: 'number',
  boolean: 'boolean',
  date: 'date',
  datetime: 'datetime',
};

export function formulaTypeOf(field: FieldModel): FormulaType {
  return TYPES[field.type];
}

/** A decimal for arithmetic. Throws FormulaError for anything else, which the type check at load rules out. */
export function asNumber(value: FormulaValue): Big {
  if (value instanceof Big) return value;
  throw new FormulaError('expected a number');
}

export function asText(value: FormulaValue): string {
  if (value === null) return '';
  if (typeof value === 'string') return value;
  throw new FormulaError('expected a text');
}

export function isBlank(value: FormulaValue): boolean {
  return value === null || value === '';
}

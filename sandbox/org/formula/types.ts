import Big from 'big.js';
import type { FieldModel, FieldType, FieldValue } from '../model.ts';
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
  value(path: FieldPath): FieldValue;
  /** The field's value before the save; on create the new one. */
  prior(path: FieldPath): FieldValue;
  isNew: boolean;
  now: Date;
  /** The calendar day of the user who saves. */
  today: string;
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

const ZERO = new Decimal(0);

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

/** How a formula sees what a field holds: a percentage as a fraction, an empty text as '', maybe no number as 0. */
export function seenByFormula(field: FieldModel, value: FieldValue, blanksAsZero: boolean): FormulaValue {
  const type = TYPES[field.type];
  if (value instanceof Big) return field.type === 'percent' ? value.times('0.01') : value;
  if (value !== null) return value;
  if (type === 'number') return blanksAsZero ? ZERO : null;
  if (type === 'boolean') return false;
  return type === 'date' || type === 'datetime' ? null : '';
}

/**
 * What a field holds of a formula's result: numbers rounded half up to the field's scale, no number where the result
 * does not fit, texts cut to the field's length.
 */
export function heldByField(field: FieldModel, value: FormulaValue): FieldValue {
  if (field.type === 'boolean') return value === true;
  if (isBlank(value)) return null;
  if (value instanceof Big) return heldNumber(field, field.type === 'percent' ? value.times(100) : value);
  return typeof value === 'string' && field.length !== undefined ? value.slice(0, field.length) : value;
}

function heldNumber(field: FieldModel, value: Big): Big | null {
  const scale = field.scale ?? 0;
  const rounded = value.round(scale, Big.roundHalfUp);
  return fitsNumber(field, rounded) ? rounded : null;
}

/** Whether a number rounded to the field's scale has room for its digits before the point. */
export function fitsNumber(field: FieldModel, value: Big): boolean {
  const whole = (field.precision ?? 18) - (field.scale ?? 0);
  return value.c[0] === 0 || value.e < whole;
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

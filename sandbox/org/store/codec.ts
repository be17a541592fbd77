import Big from 'big.js';
import { isNumber } from '../metadata/field.ts';
import type { FieldModel, FieldValue } from '../model.ts';

/** What a column of a record can hold. */
export type ColumnValue = string | number | bigint | null;

/** The form in which SQLite holds a field; `scale` counts the digits after the point of numbers. */
export interface ColumnForm {
  kind: 'number' | 'boolean' | 'text' | 'exact';
  scale: number;
}

/** `text` ignores case as Salesforce does; `exact` (ids, dates, case sensitive keys) does not. */
export function columnForm(field: FieldModel): ColumnForm {
  if (isNumber(field.type)) return { kind: 'number', scale: field.scale ?? 0 };
  if (field.type === 'boolean') return { kind: 'boolean', scale: 0 };
  const exact =
    field.type === 'id' ||
    field.type === 'reference' ||
    field.type === 'date' ||
    field.type === 'datetime' ||
    (field.caseSensitive && (field.unique || field.externalId));
  return { kind: exact ? 'exact' : 'text', scale: 0 };
}

/** A field's value as SQLite holds it: numbers as integers of 10^-scale, booleans as 0 and 1. */
export function encode(form: ColumnForm, value: FieldValue): ColumnValue {
  if (value === null) return form.kind === 'boolean' ? 0 : null;
  if (value instanceof Big) return scaled(value, form.scale);
  return typeof value === 'boolean' ? Number(value) : value;
}

function scaled(value: Big, scale: number): bigint {
  return BigInt(shift(value, scale).toFixed(0));
}

/** The value times 10^places, without arithmetic on the digits. */
function shift(value: Big, places: number): Big {
  if (places === 0 || value.c[0] === 0) return value;
  const shifted = new Big(value);
  shifted.e += places;
  return shifted;
}

export function decode(form: ColumnForm, stored: unknown): FieldValue {
  if (stored === null || stored === undefined) return null;
  if (form.kind === 'number') return shift(new Big((stored as bigint).toString()), -form.scale);
  return form.kind === 'boolean' ? stored === 1n : (stored as string);
}

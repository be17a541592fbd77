import Big from 'big.js';
import type { FieldModel } from '../model.ts';

const ESCAPES: Record<string, string> = { '\\': '\\\\', "'": "\\'", '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** A SOQL text literal: quoted, with every character that could end it escaped. */
export function textLiteral(text: string): string {
  return `'${text.replaceAll(/[\\'\n\r\t]/g, (character) => ESCAPES[character] ?? character)}'`;
}

/** A checked filter value as a SOQL literal of the field's type; dates and instants are written bare. */
export function literal(field: FieldModel, value: unknown): string {
  if (value === null) return 'null';
  if (value instanceof Big) return value.toFixed();
  if (typeof value === 'boolean' || typeof value === 'number') return String(value);
  if (typeof value !== 'string') throw new TypeError(`A filter on ${field.name} holds a ${typeof value}.`);
  return field.type === 'date' || field.type === 'datetime' ? value : textLiteral(value);
}

/** Joins conditions that all have to hold, without the empty ones. */
export function all(conditions: string[]): string {
  return join(
    conditions.filter((condition) => condition !== ''),
    ' AND ',
  );
}

/** Joins conditions of which one has to hold; an empty condition always holds, and with it the whole. */
export function any(conditions: string[]): string {
  return conditions.includes('') ? '' : join(conditions, ' OR ');
}

function join(conditions: string[], operator: string): string {
  return conditions.length < 2 ? (conditions[0] ?? '') : `(${conditions.join(operator)})`;
}

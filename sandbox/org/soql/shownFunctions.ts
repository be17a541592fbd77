import type { FunctionExp } from '@jetstreamapp/soql-parser-js';
import { displayValue, labelOf } from '../display.ts';
import type { FieldModel } from '../model.ts';
import { OrgError } from '../orgError.ts';
import { decode } from '../store/codec.ts';
import { fieldExpression, functionName, onlyField } from './expressions.ts';
import type { Expression } from './expressions.ts';
import type { Scope } from './scope.ts';
import { isNumber } from './wire.ts';

/** Whether a function gives a field in another form than the stored one: `toLabel(Status)`, `FORMAT(Amount)`. */
export function isShown(fn: FunctionExp): boolean {
  return ['TOLABEL', 'FORMAT'].includes(functionName(fn));
}

/**
 * A field as the user reads it: a picklist with its labels, or a number, date or datetime in the user's locale and time
 * zone. Source: SOQL and SOSL Reference, "toLabel()" and "FORMAT()".
 *
 * @throws {OrgError} INVALID_FIELD for a field whose type the function does not take.
 */
export function shownField(scope: Scope, fn: FunctionExp): Expression {
  const inner = fieldExpression(scope, onlyField(fn));
  const field = inner.field as FieldModel;
  if (functionName(fn) === 'TOLABEL') return { ...inner, show: (stored) => labels(field, stored as string) };
  return formatted(scope, inner);
}

/**
 * FORMAT of a field or an aggregate.
 *
 * @throws {OrgError} INVALID_FIELD unless it is a number, a date or a datetime.
 */
export function formatted(scope: Scope, inner: Expression): Expression {
  const { shape } = inner;
  const number = isNumber(shape.type);
  if (!number && shape.type !== 'date' && shape.type !== 'datetime') {
    throw new OrgError('INVALID_FIELD', `FORMAT() takes a number, a date or a dateTime field, not '${inner.name}'.`);
  }
  const { user } = scope.statement;
  const form = { kind: number ? 'number' : 'exact', scale: shape.scale } as const;
  return { ...inner, show: (stored) => displayValue(shape, decode(form, stored), user) ?? '' };
}

/**
 * A picklist's label as a value to compare: `WHERE toLabel(Status__c) = 'Open'`.
 *
 * @throws {OrgError} INVALID_FIELD for a field that is no picklist.
 */
export function labelExpression(scope: Scope, fn: FunctionExp): Expression {
  const inner = fieldExpression(scope, onlyField(fn));
  if (inner.field?.type !== 'picklist') {
    throw new OrgError('INVALID_FIELD', `toLabel() in WHERE takes a picklist, not '${inner.name}'.`);
  }
  const { statement } = scope;
  const cases = inner.field.picklist?.values.map(
    ({ value, label }) => `WHEN ${statement.bind(value)} THEN ${statement.bind(label)}`,
  );
  const sql = cases?.length ? `(CASE ${inner.sql} ${cases.join(' ')} ELSE ${inner.sql} END COLLATE NOCASE)` : inner.sql;
  return { sql, name: inner.name, shape: { type: 'string', scale: 0 } };
}

function labels(field: FieldModel, stored: string): string {
  return stored
    .split(';')
    .map((part) => labelOf(field, part))
    .join(';');
}

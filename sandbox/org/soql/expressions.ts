import type { FunctionExp } from '@jetstreamapp/soql-parser-js';
import type { FieldModel } from '../model.ts';
import { OrgError } from '../orgError.ts';
import { unsupported } from './parse.ts';
import type { Scope } from './scope.ts';
import { AVERAGE_EXTRA_SCALE } from './sqlFunctions.ts';
import { isNumber, shapeOf, wireValue } from './wire.ts';
import type { ValueShape } from './wire.ts';

/** A value of a query as SQL, with what is needed to compare and to show it. */
export interface Expression {
  sql: string;
  /** How errors call it. */
  name: string;
  shape: ValueShape;
  /** The field behind it; undefined for a computed value. */
  field?: FieldModel;
  /** The text that is answered for what SQLite holds, such as a picklist value's label. */
  show?: (stored: unknown) => string;
}

const aggregateNames = new Set(['COUNT', 'COUNT_DISTINCT', 'SUM', 'AVG', 'MIN', 'MAX']);

export function isAggregate(fn: FunctionExp): boolean {
  return aggregateNames.has(functionName(fn));
}

export function fieldExpression(scope: Scope, path: string): Expression {
  const { sql, field } = scope.column(path);
  return { sql, name: field.name, shape: shapeOf(field), field };
}

/** The JSON value of what SQLite holds for an expression. */
export function answered({ shape, show }: Pick<Expression, 'shape' | 'show'>, stored: unknown): unknown {
  return show && stored !== null ? show(stored) : wireValue(shape, stored);
}

/**
 * COUNT, COUNT_DISTINCT, SUM, AVG, MIN or MAX of a field.
 *
 * @throws {OrgError} INVALID_FIELD when the field's type has no such aggregate.
 */
export function aggregateFunction(scope: Scope, fn: FunctionExp): Expression {
  const name = functionName(fn);
  const inner = fieldExpression(scope, onlyField(fn));
  refuseAggregate(name, inner);
  const whole: ValueShape = { type: 'int', scale: 0 };
  const average: ValueShape = { type: 'double', scale: inner.shape.scale + AVERAGE_EXTRA_SCALE };
  const forms: Record<string, [string, ValueShape]> = {
    COUNT: [`COUNT(${inner.sql})`, whole],
    COUNT_DISTINCT: [`COUNT(DISTINCT ${inner.sql})`, whole],
    SUM: [`SUM(${inner.sql})`, inner.shape],
    AVG: [`soql_avg(${inner.sql})`, average],
    MIN: [`MIN(${inner.sql})`, inner.shape],
    MAX: [`MAX(${inner.sql})`, inner.shape],
  };
  const [sql, shape] = forms[name] as [string, ValueShape];
  return { sql, name: rawText(fn), shape };
}

/** Long text and multi-select fields take no part in sorting and grouping; long text not in filters either. */
export function isLongText(field: FieldModel | undefined): boolean {
  return field?.type === 'textarea' && (field.length ?? 0) > 255;
}

function refuseAggregate(name: string, inner: Expression): void {
  const { type } = inner.shape;
  const sums = name === 'SUM' || name === 'AVG';
  const orders = name === 'MIN' || name === 'MAX';
  const refused =
    isLongText(inner.field) ||
    (sums && !isNumber(type)) ||
    (orders && (type === 'boolean' || type === 'multipicklist'));
  if (refused) throw new OrgError('INVALID_FIELD', `field ${inner.name} does not support aggregate operator ${name}`);
}

export function functionName(fn: FunctionExp): string {
  return (fn.functionName ?? '').toUpperCase();
}

/** A function as the query has it. */
export function rawText(fn: FunctionExp): string {
  return fn.rawValue ?? functionName(fn);
}

/** The one plain field that a function takes. Throws MALFORMED_QUERY when it has anything else. */
export function onlyField(fn: FunctionExp): string {
  const [parameter, ...more] = fn.parameters ?? [];
  if (typeof parameter !== 'string' || more.length > 0)
    throw unsupported(`${rawText(fn)}: one plain field is expected`);
  return parameter;
}

import type { AggregateOptions, DatabaseSync } from 'node:sqlite';
import type { FunctionExp } from '@jetstreamapp/soql-parser-js';
import type { FieldModel } from '../model.ts';
import { OrgError } from '../orgError.ts';
import { unsupported } from './parse.ts';
import type { Scope } from './scope.ts';
import { isNumber, shapeOf } from './wire.ts';
import type { ValueShape } from './wire.ts';

/** A value of a query as SQL, with what is needed to compare and to show it. */
export interface Expression {
  sql: string;
  /** How errors call it. */
  name: string;
  shape: ValueShape;
  /** The field behind it; undefined for a computed value. */
  field?: FieldModel;
}

/** AVG has this many digits more than its field, rounded half-even. */
const AVERAGE_EXTRA_SCALE = 4;

const aggregateNames = new Set(['COUNT', 'COUNT_DISTINCT', 'SUM', 'AVG', 'MIN', 'MAX']);

/** SQL of the part of a UTC date or datetime text that a date function gives; all are whole numbers. */
const dateParts: Record<string, (sql: string) => string> = {
  CALENDAR_YEAR: (sql) => `CAST(substr(${sql}, 1, 4) AS INTEGER)`,
  CALENDAR_QUARTER: (sql) => `((CAST(substr(${sql}, 6, 2) AS INTEGER) + 2) / 3)`,
  CALENDAR_MONTH: (sql) => `CAST(substr(${sql}, 6, 2) AS INTEGER)`,
  DAY_IN_MONTH: (sql) => `CAST(substr(${sql}, 9, 2) AS INTEGER)`,
  DAY_IN_WEEK: (sql) => `(CAST(strftime('%w', ${sql}) AS INTEGER) + 1)`,
  DAY_IN_YEAR: (sql) => `CAST(strftime('%j', ${sql}) AS INTEGER)`,
  HOUR_IN_DAY: (sql) => `CAST(substr(${sql}, 12, 2) AS INTEGER)`,
};

export function isAggregate(fn: FunctionExp): boolean {
  return aggregateNames.has(functionName(fn));
}

export function fieldExpression(scope: Scope, path: string): Expression {
  const { sql, field } = scope.column(path);
  return { sql, name: field.name, shape: shapeOf(field), field };
}

/**
 * A date function such as CALENDAR_MONTH(Bill_Date__c).
 *
 * @throws {OrgError} MALFORMED_QUERY for any other function, INVALID_FIELD when its field is no date.
 */
export function dateFunction(scope: Scope, fn: FunctionExp): Expression {
  const name = functionName(fn);
  const part = name === 'DAY_ONLY' ? (sql: string) => `substr(${sql}, 1, 10)` : dateParts[name];
  if (!part) throw unsupported(`the function ${name}() at this place`);
  const inner = fieldExpression(scope, onlyField(fn));
  const takesDate = name !== 'DAY_ONLY' && name !== 'HOUR_IN_DAY';
  if (inner.shape.type !== 'datetime' && !(takesDate && inner.shape.type === 'date')) {
    throw new OrgError(
      'INVALID_FIELD',
      `${name}() cannot be used on field '${inner.name}' of type ${inner.shape.type}.`,
    );
  }
  // SQLite gives 0 and not null for the parts of a missing date, as CAST reads a missing text.
  const shape: ValueShape = { type: name === 'DAY_ONLY' ? 'date' : 'int', scale: 0 };
  return { sql: `CASE WHEN ${inner.sql} IS NULL THEN NULL ELSE ${part(inner.sql)} END`, name: rawText(fn), shape };
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

interface Total {
  sum: bigint;
  count: bigint;
}

/** Gives a database the exact average that AVG compiles to. */
export function addAverage(sql: DatabaseSync): void {
  const average = {
    useBigIntArguments: true,
    start: (): Total => ({ sum: 0n, count: 0n }),
    step: (total: Total, value: unknown): Total =>
      typeof value === 'bigint' ? { sum: total.sum + value, count: total.count + 1n } : total,
    result: ({ sum, count }: Total) =>
      count === 0n ? null : roundedQuotient(sum * 10n ** BigInt(AVERAGE_EXTRA_SCALE), count),
  };
  // The types allow only what SQLite can hold as the running state; the function never leaves JavaScript.
  sql.aggregate('soql_avg', average as unknown as AggregateOptions);
}

/** Long text and multi-select fields take no part in sorting and grouping; long text not in filters either. */
export function isLongText(field: FieldModel | undefined): boolean {
  return field?.type === 'textarea' && (field.length ?? 0) > 255;
}

function roundedQuotient(dividend: bigint, divisor: bigint): bigint {
  const quotient = dividend / divisor;
  const rest = dividend % divisor;
  const twice = (rest < 0n ? -rest : rest) * 2n;
  const up = twice > divisor || (twice === divisor && quotient % 2n !== 0n);
  return up ? quotient + (dividend < 0n ? -1n : 1n) : quotient;
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

function functionName(fn: FunctionExp): string {
  return (fn.functionName ?? '').toUpperCase();
}

function rawText(fn: FunctionExp): string {
  return fn.rawValue ?? functionName(fn);
}

function onlyField(fn: FunctionExp): string {
  const [parameter, ...more] = fn.parameters ?? [];
  if (typeof parameter !== 'string' || more.length > 0)
    throw unsupported(`${rawText(fn)}: one plain field is expected`);
  return parameter;
}

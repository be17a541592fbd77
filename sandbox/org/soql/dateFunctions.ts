import type { FunctionExp } from '@jetstreamapp/soql-parser-js';
import { OrgError } from '../orgError.ts';
import { fieldExpression, functionName, onlyField, rawText } from './expressions.ts';
import type { Expression } from './expressions.ts';
import { unsupported } from './parse.ts';
import type { Scope } from './scope.ts';
import type { ValueShape } from './wire.ts';

const year = (sql: string): string => `CAST(substr(${sql}, 1, 4) AS INTEGER)`;
const quarter = (sql: string): string => `((CAST(substr(${sql}, 6, 2) AS INTEGER) + 2) / 3)`;
const month = (sql: string): string => `CAST(substr(${sql}, 6, 2) AS INTEGER)`;
const dayInMonth = (sql: string): string => `CAST(substr(${sql}, 9, 2) AS INTEGER)`;
const dayInYear = (sql: string): string => `CAST(strftime('%j', ${sql}) AS INTEGER)`;
/** The first seven days are week 1, whatever weekday they start on. */
const weekOf = (days: string): string => `((${days} + 6) / 7)`;

/** SQL of the part of a date or datetime text that a date function gives; all are whole numbers. */
const dateParts: Record<string, (sql: string) => string> = {
  CALENDAR_YEAR: year,
  CALENDAR_QUARTER: quarter,
  CALENDAR_MONTH: month,
  FISCAL_YEAR: year,
  FISCAL_QUARTER: quarter,
  FISCAL_MONTH: month,
  DAY_IN_MONTH: dayInMonth,
  DAY_IN_WEEK: (sql) => `(CAST(strftime('%w', ${sql}) AS INTEGER) + 1)`,
  DAY_IN_YEAR: dayInYear,
  WEEK_IN_MONTH: (sql) => weekOf(dayInMonth(sql)),
  WEEK_IN_YEAR: (sql) => weekOf(dayInYear(sql)),
  HOUR_IN_DAY: (sql) => `CAST(substr(${sql}, 12, 2) AS INTEGER)`,
};

/**
 * A date function such as CALENDAR_MONTH(Bill_Date__c): in UTC, or of convertTimezone(CreatedDate) in the user's time
 * zone. The fiscal year is the calendar year. Source: SOQL and SOSL Reference, "Date Functions".
 *
 * @throws {OrgError} MALFORMED_QUERY for any other function, INVALID_FIELD when its field is no date.
 */
export function dateFunction(scope: Scope, fn: FunctionExp): Expression {
  const name = functionName(fn);
  const part = name === 'DAY_ONLY' ? (sql: string) => `substr(${sql}, 1, 10)` : dateParts[name];
  if (!part) throw unsupported(`the function ${rawText(fn)} at this place`);
  const inner = dateArgument(scope, fn);
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

/** The field of a date function, moved to the user's time zone where `convertTimezone` asks for it. */
function dateArgument(scope: Scope, fn: FunctionExp): Expression {
  const [parameter] = fn.parameters ?? [];
  if (typeof parameter !== 'object' || functionName(parameter) !== 'CONVERTTIMEZONE') {
    return fieldExpression(scope, onlyField(fn));
  }
  const inner = fieldExpression(scope, onlyField(parameter));
  if (inner.shape.type !== 'datetime') {
    throw new OrgError('INVALID_FIELD', `convertTimezone() takes a dateTime field, not '${inner.name}'.`);
  }
  // Written out rather than bound, so that the same function in SELECT and GROUP BY is the same SQL.
  const timeZone = scope.statement.user.timeZone.replaceAll("'", "''");
  return { ...inner, sql: `soql_local(${inner.sql}, '${timeZone}')` };
}

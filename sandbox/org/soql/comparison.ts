import type { LiteralType, Operator } from '@jetstreamapp/soql-parser-js';
import { OrgError } from '../orgError.ts';
import type { QueryCalendar } from './dateLiterals.ts';
import { isLongText } from './expressions.ts';
import type { Expression } from './expressions.ts';
import {
  globPattern,
  likePattern,
  scaledNumber,
  storedDate,
  storedDatetime,
  stringLiteral,
  wrongLiteral,
} from './literals.ts';
import { unsupported } from './parse.ts';
import { normalizeRecordId } from '../recordIds.ts';
import { chosenInOrder } from '../records/multiSelect.ts';
import { columnForm } from '../store/codec.ts';
import { folded } from './sqlFunctions.ts';
import { isNumber } from './wire.ts';

export interface Literal {
  text: string;
  type: LiteralType;
}

export interface Binding {
  bind(value: string | bigint): string;
  calendar: QueryCalendar;
}

type Order = '<' | '<=' | '>' | '>=';

const NEVER = '0';

/**
 * SQL of one comparison with literals.
 *
 * @param negated writes NOT over SQL that may be unknown
 * @throws {OrgError} when the field cannot be filtered, or its type does not fit the operator or the literal.
 */
export function comparison(
  left: Expression,
  operator: Operator,
  literals: Literal[],
  binding: Binding,
  negated: (sql: string) => string,
): string {
  if (isLongText(left.field)) {
    throw new OrgError('INVALID_FIELD', `field '${left.name}' can not be filtered in a query call`);
  }
  const [first] = literals as [Literal];
  switch (operator) {
    case '=':
      return equal(left, first, binding);
    case '!=':
      return negated(equal(left, first, binding));
    case 'IN':
      return inList(left, literals, binding);
    case 'NOT IN':
      return negated(inList(left, literals, binding));
    case 'LIKE':
      return anyOf(literals.map((literal) => like(left, literal, binding)));
    case 'INCLUDES':
      return includes(left, literals, binding);
    case 'EXCLUDES':
      return negated(includes(left, literals, binding));
    default:
      return ordered(left, operator, first, binding);
  }
}

function anyOf(conditions: string[]): string {
  return `(${conditions.join(' OR ')})`;
}

/** One SQL list instead of a chain of ORs, whose depth SQLite limits; only nulls and date ranges need their own OR. */
function inList(left: Expression, literals: Literal[], binding: Binding): string {
  const prefix = `${left.sql} = `;
  const conditions = literals.map((literal) => equal(left, literal, binding));
  const listed = conditions.filter((sql) => sql.startsWith(prefix)).map((sql) => sql.slice(prefix.length));
  const others = conditions.filter((sql) => !sql.startsWith(prefix));
  return anyOf([...(listed.length > 0 ? [`${left.sql} IN (${listed.join(', ')})`] : []), ...others]);
}

function equal(left: Expression, literal: Literal, binding: Binding): string {
  if (literal.type === 'NULL') return `${left.sql} IS NULL`;
  const { type, scale } = left.shape;
  if (isNumber(type)) {
    const { floor, exact } = scaledNumber(numberText(left, literal), scale);
    return exact && fits(floor) ? `${left.sql} = ${binding.bind(floor)}` : NEVER;
  }
  if (type === 'boolean') {
    if (literal.type !== 'BOOLEAN') throw wrongLiteral(left.name, type);
    return `${left.sql} = ${literal.text.toUpperCase() === 'TRUE' ? 1 : 0}`;
  }
  if (type === 'date' || type === 'datetime') {
    const { start, end } = instants(left, literal, binding);
    if (end === undefined) return `${left.sql} = ${binding.bind(start)}`;
    return `(${left.sql} >= ${binding.bind(start)} AND ${left.sql} < ${binding.bind(end)})`;
  }
  const text = textOf(left, literal);
  if (text === '') return `${left.sql} IS NULL`;
  if (needsFolding(left, text)) return `soql_fold(${left.sql}) = ${binding.bind(folded(text))}`;
  return `${left.sql} = ${binding.bind(text)}`;
}

function ordered(left: Expression, operator: Order, literal: Literal, binding: Binding): string {
  const { type, scale } = left.shape;
  if (type === 'boolean' || type === 'multipicklist') throw wrongOperator(left, operator);
  if (literal.type === 'NULL') return NEVER;
  if (isNumber(type)) return orderedNumber(left, operator, scaledNumber(numberText(left, literal), scale), binding);
  if (type !== 'date' && type !== 'datetime') return `${left.sql} ${operator} ${binding.bind(textOf(left, literal))}`;
  const { start, end } = instants(left, literal, binding);
  if (end === undefined) return `${left.sql} ${operator} ${binding.bind(start)}`;
  // A range such as THIS_MONTH: "after" it starts where it ends, "up to" it ends where it ends.
  const [sqlOperator, edge] = { '<': ['<', start], '<=': ['<', end], '>': ['>=', end], '>=': ['>=', start] }[operator];
  return `${left.sql} ${sqlOperator} ${binding.bind(edge as string)}`;
}

function orderedNumber(
  left: Expression,
  operator: Order,
  { floor, exact }: { floor: bigint; exact: boolean },
  binding: Binding,
): string {
  const below = operator.startsWith('<');
  if (!fits(floor)) return below === floor > 0n ? `${left.sql} IS NOT NULL` : NEVER;
  // Between two stored steps lies no stored value: above the literal means above its floor.
  const sqlOperator = exact ? operator : below ? '<=' : '>';
  return `${left.sql} ${sqlOperator} ${binding.bind(floor)}`;
}

function like(left: Expression, literal: Literal, binding: Binding): string {
  const { type } = left.shape;
  const isText = ['string', 'textarea', 'picklist', 'email', 'phone', 'url'].includes(type);
  if (!isText) throw wrongOperator(left, 'LIKE');
  if (literal.type !== 'STRING') throw wrongLiteral(left.name, type);
  if (!ignoresCase(left)) return `${left.sql} GLOB ${binding.bind(globPattern(literal.text))}`;
  const pattern = likePattern(literal.text);
  if (needsFolding(left, pattern)) return `soql_fold(${left.sql}) LIKE ${binding.bind(folded(pattern))} ESCAPE '\\'`;
  return `${left.sql} LIKE ${binding.bind(pattern)} ESCAPE '\\'`;
}

function includes(left: Expression, literals: Literal[], binding: Binding): string {
  if (left.shape.type !== 'multipicklist') throw wrongOperator(left, 'INCLUDES or EXCLUDES');
  const oneOf = literals.map((literal) => {
    const chosen = textOf(left, literal).split(';');
    const all = chosen.map(
      (value) => `instr(';' || lower(${left.sql}) || ';', ';' || lower(${binding.bind(value)}) || ';') > 0`,
    );
    return `(${all.join(' AND ')})`;
  });
  return anyOf(oneOf);
}

function instants(left: Expression, literal: Literal, binding: Binding): { start: string; end?: string } {
  const isDate = left.shape.type === 'date';
  if (literal.type === 'DATE_LITERAL' || literal.type === 'DATE_N_LITERAL') {
    return isDate ? binding.calendar.days(literal.text) : binding.calendar.instants(literal.text);
  }
  if (isDate && literal.type === 'DATE') return { start: storedDate(literal.text) };
  if (!isDate && literal.type === 'DATETIME') return { start: storedDatetime(literal.text) };
  throw wrongLiteral(left.name, left.shape.type);
}

function numberText(left: Expression, literal: Literal): string {
  if (literal.type === 'INTEGER' || literal.type === 'DECIMAL') return literal.text;
  if (literal.type.endsWith('CURRENCY_PREFIX')) throw unsupported('amounts with a currency code');
  throw wrongLiteral(left.name, left.shape.type);
}

function textOf(left: Expression, literal: Literal): string {
  const { type } = left.shape;
  if (literal.type !== 'STRING') throw wrongLiteral(left.name, type);
  const text = stringLiteral(literal.text);
  if (type === 'multipicklist' && left.field) return chosenInOrder(left.field, text).join(';');
  if ((type !== 'id' && type !== 'reference') || text === '') return text;
  const id = normalizeRecordId(text);
  if (id === undefined) throw new OrgError('INVALID_QUERY_FILTER_OPERATOR', `invalid ID field: ${text}`);
  return id;
}

/** Texts ignore case but in unique fields that are said to heed it. */
function ignoresCase({ field }: Expression): boolean {
  return field === undefined || columnForm(field).kind === 'text';
}

/** SQLite knows case of ASCII letters only; texts with others are compared by a function, which no index helps. */
function needsFolding(left: Expression, text: string): boolean {
  return ignoresCase(left) && /[^\0-\x7f]/.test(text);
}

function fits(value: bigint): boolean {
  return BigInt.asIntN(64, value) === value;
}

function wrongOperator(left: Expression, operator: string): OrgError {
  return new OrgError(
    'INVALID_QUERY_FILTER_OPERATOR',
    `invalid operator on ${left.shape.type} field: ${operator} cannot be used on '${left.name}'`,
  );
}

import type { OrderByClause, QueryBase } from '@jetstreamapp/soql-parser-js';
import { OrgError } from '../orgError.ts';
import { isLongText } from './expressions.ts';
import type { Expression } from './expressions.ts';
import type { Statement } from './scope.ts';

/** Salesforce refuses to skip more rows than this. */
const LARGEST_OFFSET = 2000;

/** Something to sort by, such as `t1."Name"` and `ASC NULLS FIRST`. */
export interface SortKey {
  sql: string;
  direction: string;
}

/**
 * What ORDER BY sorts by. Missing values come first unless NULLS LAST is asked for, picklists follow the order of their
 * values.
 *
 * @throws {OrgError} INVALID_FIELD for fields that cannot be sorted.
 */
export function sortKeys(
  statement: Statement,
  query: QueryBase,
  resolve: (clause: OrderByClause) => Expression,
): SortKey[] {
  return [query.orderBy ?? []].flat().flatMap((clause) => {
    const direction = `${clause.order ?? 'ASC'} NULLS ${clause.nulls ?? 'FIRST'}`;
    return sortedBy(statement, resolve(clause)).map((sql) => ({ sql, direction }));
  });
}

function sortedBy(statement: Statement, { sql, name, field }: Expression): string[] {
  if (isLongText(field) || field?.type === 'multipicklist') {
    throw new OrgError('INVALID_FIELD', `field '${name}' can not be sorted in a query call`);
  }
  const values = field?.type === 'picklist' ? (field.picklist?.values ?? []) : [];
  if (values.length === 0) return [sql];
  const places = values.map(({ value }, index) => `WHEN ${sql} = ${statement.bind(value)} THEN ${index}`);
  // Values outside the list follow after it, in alphabetical order.
  return [`CASE WHEN ${sql} IS NULL THEN NULL ${places.join(' ')} ELSE ${values.length} END`, sql];
}

/** ORDER BY as SQL, or nothing. */
export function orderSql(keys: SortKey[]): string {
  return keys.length === 0 ? '' : ` ORDER BY ${keys.map(({ sql, direction }) => `${sql} ${direction}`).join(', ')}`;
}

/**
 * LIMIT and OFFSET as SQL, or nothing.
 *
 * @throws {OrgError} NUMBER_OUTSIDE_VALID_RANGE for an OFFSET above 2,000.
 */
export function limitSql(query: QueryBase): string {
  if ((query.offset ?? 0) > LARGEST_OFFSET) {
    throw new OrgError('NUMBER_OUTSIDE_VALID_RANGE', `Maximum SOQL offset allowed is ${LARGEST_OFFSET}`);
  }
  if (query.limit === undefined && query.offset === undefined) return '';
  return ` LIMIT ${query.limit ?? -1} OFFSET ${query.offset ?? 0}`;
}

import type { FunctionExp, GroupByClause, QueryBase } from '@jetstreamapp/soql-parser-js';
import { OrgError } from '../orgError.ts';
import { dateFunction } from './dateFunctions.ts';
import { fieldExpression, functionName, isLongText } from './expressions.ts';
import type { Expression } from './expressions.ts';
import type { Scope } from './scope.ts';

/** Salesforce rolls up over at most this many fields. */
const MOST_ROLLED_UP = 3;

/** What a query groups by: every field, and for each set of groups that it answers those that are apart in it. */
export interface Groupings {
  fields: Expression[];
  /** `[[a, b], [a], []]` for ROLLUP(a, b); one set without subtotals. */
  sets: Expression[][];
}

/**
 * Reads GROUP BY. Source: SOQL and SOSL Reference, "GROUP BY ROLLUP", "GROUP BY CUBE".
 *
 * @throws {OrgError} MALFORMED_QUERY for a subtotal over more than three fields or beside other fields, INVALID_FIELD for a field
 * whose type cannot be grouped.
 */
export function readGroupings(scope: Scope, query: QueryBase): Groupings {
  const clauses = [query.groupBy ?? []].flat();
  const subtotals = clauses.map((clause) => ('fn' in clause ? subtotalOf(clause.fn) : undefined)).find((one) => one);
  if (!subtotals) {
    const fields = clauses.map((clause) => groupExpression(scope, clause));
    return { fields, sets: [fields] };
  }
  const { name, parameters } = subtotals;
  if (clauses.length > 1)
    throw new OrgError('MALFORMED_QUERY', `GROUP BY ${name} cannot be combined with other fields.`);
  if (parameters.length > MOST_ROLLED_UP) {
    throw new OrgError('MALFORMED_QUERY', `GROUP BY ${name} takes at most ${MOST_ROLLED_UP} fields.`);
  }
  const fields = parameters.map((one) =>
    groupExpression(scope, typeof one === 'string' ? { field: one } : { fn: one }),
  );
  return { fields, sets: name === 'ROLLUP' ? prefixes(fields) : subsets(fields) };
}

function subtotalOf(fn: FunctionExp): { name: string; parameters: Array<string | FunctionExp> } | undefined {
  const name = functionName(fn);
  if (name !== 'ROLLUP' && name !== 'CUBE') return undefined;
  return { name, parameters: fn.parameters ?? [] };
}

function groupExpression(scope: Scope, clause: GroupByClause | { field: string } | { fn: FunctionExp }): Expression {
  const expression = 'fn' in clause ? dateFunction(scope, clause.fn) : fieldExpression(scope, clause.field);
  if (isLongText(expression.field) || expression.field?.type === 'multipicklist') {
    throw new OrgError('INVALID_FIELD', `field '${expression.name}' can not be grouped in a query call`);
  }
  return expression;
}

/** The list, the list without its last, and so on to nothing. */
function prefixes<T>(items: T[]): T[][] {
  return [...items.keys(), items.length].reverse().map((count) => items.slice(0, count));
}

/** All combinations, the whole list first and nothing last. */
function subsets<T>(items: T[]): T[][] {
  const [first, ...rest] = items;
  if (first === undefined) return [[]];
  const others = subsets(rest);
  return [...others.map((one) => [first, ...one]), ...others];
}

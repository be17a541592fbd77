import type { FunctionExp, HavingClause, QueryBase } from '@jetstreamapp/soql-parser-js';
import { OrgError } from '../orgError.ts';
import { treeSql } from './conditions.ts';
import { conditionTree } from './conditionTree.ts';
import type { Leaf } from './conditionTree.ts';
import { aggregateFunction, dateFunction, fieldExpression, isAggregate, isLongText } from './expressions.ts';
import type { Expression } from './expressions.ts';
import { fieldPath, selectedFields } from './fieldsFunction.ts';
import { orderAndLimit } from './orderBy.ts';
import { unsupported } from './parse.ts';
import { rowConditions } from './records.ts';
import type { QueryContext, QueryRecord } from './records.ts';
import { readRows } from './rows.ts';
import { Scope, Statement } from './scope.ts';
import { wireValue } from './wire.ts';

/** A query that gives groups or totals and not records. */
export function isAggregateQuery(query: QueryBase): boolean {
  return (
    query.groupBy !== undefined ||
    (query.fields ?? []).some((field) => field.type === 'FieldFunctionExpression' && isAggregate(field))
  );
}

/** `SELECT COUNT() FROM X`: only the number of records. */
export function isPlainCount(query: QueryBase): boolean {
  const [field, ...more] = query.fields ?? [];
  return (
    more.length === 0 &&
    field?.type === 'FieldFunctionExpression' &&
    field.functionName.toUpperCase() === 'COUNT' &&
    field.parameters.length === 0
  );
}

/** Counts the records of `SELECT COUNT() FROM X`. */
export function countRecords(context: QueryContext, objectName: string, query: QueryBase): number {
  if (query.groupBy || query.orderBy) {
    throw new OrgError('MALFORMED_QUERY', 'COUNT() takes no GROUP BY and no ORDER BY. Use COUNT(Id).');
  }
  const statement = new Statement(context.org, context.user, context.all);
  const scope = new Scope(statement, objectName, query.sObjectAlias);
  const conditions = rowConditions(scope, query);
  const limit = orderAndLimit(statement, query, () => fieldExpression(scope, 'Id'));
  const rows = readRows(statement, `SELECT COUNT(*) FROM (SELECT 1 ${scope.from()}${conditions}${limit})`);
  return Number(rows[0]?.[0]);
}

/**
 * Runs a query with aggregates or GROUP BY. Fields without an alias are called by their own name, computed values
 * `expr0`, `expr1` and so on. Amounts are summed as whole numbers of their smallest step.
 *
 * @throws {OrgError} MALFORMED_QUERY for a field that is neither grouped nor aggregated.
 */
export function readGroups(context: QueryContext, objectName: string, query: QueryBase): QueryRecord[] {
  const statement = new Statement(context.org, context.user, context.all);
  const scope = new Scope(statement, objectName, query.sObjectAlias);
  const groups = groupExpressions(scope, query);
  const outputs = outputColumns(scope, query, groups);
  const conditions = rowConditions(scope, query);
  const grouping = groups.length > 0 ? ` GROUP BY ${groups.map(({ sql }) => sql).join(', ')}` : '';
  const having = query.having ? ` HAVING ${havingSql(scope, query.having, groups)}` : '';
  const tail = orderAndLimit(statement, query, (clause) =>
    'fn' in clause ? groupedFunction(scope, clause.fn, groups) : groupedField(scope, clause.field, groups),
  );
  const columns = outputs.map(({ expression }) => expression.sql).join(', ');
  const rows = readRows(statement, `SELECT ${columns} ${scope.from()}${conditions}${grouping}${having}${tail}`);
  return rows.map((row) => {
    const record: QueryRecord = { attributes: { type: 'AggregateResult' } };
    outputs.forEach(({ name, expression }, index) => (record[name] = wireValue(expression.shape, row[index])));
    return record;
  });
}

function groupExpressions(scope: Scope, query: QueryBase): Expression[] {
  return [query.groupBy ?? []].flat().map((clause) => {
    const expression = 'fn' in clause ? dateFunction(scope, clause.fn) : fieldExpression(scope, clause.field);
    if (isLongText(expression.field) || expression.field?.type === 'multipicklist') {
      throw new OrgError('INVALID_FIELD', `field '${expression.name}' can not be grouped in a query call`);
    }
    return expression;
  });
}

function outputColumns(
  scope: Scope,
  query: QueryBase,
  groups: Expression[],
): Array<{ name: string; expression: Expression }> {
  let unnamed = 0;
  return selectedFields(scope, query).map((field) => {
    if (field.type === 'FieldFunctionExpression') {
      const name = field.alias ?? `expr${unnamed++}`;
      return { name, expression: groupedFunction(scope, field, groups) };
    }
    const path = fieldPath(field);
    if (path === undefined) throw unsupported('subqueries and TYPEOF beside GROUP BY');
    const expression = groupedField(scope, path, groups);
    return { name: ('alias' in field ? field.alias : undefined) ?? expression.name, expression };
  });
}

function groupedField(scope: Scope, path: string, groups: Expression[]): Expression {
  return grouped(fieldExpression(scope, path), groups);
}

function groupedFunction(scope: Scope, fn: FunctionExp, groups: Expression[]): Expression {
  return isAggregate(fn) ? aggregateFunction(scope, fn) : grouped(dateFunction(scope, fn), groups);
}

function grouped(expression: Expression, groups: Expression[]): Expression {
  if (groups.some(({ sql }) => sql === expression.sql)) return expression;
  throw new OrgError('MALFORMED_QUERY', `Field must be grouped or aggregated: ${expression.name}`);
}

function havingSql(scope: Scope, having: HavingClause, groups: Expression[]): string {
  const resolve = (leaf: Leaf) =>
    'fn' in leaf ? groupedFunction(scope, leaf.fn, groups) : groupedField(scope, leaf.field, groups);
  return treeSql(scope, conditionTree(having), resolve);
}

import type { FunctionExp, HavingClause, QueryBase } from '@jetstreamapp/soql-parser-js';
import { OrgError } from '../orgError.ts';
import { treeSql } from './conditions.ts';
import { conditionTree } from './conditionTree.ts';
import { dateFunction } from './dateFunctions.ts';
import { aggregateFunction, answered, fieldExpression, functionName, isAggregate, onlyField } from './expressions.ts';
import type { Expression } from './expressions.ts';
import { fieldPath, selectedFields } from './fieldsFunction.ts';
import { readGroupings } from './groupings.ts';
import type { Groupings } from './groupings.ts';
import { limitSql, orderSql, sortKeys } from './orderBy.ts';
import { unsupported } from './parse.ts';
import { QueryError } from './queryError.ts';
import type { QueryContext, QueryRecord } from './records.ts';
import { rowConditions } from './rowConditions.ts';
import { readRows } from './rows.ts';
import { Scope, Statement } from './scope.ts';
import { formatted, isShown, shownField } from './shownFunctions.ts';

/** The most groups that a query answers: they do not come in pages. */
const MOST_GROUPS = 2000;

/** A query that gives groups or totals and not records. */
export function isAggregateQuery(query: QueryBase): boolean {
  return (
    query.groupBy !== undefined ||
    (query.fields ?? []).some((field) => field.type === 'FieldFunctionExpression' && holdsAggregate(field))
  );
}

function holdsAggregate(fn: FunctionExp): boolean {
  return isAggregate(fn) || (fn.parameters ?? []).some((one) => typeof one === 'object' && holdsAggregate(one));
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
  const rows = readRows(statement, `SELECT COUNT(*) FROM (SELECT 1 ${scope.from()}${conditions}${limitSql(query)})`);
  return Number(rows[0]?.[0]);
}

/**
 * Runs a query with aggregates or GROUP BY. Fields without an alias are called by their own name, computed values
 * `expr0`, `expr1` and so on. Amounts are summed as whole numbers of their smallest step.
 *
 * @throws {OrgError} MALFORMED_QUERY for a field that is neither grouped nor aggregated, EXCEEDED_ID_LIMIT for more
 * than 2,000 groups.
 */
export function readGroups(context: QueryContext, objectName: string, query: QueryBase): QueryRecord[] {
  const statement = new Statement(context.org, context.user, context.all);
  const scope = new Scope(statement, objectName, query.sObjectAlias);
  const groupings = readGroupings(scope, query);
  const conditions = rowConditions(scope, query);
  const parts = groupings.sets.map((set) => groupPart(new GroupScope(scope, groupings, set), query, conditions));
  const { outputs, order } = parts[0] as GroupPart;
  // The keys to sort by stand after the answer's columns; by their numbers they sort all sets together.
  const keys = order.map((direction, index) => ({ sql: String(outputs.length + index + 1), direction }));
  const selects = parts.map((part) => part.sql(scope.from())).join(' UNION ALL ');
  const rows = readRows(statement, `${selects}${orderSql(keys)}${limitSql(query)}`);
  if (rows.length > MOST_GROUPS) {
    const message = 'Aggregate query does not support queryMore(), use LIMIT to restrict the results to a single batch';
    throw new OrgError('EXCEEDED_ID_LIMIT', message);
  }
  return rows.map((row) => {
    const record: QueryRecord = { attributes: { type: 'AggregateResult' } };
    outputs.forEach(({ name, expression }, index) => (record[name] = answered(expression, row[index])));
    return record;
  });
}

interface GroupPart {
  outputs: Array<{ name: string; expression: Expression }>;
  /** The direction of each key that the groups are sorted by. */
  order: string[];
  sql: (from: string) => string;
}

/** The groups of one set: all of them without subtotals. */
function groupPart(group: GroupScope, query: QueryBase, conditions: string): GroupPart {
  const { scope, set, groupings } = group;
  const outputs = outputColumns(group, query);
  const having = query.having ? ` HAVING ${havingSql(group, query.having)}` : '';
  const asked = sortKeys(scope.statement, query, (clause) =>
    'fn' in clause ? group.function(clause.fn) : group.field(clause.field),
  );
  const keys = asked.length === 0 && groupings.sets.length > 1 ? subtotalsLast(group) : asked;
  const columns = [...outputs.map(({ expression }) => expression.sql), ...keys.map(({ sql }) => sql)];
  // A grand total is one row also where nothing is aggregated, for which SQL would answer a row per record.
  if (set.length === 0) columns[0] = `CASE COUNT(*) WHEN -1 THEN NULL ELSE ${columns[0]} END`;
  const grouping = set.length > 0 ? ` GROUP BY ${set.map(({ sql }) => sql).join(', ')}` : '';
  return {
    outputs,
    order: keys.map(({ direction }) => direction),
    sql: (from) => `SELECT ${columns.join(', ')} ${from}${conditions}${grouping}${having}`,
  };
}

/** Without ORDER BY a subtotal follows what it sums up, as in the documents' examples. */
function subtotalsLast(group: GroupScope): Array<{ sql: string; direction: string }> {
  return group.groupings.fields.flatMap((field) => [
    { sql: group.subtotal(field).sql, direction: 'ASC' },
    { sql: group.grouped(field).sql, direction: 'ASC NULLS FIRST' },
  ]);
}

function outputColumns(group: GroupScope, query: QueryBase): GroupPart['outputs'] {
  let unnamed = 0;
  const outputs = selectedFields(group.scope, query).map((field) => {
    if (field.type === 'FieldFunctionExpression') {
      const expression = group.function(field);
      const name = field.alias ?? (isShown(field) && expression.field ? expression.name : `expr${unnamed++}`);
      return { name, expression };
    }
    const path = fieldPath(field);
    if (path === undefined) throw unsupported('subqueries and TYPEOF beside GROUP BY');
    const expression = group.field(path);
    return { name: ('alias' in field ? field.alias : undefined) ?? expression.name, expression };
  });
  refuseSameNames(outputs);
  return outputs;
}

function refuseSameNames(outputs: GroupPart['outputs']): void {
  const names = new Set<string>();
  for (const { name } of outputs) {
    if (names.has(name.toLowerCase())) throw new OrgError('MALFORMED_QUERY', `duplicate alias: ${name}`);
    names.add(name.toLowerCase());
  }
}

function havingSql(group: GroupScope, having: HavingClause): string {
  return treeSql(group.scope, conditionTree(having), (leaf) =>
    'fn' in leaf ? group.function(leaf.fn) : group.field(leaf.field),
  );
}

/** Resolves what may stand beside GROUP BY, within one set of groups. */
class GroupScope {
  readonly scope: Scope;
  readonly groupings: Groupings;
  readonly set: Expression[];

  constructor(scope: Scope, groupings: Groupings, set: Expression[]) {
    this.scope = scope;
    this.groupings = groupings;
    this.set = set;
  }

  field(path: string): Expression {
    return this.grouped(fieldExpression(this.scope, path), path);
  }

  function(fn: FunctionExp): Expression {
    if (isAggregate(fn)) return aggregateFunction(this.scope, fn);
    if (isShown(fn)) return this.shown(fn);
    if (functionName(fn) === 'GROUPING') return this.subtotal(fieldExpression(this.scope, onlyField(fn)));
    return this.grouped(dateFunction(this.scope, fn));
  }

  /** `FORMAT(MIN(Bill_Date__c))`, or a grouped field in FORMAT or toLabel. */
  private shown(fn: FunctionExp): Expression {
    const [inner] = fn.parameters ?? [];
    const isFormattedAggregate = functionName(fn) === 'FORMAT' && typeof inner === 'object' && isAggregate(inner);
    return isFormattedAggregate
      ? formatted(this.scope, aggregateFunction(this.scope, inner))
      : this.grouped(shownField(this.scope, fn));
  }

  /** The field's value where it is apart, null in its subtotals. */
  grouped(expression: Expression, path = expression.name): Expression {
    if (this.isApart(expression)) return expression;
    if (isAmong(this.groupings.fields, expression)) return { ...expression, sql: 'NULL' };
    throw new QueryError('MALFORMED_QUERY', `Field must be grouped or aggregated: ${expression.name}`, path);
  }

  /** GROUPING(field): 1 in the subtotals over the field. */
  subtotal(expression: Expression): Expression {
    this.grouped(expression);
    return { sql: this.isApart(expression) ? '0' : '1', name: expression.name, shape: { type: 'int', scale: 0 } };
  }

  private isApart(expression: Expression): boolean {
    return isAmong(this.set, expression);
  }
}

function isAmong(expressions: Expression[], { sql }: Expression): boolean {
  return expressions.some((one) => one.sql === sql);
}

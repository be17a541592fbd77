import type { WhereClause } from '@jetstreamapp/soql-parser-js';
import { OrgError } from '../orgError.ts';
import { comparison } from './comparison.ts';
import type { Literal } from './comparison.ts';
import { conditionTree } from './conditionTree.ts';
import type { ConditionTree, Leaf } from './conditionTree.ts';
import { dateFunction } from './dateFunctions.ts';
import { fieldExpression, functionName, isAggregate } from './expressions.ts';
import type { Expression } from './expressions.ts';
import { Scope } from './scope.ts';
import { checkSemiJoin, checkSemiJoinField, checkSemiJoins, semiJoinField } from './semiJoinRules.ts';
import type { SemiJoinQuery } from './semiJoinRules.ts';
import { labelExpression } from './shownFunctions.ts';
import { visibleRows } from './visibleRows.ts';

type Resolve = (leaf: Leaf) => Expression;

/**
 * SQL of the conditions of a WHERE clause. As in SOQL, a missing value makes a comparison false, and NOT turns it true.
 *
 * @throws {OrgError} for unknown fields, literals of the wrong kind and operators a type does not have.
 */
export function whereSql(scope: Scope, where: WhereClause): string {
  const tree = conditionTree(where);
  checkSemiJoins(tree);
  return treeSql(scope, tree, (leaf) => whereExpression(scope, leaf));
}

/** SQL of a tree of conditions whose left sides `resolve` finds. */
export function treeSql(scope: Scope, tree: ConditionTree, resolve: Resolve): string {
  if (tree.kind === 'leaf') return leafSql(scope, tree.leaf, resolve);
  if (tree.kind === 'not') return negated(treeSql(scope, tree.operand, resolve));
  return `(${tree.operands.map((operand) => treeSql(scope, operand, resolve)).join(` ${tree.kind} `)})`;
}

/** NOT with two truth values: what is unknown to SQL is false to SOQL. */
function negated(sql: string): string {
  return `(NOT coalesce(${sql}, 0))`;
}

function whereExpression(scope: Scope, leaf: Leaf): Expression {
  if (!('fn' in leaf)) return fieldExpression(scope, leaf.field);
  if (isAggregate(leaf.fn)) {
    throw new OrgError('MALFORMED_QUERY', `Aggregate ${leaf.fn.rawValue} cannot stand in WHERE. Put it into HAVING.`);
  }
  return functionName(leaf.fn) === 'TOLABEL' ? labelExpression(scope, leaf.fn) : dateFunction(scope, leaf.fn);
}

function leafSql(scope: Scope, leaf: Leaf, resolve: Resolve): string {
  const left = resolve(leaf);
  if ('valueQuery' in leaf) {
    const inside = `${left.sql} IN (${semiJoin(scope, left, leaf.valueQuery)})`;
    if (leaf.operator === 'IN') return `(${inside})`;
    if (leaf.operator === 'NOT IN') return negated(inside);
    throw new OrgError('MALFORMED_QUERY', `operator ${leaf.operator} cannot be used with a subquery.`);
  }
  const binding = { bind: (value: string | bigint) => scope.statement.bind(value), calendar: scope.statement.calendar };
  return comparison(left, leaf.operator, literalsOf(leaf), binding, negated);
}

function literalsOf(leaf: Exclude<Leaf, { valueQuery: unknown }>): Literal[] {
  const values: string[] = Array.isArray(leaf.value) ? leaf.value : [leaf.value];
  return values.map((text, index) => ({
    text,
    type: (Array.isArray(leaf.literalType) ? leaf.literalType[index] : leaf.literalType) ?? 'STRING',
  }));
}

function semiJoin(scope: Scope, left: Expression, query: SemiJoinQuery): string {
  checkSemiJoin(scope.object.name, left, query);
  const inner = new Scope(scope.statement, query.sObject ?? '', query.sObjectAlias);
  const column = fieldExpression(inner, semiJoinField(query));
  checkSemiJoinField(column);
  const visible = visibleRows(scope.statement, inner.object, inner.alias);
  const where = query.where && nestedWhere(inner, query.where);
  const conditions = [`${column.sql} IS NOT NULL`, visible, where].filter((one) => one !== undefined);
  return `SELECT ${column.sql} ${inner.from()} WHERE ${conditions.join(' AND ')}`;
}

/** Conditions inside a semi join, which hold no further one. */
function nestedWhere(inner: Scope, where: WhereClause): string {
  return treeSql(inner, conditionTree(where), (leaf) => {
    if ('valueQuery' in leaf) throw new OrgError('MALFORMED_QUERY', 'Nested semi join sub-selects are not supported');
    return whereExpression(inner, leaf);
  });
}

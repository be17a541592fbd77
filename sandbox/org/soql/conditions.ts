import type { Subquery, WhereClause } from '@jetstreamapp/soql-parser-js';
import { OrgError } from '../orgError.ts';
import { comparison } from './comparison.ts';
import type { Literal } from './comparison.ts';
import { conditionTree } from './conditionTree.ts';
import type { ConditionTree, Leaf } from './conditionTree.ts';
import { dateFunction, fieldExpression, isAggregate } from './expressions.ts';
import type { Expression } from './expressions.ts';
import { refuseUnsupportedClauses, unsupported } from './parse.ts';
import { Scope } from './scope.ts';

type Resolve = (leaf: Leaf) => Expression;

/**
 * SQL of the conditions of a WHERE clause. As in SOQL, a missing value makes a comparison false, and NOT turns it true.
 *
 * @throws {OrgError} for unknown fields, literals of the wrong kind and operators a type does not have.
 */
export function whereSql(scope: Scope, where: WhereClause): string {
  return treeSql(scope, conditionTree(where), (leaf) => whereExpression(scope, leaf));
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
  return dateFunction(scope, leaf.fn);
}

function leafSql(scope: Scope, leaf: Leaf, resolve: Resolve): string {
  const left = resolve(leaf);
  if ('valueQuery' in leaf) {
    const inside = `${left.sql} IN (${semiJoin(scope, left, leaf.valueQuery)})`;
    if (leaf.operator === 'IN') return `(${inside})`;
    if (leaf.operator === 'NOT IN') return negated(inside);
    throw new OrgError('MALFORMED_QUERY', `operator ${leaf.operator} cannot be used with a subquery.`);
  }
  const binding = { bind: (value: string | bigint) => scope.statement.bind(value), now: scope.statement.org.now() };
  return comparison(left, leaf.operator, literalsOf(leaf), binding, negated);
}

function literalsOf(leaf: Exclude<Leaf, { valueQuery: unknown }>): Literal[] {
  const values: string[] = Array.isArray(leaf.value) ? leaf.value : [leaf.value];
  return values.map((text, index) => ({
    text,
    type: (Array.isArray(leaf.literalType) ? leaf.literalType[index] : leaf.literalType) ?? 'STRING',
  }));
}

type SemiJoinQuery = Omit<Subquery, 'relationshipName'> & { sObject?: string };

function semiJoin(scope: Scope, left: Expression, query: SemiJoinQuery): string {
  if (left.shape.type !== 'id' && left.shape.type !== 'reference') {
    throw new OrgError('INVALID_FIELD', `The left operand '${left.name}' of a semi join must be an id or a lookup.`);
  }
  if (query.groupBy || query.having || query.orderBy || query.limit !== undefined || query.offset !== undefined) {
    throw unsupported('GROUP BY, ORDER BY, LIMIT or OFFSET in a semi join');
  }
  refuseUnsupportedClauses(query);
  const selected = query.fields?.length === 1 ? query.fields[0] : undefined;
  if (selected?.type !== 'Field' && selected?.type !== 'FieldRelationship') {
    throw new OrgError('MALFORMED_QUERY', 'A semi join selects exactly one field: an id or a lookup.');
  }
  const inner = new Scope(scope.statement, query.sObject ?? '', query.sObjectAlias);
  const path = selected.type === 'Field' ? selected.field : [...selected.relationships, selected.field].join('.');
  const column = fieldExpression(inner, path);
  if (column.shape.type !== 'id' && column.shape.type !== 'reference') {
    throw new OrgError('INVALID_FIELD', `Cannot use field '${column.name}' in a semi join: it is no id and no lookup.`);
  }
  const conditions = [`${column.sql} IS NOT NULL`, ...(query.where ? [whereSql(inner, query.where)] : [])];
  return `SELECT ${column.sql} ${inner.from()} WHERE ${conditions.join(' AND ')}`;
}

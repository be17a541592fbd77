import type { Subquery } from '@jetstreamapp/soql-parser-js';
import { OrgError } from '../orgError.ts';
import type { ConditionTree } from './conditionTree.ts';
import type { Expression } from './expressions.ts';
import { refuseUnsupportedClauses } from './parse.ts';

/** A query inside an IN or NOT IN. */
export type SemiJoinQuery = Omit<Subquery, 'relationshipName'> & { sObject?: string };

const MOST_SEMI_JOINS = 2;

/**
 * Checks where the semi and anti joins of a WHERE clause stand.
 * Source: SOQL and SOSL Reference, "Comparison Operators", "Limitations" of semi-joins and anti-joins.
 *
 * @throws {OrgError} MALFORMED_QUERY for one below OR or NOT, EXCEEDED_MAX_SEMIJOIN_SUBSELECTS for more than two.
 */
export function checkSemiJoins(tree: ConditionTree): void {
  if (countSemiJoins(tree, true) > MOST_SEMI_JOINS) {
    const message = `Maximum ${MOST_SEMI_JOINS} semi join sub-selects are allowed`;
    throw new OrgError('EXCEEDED_MAX_SEMIJOIN_SUBSELECTS', message);
  }
}

function countSemiJoins(tree: ConditionTree, isAllowed: boolean): number {
  if (tree.kind === 'leaf') {
    if (!('valueQuery' in tree.leaf)) return 0;
    if (isAllowed) return 1;
    throw malformed(
      'Semi join sub-selects are only allowed at the top level WHERE expressions and not in nested WHERE expressions.',
    );
  }
  const operands = tree.kind === 'not' ? [tree.operand] : tree.operands;
  return operands.reduce((sum, operand) => sum + countSemiJoins(operand, isAllowed && tree.kind === 'AND'), 0);
}

/** Checks one semi or anti join: its left side, and what the query inside it asks for. */
export function checkSemiJoin(outerObject: string, left: Expression, query: SemiJoinQuery): void {
  if (!isIdOrReference(left)) {
    throw new OrgError('INVALID_FIELD', `The left operand '${left.name}' of a semi join must be an id or a lookup.`);
  }
  if (query.groupBy || query.having || query.orderBy || query.limit !== undefined || query.offset !== undefined) {
    throw malformed('GROUP BY, ORDER BY, LIMIT and OFFSET are not allowed in semi join sub-selects.');
  }
  if (query.sObject?.toLowerCase() === outerObject.toLowerCase()) {
    throw malformed('The inner and outer selects should not be on the same object type');
  }
  refuseUnsupportedClauses(query);
}

/** The one field that the query inside selects. */
export function semiJoinField(query: SemiJoinQuery): string {
  const selected = query.fields?.length === 1 ? query.fields[0] : undefined;
  if (selected?.type === 'Field') return selected.field;
  if (selected?.type === 'FieldRelationship') throw notAnId([...selected.relationships, selected.field].join('.'));
  throw malformed('A semi join selects exactly one field: an id or a lookup.');
}

/** Checks that the field that the query inside selects is an id. */
export function checkSemiJoinField(column: Expression): void {
  if (!isIdOrReference(column)) throw notAnId(column.name);
}

function notAnId(name: string): OrgError {
  return new OrgError('INVALID_FIELD', `semi join sub-selects can only query id fields, cannot use: '${name}'`);
}

function isIdOrReference({ shape }: Expression): boolean {
  return shape.type === 'id' || shape.type === 'reference';
}

function malformed(message: string): OrgError {
  return new OrgError('MALFORMED_QUERY', message);
}

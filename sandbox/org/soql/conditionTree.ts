import type { Condition, HavingClause, ValueQueryCondition, WhereClause } from '@jetstreamapp/soql-parser-js';
import { OrgError } from '../orgError.ts';

export type Leaf = Exclude<Condition, { openParen: number; field?: never; fn?: never }> | ValueQueryCondition;

export type ConditionTree =
  | { kind: 'leaf'; leaf: Leaf }
  | { kind: 'not'; operand: ConditionTree }
  | { kind: 'AND' | 'OR'; operands: ConditionTree[] };

type Token = '(' | ')' | 'NOT' | 'AND' | 'OR' | Leaf;

/**
 * Turns the parser's flat list of conditions, which only counts parentheses, into a tree.
 *
 * @throws {OrgError} MALFORMED_QUERY when AND and OR stand side by side without parentheses, as in Salesforce.
 */
export function conditionTree(clause: WhereClause | HavingClause): ConditionTree {
  const tokens = [...tokensOf(clause)];
  const tree = expression(tokens);
  if (tokens.length > 0) throw malformed('unbalanced parentheses in the conditions');
  return tree;
}

function* tokensOf(clause: WhereClause | HavingClause): Generator<Token> {
  let rest: WhereClause | HavingClause | undefined = clause;
  while (rest) {
    const left = rest.left as (Leaf & { openParen?: number; closeParen?: number }) | null;
    for (let count = left?.openParen ?? 0; count > 0; count -= 1) yield '(';
    if (left !== null && 'operator' in left) {
      yield left;
      for (let count = left.closeParen ?? 0; count > 0; count -= 1) yield ')';
    }
    if (!('operator' in rest)) {
      // The parser reads on where AND or OR is missing.
      if ('right' in rest) throw malformed('AND or OR is missing between two conditions');
      return;
    }
    yield rest.operator;
    rest = rest.right;
  }
}

function expression(tokens: Token[]): ConditionTree {
  const operands = [operand(tokens)];
  let joiner: 'AND' | 'OR' | undefined;
  while (tokens[0] === 'AND' || tokens[0] === 'OR') {
    const next = tokens.shift() as 'AND' | 'OR';
    if (joiner !== undefined && next !== joiner) {
      throw malformed(`unexpected token: ${next}. Put parentheses around conditions that mix AND and OR`);
    }
    joiner = next;
    operands.push(operand(tokens));
  }
  return joiner === undefined ? (operands[0] as ConditionTree) : { kind: joiner, operands };
}

function operand(tokens: Token[]): ConditionTree {
  const token = tokens.shift();
  if (token === 'NOT') return { kind: 'not', operand: operand(tokens) };
  if (token === '(') {
    const inner = expression(tokens);
    if (tokens.shift() !== ')') throw malformed('a closing parenthesis is missing in the conditions');
    return inner;
  }
  if (token === undefined || typeof token === 'string') throw malformed(`unexpected token: ${token ?? 'end of query'}`);
  return { kind: 'leaf', leaf: token };
}

function malformed(message: string): OrgError {
  return new OrgError('MALFORMED_QUERY', `${message}.`);
}

import type { ObjectModel } from '../model.ts';
import type { Access } from '../uiapi/access.ts';
import type { Ordered } from './orderedArgument.ts';

interface Clause {
  function?: string | null;
  order?: string | null;
  nulls?: string | null;
}

/** One field to sort by, as a path from the queried object. */
export interface OrderTerm {
  path: string;
  clause: Clause;
}

/**
 * The terms of an `orderBy` argument in the order of the request, parents' fields by dotted path. Ascending and empty
 * values first unless said otherwise.
 *
 * Source: GraphQL API Developer Guide, "Order By Schema" (order-schema).
 */
export function orderTerms(access: Access, object: ObjectModel, orderBy: Ordered | undefined, path = ''): OrderTerm[] {
  return Object.entries(orderBy ?? {}).flatMap(([key, value]) => {
    if (value === null || value === undefined) return [];
    const parent = access.parents(object).find(({ name }) => name === key);
    if (parent) return orderTerms(access, parent.object, value as Ordered, `${path}${key}.`);
    return [{ path: `${path}${key}`, clause: value }];
  });
}

/** A sort expression with its direction, in SOQL. */
export function direction(expression: string, { order, nulls }: Clause): string {
  return `${expression} ${order === 'DESC' ? 'DESC' : 'ASC'} NULLS ${nulls === 'LAST' ? 'LAST' : 'FIRST'}`;
}

/** The ORDER BY clause of records; the org itself keeps ties in the order of ids. */
export function recordOrder(terms: OrderTerm[]): string {
  return terms.length === 0 ? '' : ` ORDER BY ${terms.map(({ path, clause }) => direction(path, clause)).join(', ')}`;
}

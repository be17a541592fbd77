import { OrgError } from '../orgError.ts';
import { addSqlFunctions } from './sqlFunctions.ts';
import type { Statement } from './scope.ts';

const prepared = new WeakSet<object>();

/**
 * Runs a compiled statement; whole numbers come as bigint.
 *
 * @throws {OrgError} NUMBER_OUTSIDE_VALID_RANGE when a sum is beyond what the org can hold.
 */
export function readRows(statement: Statement, sql: string): unknown[][] {
  const database = statement.org.sql;
  if (!prepared.has(database)) {
    addSqlFunctions(database);
    prepared.add(database);
  }
  statement.org.settle();
  const select = database.prepare(sql);
  select.setReadBigInts(true);
  select.setReturnArrays(true);
  try {
    return select.all(...statement.values) as unknown as unknown[][];
  } catch (error) {
    if (error instanceof Error && /overflow|too large/i.test(error.message)) {
      throw new OrgError(
        'NUMBER_OUTSIDE_VALID_RANGE',
        `An aggregate is too large: ${error.message}. Group more finely.`,
      );
    }
    throw error;
  }
}

import type { Org, OrgUser } from '../model.ts';
import { countRecords, isAggregateQuery, isPlainCount, readGroups } from './aggregates.ts';
import { parseSoql } from './parse.ts';
import { placed } from './queryError.ts';
import { readByIds, readIds, readRecords } from './records.ts';
import type { QueryContext, QueryRecord } from './records.ts';
import { unknownObject } from './scope.ts';

export type { ChildRecords, QueryRecord } from './records.ts';

/** The API version in records' URLs when the caller names none. */
const DEFAULT_VERSION = '67.0';
/** A query limited to so many records is read at once. */
const MOST_AT_ONCE = 200;

export interface QueryOptions {
  /** Also deleted records, as queryAll. */
  all?: boolean;
  /** The API version for the records' URLs, such as `67.0`. */
  version?: string;
}

export interface QueryResult {
  /** All records that the query found; for `COUNT()` their number, while `records` is empty. */
  totalSize: number;
  /**
   * Field values under their API names: text, booleans, exact numbers (`JSON.rawJSON`), dates `YYYY-MM-DD`, datetimes
   * with `+0000`; a parent is a nested record or null, a child subquery `{totalSize, done, records}` or null.
   */
  records: QueryRecord[];
  /** The object after FROM by its real name. */
  objectName: string;
}

/**
 * Runs a SOQL query as a user: only objects and fields that the user may read exist.
 *
 * @throws {OrgError} MALFORMED_QUERY, INVALID_TYPE, INVALID_FIELD, ... in Salesforce's words; what the local org does
 * not support is refused, never answered with other rows.
 */
export function query(org: Org, user: OrgUser, soql: string, options: QueryOptions = {}): QueryResult {
  try {
    return run(org, user, soql, options);
  } catch (error) {
    throw placed(soql, error);
  }
}

/** A query's result that is read page by page. */
export interface QueryCursor {
  totalSize: number;
  /** Records to read: as many as `totalSize`, but none for `COUNT()`. */
  recordCount: number;
  /** At most `count` records from `start` on, as they are now; those that were deleted meanwhile are missing. */
  page(start: number, count: number): QueryRecord[];
}

/**
 * Runs a SOQL query whose records may be many more than one page: it keeps their ids, and reads a page when it is asked
 * for. Throws as `query` does.
 */
export function openCursor(org: Org, user: OrgUser, soql: string, options: QueryOptions = {}): QueryCursor {
  const { query: parsed, allRows } = parseSoql(soql);
  const isWhole = isPlainCount(parsed) || isAggregateQuery(parsed) || (parsed.limit ?? Infinity) <= MOST_AT_ONCE;
  if (isWhole) {
    const { totalSize, records } = query(org, user, soql, options);
    return { totalSize, recordCount: records.length, page: (start, count) => records.slice(start, start + count) };
  }
  const context = contextOf(org, user, options, allRows);
  try {
    const ids = readIds(context, parsed.sObject, parsed);
    return {
      totalSize: ids.length,
      recordCount: ids.length,
      page: (start, count) => readByIds(context, parsed.sObject, parsed, ids.slice(start, start + count)),
    };
  } catch (error) {
    throw placed(soql, error);
  }
}

function contextOf(org: Org, user: OrgUser, options: QueryOptions, allRows: boolean): QueryContext {
  return { org, user, version: options.version ?? DEFAULT_VERSION, all: options.all === true || allRows };
}

function run(org: Org, user: OrgUser, soql: string, options: QueryOptions): QueryResult {
  const parsed = parseSoql(soql);
  const objectName = org.model.objects.get(parsed.query.sObject.toLowerCase())?.name;
  if (objectName === undefined) throw unknownObject(parsed.query.sObject);
  const context = contextOf(org, user, options, parsed.allRows);
  if (isPlainCount(parsed.query)) {
    return { totalSize: countRecords(context, objectName, parsed.query), records: [], objectName };
  }
  const records = isAggregateQuery(parsed.query)
    ? readGroups(context, objectName, parsed.query)
    : readRecords(context, objectName, parsed.query).records;
  return { totalSize: records.length, records, objectName };
}

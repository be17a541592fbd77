import type { Org, OrgUser } from '../model.ts';
import { countRecords, isAggregateQuery, isPlainCount, readGroups } from './aggregates.ts';
import { parseSoql } from './parse.ts';
import { placed } from './queryError.ts';
import { readRecords } from './records.ts';
import type { QueryContext, QueryRecord } from './records.ts';
import { unknownObject } from './scope.ts';

export type { ChildRecords, QueryRecord } from './records.ts';

/** The API version in records' URLs when the caller names none. */
const DEFAULT_VERSION = '67.0';

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

function run(org: Org, user: OrgUser, soql: string, options: QueryOptions): QueryResult {
  const parsed = parseSoql(soql);
  const objectName = org.model.objects.get(parsed.query.sObject.toLowerCase())?.name;
  if (objectName === undefined) throw unknownObject(parsed.query.sObject);
  const context: QueryContext = {
    org,
    user,
    version: options.version ?? DEFAULT_VERSION,
    all: options.all === true || parsed.allRows,
  };
  if (isPlainCount(parsed.query)) {
    return { totalSize: countRecords(context, objectName, parsed.query), records: [], objectName };
  }
  const records = isAggregateQuery(parsed.query)
    ? readGroups(context, objectName, parsed.query)
    : readRecords(context, objectName, parsed.query).records;
  return { totalSize: records.length, records, objectName };
}

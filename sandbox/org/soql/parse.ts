import { parseQuery } from '@jetstreamapp/soql-parser-js';
import type { Query, QueryBase } from '@jetstreamapp/soql-parser-js';
import { OrgError } from '../orgError.ts';
import { syntaxError } from './syntaxError.ts';

/** Salesforce's longest statement, in characters. */
const LONGEST_STATEMENT = 100_000;

export interface ParsedSoql {
  query: Query & { sObject: string };
  /** `ALL ROWS` stood at the end. */
  allRows: boolean;
}

/** An error for what Salesforce knows and this org does not: a clear refusal instead of wrong data. */
export function unsupported(what: string): OrgError {
  return new OrgError('MALFORMED_QUERY', `The local org does not support ${what}. Write the query without it.`);
}

/**
 * Parses one SOQL statement.
 *
 * @throws {OrgError} MALFORMED_QUERY for a syntax error or for a clause that the local org does not support.
 */
export function parseSoql(text: string): ParsedSoql {
  if (text.length > LONGEST_STATEMENT) {
    throw new OrgError('MALFORMED_QUERY', `SOQL statements cannot be longer than ${LONGEST_STATEMENT} characters.`);
  }
  const allRowsAt = /\sALL\s+ROWS\s*$/i.exec(text)?.index;
  const query = parse(allRowsAt === undefined ? text : text.slice(0, allRowsAt));
  if (!query.sObject) throw new OrgError('MALFORMED_QUERY', 'The query names no object after FROM.');
  refuseUnsupportedClauses(query);
  return { query: { ...query, sObject: query.sObject }, allRows: allRowsAt !== undefined };
}

function parse(text: string): Query {
  try {
    return parseQuery(text);
  } catch (error) {
    const limited = withLimitBeforeOffset(text);
    if (limited !== text && refusal(limited) === undefined) return parseQuery(limited);
    throw syntaxError(text, reasonOf(error), refusal);
  }
}

/** More records than any org holds. */
const NO_LIMIT = 2_147_483_647;

/** Behind a condition the parser takes OFFSET for a field where no LIMIT stands between them. */
function withLimitBeforeOffset(text: string): string {
  const offsets = /('(?:[^'\\]|\\.)*')|(\bLIMIT\s+\d+\s+)?\bOFFSET\b(?=\s+\d)/gis;
  return text.replace(offsets, (match, quoted?: string, limit?: string) =>
    quoted !== undefined || limit !== undefined ? match : `LIMIT ${NO_LIMIT} ${match}`,
  );
}

/** Why the parser does not take a text; undefined when it does. */
function refusal(text: string): string | undefined {
  try {
    parseQuery(text);
    return undefined;
  } catch (error) {
    return reasonOf(error);
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Whether a query asks for the user's own records only. */
export function isMine(query: QueryBase): boolean {
  return query.usingScope?.toLowerCase() === 'mine';
}

/**
 * Refuses clauses that change which rows come back and that the local org cannot honour. FOR UPDATE, FOR VIEW,
 * WITH SECURITY_ENFORCED and WITH USER_MODE change nothing here: access is always the user's own.
 */
export function refuseUnsupportedClauses(query: QueryBase): void {
  if (query.usingScope !== undefined && !isMine(query) && query.usingScope.toLowerCase() !== 'everything') {
    throw unsupported(`USING SCOPE ${query.usingScope}`);
  }
  if (query.withDataCategory !== undefined) throw unsupported('WITH DATA CATEGORY');
  if (query.withAccessLevel === 'SYSTEM_MODE') throw unsupported('WITH SYSTEM_MODE');
  if (query.update !== undefined) throw unsupported(`UPDATE ${query.update}`);
}

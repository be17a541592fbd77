import { OrgError } from '../orgError.ts';

/** Characters of the query that an error shows before and after the place. */
const BEFORE = 40;
const AFTER = 25;

/** An error about one word of the query, such as a field path; `query` answers it with the word's place. */
export class QueryError extends OrgError {
  readonly word: string;

  constructor(errorCode: string, message: string, word: string) {
    super(errorCode, message);
    this.name = 'QueryError';
    this.word = word;
  }
}

/** The error with the place of its word in the query; other errors stay as they are. */
export function placed(soql: string, error: unknown): unknown {
  if (!(error instanceof QueryError)) return error;
  const at = placeOf(soql, error.word);
  return at === undefined ? error : new OrgError(error.errorCode, withPlace(soql, at, error.message));
}

/** Where a word stands in a query, strings left out; undefined when it does not. */
function placeOf(soql: string, word: string): number | undefined {
  const withoutStrings = soql.replaceAll(/'(?:[^'\\]|\\.)*'/gs, (text) => `'${' '.repeat(text.length - 2)}'`);
  const pattern = new RegExp(`(?<![\\w.])${word.replaceAll(/\W/g, '\\$&')}(?![\\w.])`, 'i');
  return pattern.exec(withoutStrings)?.index;
}

/**
 * A message as Salesforce's query errors have it: a piece of the query, a caret below the place, `ERROR at
 * Row:1:Column:8`, then what is wrong. How much of the query is shown is not documented.
 *
 * @param at offset in the query
 */
export function withPlace(soql: string, at: number, message: string): string {
  const before = soql.slice(0, at);
  const row = before.split('\n').length;
  const lineStart = before.lastIndexOf('\n') + 1;
  const column = at - lineStart;
  const lineEnd = soql.indexOf('\n', at);
  const from = Math.max(lineStart, at - BEFORE);
  const piece = soql.slice(from, Math.min(lineEnd === -1 ? soql.length : lineEnd, at + AFTER));
  return `\n${piece}\n${' '.repeat(at - from)}^\nERROR at Row:${row}:Column:${column + 1}\n${message}`;
}

import { OrgError } from '../orgError.ts';

/** Characters of the query that an error shows before and after the place. */
const BEFORE = 45;
const AFTER = 45;

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
  const [line = ''] = soql.slice(lineStart).split('\n', 1);
  const from = Math.max(0, column - BEFORE);
  const to = Math.min(line.length, column + AFTER);
  // Words that the piece would cut are left out.
  const start = from === 0 ? 0 : Math.min(column, from + line.slice(from).search(/(?<=\s)\S/));
  const end = to === line.length ? to : Math.max(column, to - /\S*$/.exec(line.slice(0, to))![0].length);
  const piece = line.slice(start, end).trimEnd();
  return `\n${piece}\n${' '.repeat(column - start)}^\nERROR at Row:${row}:Column:${column + 1}\n${message}`;
}

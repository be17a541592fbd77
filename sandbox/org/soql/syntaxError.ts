import { OrgError } from '../orgError.ts';
import { withPlace } from './queryError.ts';

/** What the parser says it found: the token, empty at the end of the query. */
function foundToken(reason: string): string | undefined {
  return /but found(?: -->|:) '(.*?)'(?: <--|$)|expecting EOF but found: (.*)$/s
    .exec(reason)
    ?.slice(1)
    .find((token) => token !== undefined);
}

/**
 * The error for a query that the parser refuses: MALFORMED_QUERY, `unexpected token: 'FROM'` and its place.
 *
 * @param reasonOf what the parser says of a text; undefined when it takes it
 */
export function syntaxError(soql: string, reason: string, reasonOf: (text: string) => string | undefined): OrgError {
  const lexed = /unexpected character: ->(.)<- at offset: (\d+)/s.exec(reason);
  if (lexed) {
    const message =
      lexed[1] === "'"
        ? 'unexpected token: a quoted text that does not end'
        : `line 1:${lexed[2]} no viable alternative at character '${lexed[1]}'`;
    return new OrgError('MALFORMED_QUERY', withPlace(soql, Number(lexed[2]), message));
  }
  const token = foundToken(reason);
  if (token === undefined) return new OrgError('MALFORMED_QUERY', reason.replaceAll(/\s+/g, ' ').slice(0, 300));
  if (token === '')
    return new OrgError('MALFORMED_QUERY', withPlace(soql, soql.trimEnd().length, "unexpected token: '<EOF>'"));
  const at = placeOfToken(soql, token, reasonOf);
  return new OrgError('MALFORMED_QUERY', withPlace(soql, at, `unexpected token: '${token}'`));
}

/** The parser keeps the place to itself: it is the first occurrence up to which the query fails in the same way. */
function placeOfToken(soql: string, token: string, reasonOf: (text: string) => string | undefined): number {
  let at = soql.indexOf(token);
  for (let next = at; next !== -1; next = soql.indexOf(token, next + 1)) {
    at = next;
    if (foundToken(reasonOf(soql.slice(0, next + token.length)) ?? '') === token) break;
  }
  return Math.max(0, at);
}

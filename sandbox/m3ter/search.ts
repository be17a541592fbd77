import { ApiError } from './apiError.ts';
import { listOf, text } from './query.ts';
import type { DocumentTable, Filter, Page } from './table.ts';

/** The query of a search call. */
export interface SearchQuery {
  searchQuery?: string;
  fromDocument?: number;
  pageSize?: number;
  operator?: 'AND' | 'OR';
  sortBy?: string;
  sortOrder?: 'ASC' | 'DESC';
}

const DEFAULT_PAGE_SIZE = 10;
const COMPARATORS: Record<string, string> = { '>': '>', '>=': '>=', '<': '<', '<=': '<=' };
const TERM = /^(\w+)(>=|<=|>|<|:|~)(.*)$/;

/** The JSON Schema of a search call's query. */
export const searchSchema = {
  type: 'object',
  properties: {
    searchQuery: text,
    fromDocument: { type: 'integer', minimum: 0 },
    pageSize: { type: 'integer', minimum: 1, maximum: 100 },
    operator: { type: 'string', enum: ['AND', 'OR'] },
    sortBy: { type: 'string', pattern: '^\\w+$' },
    sortOrder: { type: 'string', enum: ['ASC', 'DESC'] },
  },
};

/**
 * Runs a search over documents. Terms are joined by `$` and compare by `>`, `>=`, `:` (equal), `<`, `<=` and `~` (a
 * phrase at the start of a word); without an order the newest come first. The token of a page is the document that the
 * next one begins from.
 *
 * Source: m3ter's OpenAPI document, Search Bills and Search Accounts.
 *
 * @param parameters the fields that terms may name; a plural such as `ids` takes a list, which commas join
 * @throws {ApiError} 400 for a term or a parameter that the call does not have
 */
export function search(table: DocumentTable, parameters: string[], query: SearchQuery, columns = 'document'): Page {
  const terms = (query.searchQuery ?? '').split('$').filter((term) => term.trim() !== '');
  const conditions = terms.map((term) => conditionOf(term.trim(), parameters));
  const filters = conditions.length === 0 ? [] : [joined(conditions, query.operator ?? 'AND')];
  const { pageSize = DEFAULT_PAGE_SIZE, fromDocument = 0 } = query;
  const order = `ORDER BY ${orderOf(query)} LIMIT ${pageSize + 1} OFFSET ${fromDocument}`;
  const rows = table.select(filters, order, columns);
  if (rows.length <= pageSize) return { rows };
  return { rows: rows.slice(0, pageSize), nextToken: String(fromDocument + pageSize) };
}

function conditionOf(term: string, parameters: string[]): Filter {
  const [, name = '', comparator = '', value = ''] = TERM.exec(term) ?? [];
  if (name === '') throw new ApiError(400, `"${term}" is no search term. Write a parameter, a comparator and a value.`);
  if (!parameters.includes(name)) {
    throw new ApiError(400, `"${name}" cannot be searched by. Use one of ${parameters.join(', ')}.`);
  }
  if (name === 'ids' || name === 'codes') {
    const list = JSON.stringify(listOf(value) ?? []);
    return { sql: `${fieldOf(name.slice(0, -1))} IN (SELECT value FROM json_each(?))`, params: [list] };
  }
  const field = fieldOf(name);
  if (comparator === '~') {
    const phrase = value.replaceAll(/[\\%_]/g, '\\$&');
    return { sql: `(' ' || ${field}) LIKE ? ESCAPE '\\'`, params: [`% ${phrase}%`] };
  }
  if (value === 'true' || value === 'false') return { sql: `${field} = ?`, params: [value === 'true' ? 1 : 0] };
  return { sql: `${field} ${COMPARATORS[comparator] ?? '='} ?`, params: [value] };
}

const joined = (conditions: Filter[], operator: 'AND' | 'OR'): Filter => ({
  sql: conditions.map(({ sql }) => `(${sql})`).join(` ${operator} `),
  params: conditions.flatMap(({ params }) => params),
});

/** The total of a Bill has a column of its own, and is compared as a number. */
const orderOf = ({ sortBy, sortOrder }: SearchQuery): string => {
  if (sortBy === undefined) return `seq ${sortOrder ?? 'DESC'}`;
  const field = sortBy === 'billTotal' ? 'CAST(total AS REAL)' : fieldOf(sortBy);
  return `${field} ${sortOrder ?? 'ASC'}, seq DESC`;
};

/** Names are letters and digits only: the pattern of a term, and the schema of `sortBy`, let nothing else through. */
const fieldOf = (name: string): string => (name === 'id' ? 'id' : `json_extract(document, '$.${name}')`);

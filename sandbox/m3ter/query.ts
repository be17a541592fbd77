import type { preValidationHookHandler } from 'fastify';
import { ApiError } from './apiError.ts';
import type { Filter, Page } from './table.ts';

/**
 * Reads a query string as m3ter's clients write it: lists are joined by commas (a repeated key joins too), and an
 * empty value counts as absent.
 */
export function readQuery(text: string): Record<string, string> {
  const values: Record<string, string> = {};
  for (const [key, value] of new URLSearchParams(text)) {
    if (value === '') continue;
    values[key] = values[key] === undefined ? value : `${values[key]},${value}`;
  }
  return values;
}

/** The items of a comma-joined list. */
export const listOf = (value: string | undefined): string[] | undefined =>
  value
    ?.split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');

/** A hook: a call without a body is one that names nothing. */
export const emptyBodyAsObject: preValidationHookHandler = (request, _reply, done) => {
  if (request.method === 'POST') request.body ??= {};
  done();
};

export interface Paging {
  pageSize?: number;
  nextToken?: string;
}

export const text = { type: 'string' } as const;
export const flag = { type: 'boolean' } as const;
export const date = { type: 'string', format: 'date' } as const;

/** Page size where a caller names none; m3ter documents only the largest. */
const DEFAULT_PAGE_SIZE = 100;

export const pageSizeOf = ({ pageSize = DEFAULT_PAGE_SIZE }: Paging): number => pageSize;

/** The JSON Schema of a list call's query. */
export const listQuery = (properties: Record<string, object>, largestPage = 100) => ({
  type: 'object',
  properties: { pageSize: { type: 'integer', minimum: 1, maximum: largestPage }, nextToken: text, ...properties },
});

/** The JSON text of a page, from the JSON texts of its entities. */
export function pageText(entities: string[], nextToken: string | undefined): string {
  const next = nextToken === undefined ? '' : `,"nextToken":${JSON.stringify(nextToken)}`;
  return `{"data":[${entities.join(',')}]${next}}`;
}

/** The JSON text of a page of documents. */
export const documentsText = ({ rows, nextToken }: Page): string =>
  pageText(
    rows.map((row) => String(row['document'])),
    nextToken,
  );

/** @throws {ApiError} 400 when `ids` comes with other filters */
export function requireAlone(ids: string[] | undefined, others: Filter[]): void {
  if (ids && others.length > 0) throw new ApiError(400, 'ids excludes every other filter. Leave out one or the other.');
}

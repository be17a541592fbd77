import type { SalesforceCalls } from './connection.ts';
import { API_ROOT } from './connection.ts';
import { SalesforceError } from './errors.ts';

export type QueryRow = Readonly<Record<string, unknown>>;

/** Keeps a query's URL below Salesforce's 16 kB with ids of 36 characters. */
export const IDS_PER_QUERY = 300;

/** A text as a SOQL literal. */
export function quote(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'").replaceAll('\n', '\\n').replaceAll('\r', '\\r')}'`;
}

export function quoteList(texts: Iterable<string>): string {
  return [...texts].map(quote).join(',');
}

/** The path of a query below the API version. */
export function queryPath(soql: string): string {
  return `/query?q=${encodeURIComponent(soql)}`;
}

interface QueryAnswer {
  readonly records: readonly QueryRow[];
  readonly next: string | undefined;
}

/** Reads the body of a query's answer. Throws SalesforceError when it is none. */
export function readAnswer(body: unknown): QueryAnswer {
  const { records, nextRecordsUrl } = (body ?? {}) as { records?: unknown; nextRecordsUrl?: unknown };
  if (!Array.isArray(records)) {
    throw new SalesforceError('BAD_ANSWER', 'Salesforce answered a query without records. Try again.', 'badData');
  }
  return { records: records as QueryRow[], next: typeof nextRecordsUrl === 'string' ? nextRecordsUrl : undefined };
}

/** All rows of a query, a call for each page of 2,000. */
export async function queryAll(connection: SalesforceCalls, soql: string): Promise<QueryRow[]> {
  const rows: QueryRow[] = [];
  let next: string | undefined = API_ROOT + queryPath(soql);
  while (next !== undefined) {
    const answer: QueryAnswer = readAnswer(await connection.request('GET', next));
    rows.push(...answer.records);
    next = answer.next;
  }
  return rows;
}

/** A text of a row, null when it is empty or no text. */
export function textOf(row: QueryRow, field: string): string | null {
  const value = row[field];
  return typeof value === 'string' && value !== '' ? value : null;
}

import type { SalesforceCalls } from './connection.ts';
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

export interface QueryAnswer {
  readonly records: readonly QueryRow[];
  readonly next: string | undefined;
}

/** Reads the body of a query's answer. Throws SalesforceError when it is none. */
export function readAnswer(body: unknown): QueryAnswer {
  const { records, nextRecordsUrl } = (body ?? {}) as { records?: unknown; nextRecordsUrl?: unknown };
  if (!Array.isArray(records)) {
    throw new SalesforceError('BAD_ANSWER', 'Salesforce answered a query without records. Try again.', 'transient');
  }
  return { records: records as QueryRow[], next: typeof nextRecordsUrl === 'string' ? nextRecordsUrl : undefined };
}

/** All rows of a query, a call for each page of 2,000. */
export async function queryAll(connection: SalesforceCalls, soql: string): Promise<QueryRow[]> {
  return (await restOf(connection, readAnswer(await connection.request('GET', queryPath(soql))))).rows;
}

/** The rows of a first answer and of the pages behind it, `mostPages` in all; `isCut` when there are more. */
export async function restOf(
  connection: SalesforceCalls,
  first: QueryAnswer,
  mostPages = Infinity,
): Promise<{ rows: QueryRow[]; isCut: boolean }> {
  const rows = [...first.records];
  let { next } = first;
  for (let pages = 1; next !== undefined && pages < mostPages; pages += 1) {
    const answer: QueryAnswer = readAnswer(await connection.request('GET', next));
    for (const row of answer.records) rows.push(row);
    next = answer.next;
  }
  return { rows, isCut: next !== undefined };
}

/** A text of a row, null when it is empty or no text. */
export function textOf(row: QueryRow, field: string): string | null {
  const value = row[field];
  return typeof value === 'string' && value !== '' ? value : null;
}

/** A number of a row, null when the field is empty. */
export function numberOf(row: QueryRow, field: string): number | null {
  const value = row[field];
  return typeof value === 'number' ? value : null;
}

/** An instant of a row, null when the field is empty. */
export function instantOf(row: QueryRow, field: string): Date | null {
  const time = Date.parse(textOf(row, field) ?? '');
  return Number.isNaN(time) ? null : new Date(time);
}

/** The parent of a row by its relationship, such as `Bill__r`; without fields when there is none. */
export function parentOf(row: QueryRow, relationship: string): QueryRow {
  const parent = row[relationship];
  return typeof parent === 'object' && parent !== null ? (parent as QueryRow) : {};
}

const RECORD_ID = /^[A-Za-z0-9]{15}(?:[A-Za-z0-9]{3})?$/;

/** Whether a text can be a record id: a query with one that cannot is refused. */
export function isRecordId(text: string): boolean {
  return RECORD_ID.test(text);
}

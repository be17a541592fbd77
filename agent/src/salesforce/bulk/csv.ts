import { parse } from 'csv-parse/sync';
import type { FieldValue } from '../../rules/fieldValue.ts';
import type { SalesforceRecord } from '../../rules/records.ts';

/** Empties a field; an empty cell leaves it as it is (Bulk API 2.0 Developer Guide, "Prepare CSV Files"). */
const NOTHING = '#N/A';
const NEEDS_QUOTES = /[",\r\n]|^\s|\s$/;

/**
 * Records as the data of bulk jobs, each with as many rows as fit. A reference to a parent by its external id becomes a
 * column of its own, such as `Bill__r.M3ter_Bill_Id__c`. A field that a record does not have has an empty cell.
 *
 * @param mostBytes of the data of one job; a single row may have more
 */
export function* toCsv(records: readonly SalesforceRecord[], mostBytes: number): Generator<string, void> {
  const columns = columnsOf(records);
  const begin = `${[...columns.values()].join(',')}\n`;
  let rows: string[] = [];
  let bytes = begin.length;
  for (const record of records) {
    const row = `${[...columns.keys()].map((field) => cell(record[field])).join(',')}\n`;
    const size = Buffer.byteLength(row);
    if (rows.length > 0 && bytes + size > mostBytes) {
      yield begin + rows.join('');
      rows = [];
      bytes = begin.length;
    }
    rows.push(row);
    bytes += size;
  }
  if (rows.length > 0) yield begin + rows.join('');
}

/** False for a record with a text that a row cannot hold, as it would empty the field. */
export function canBeRow(record: SalesforceRecord): boolean {
  return !Object.values(record).includes(NOTHING);
}

/** The names of columns by field: every field that one of the records has. */
function columnsOf(records: readonly SalesforceRecord[]): Map<string, string> {
  const columns = new Map<string, string>();
  for (const record of records) {
    for (const [field, value] of Object.entries(record)) {
      if (columns.has(field)) continue;
      const [key] = isReference(value) ? Object.keys(value) : [];
      columns.set(field, key === undefined ? field : `${field}.${key}`);
    }
  }
  return columns;
}

function cell(value: SalesforceRecord[string] | undefined): string {
  if (value === undefined) return '';
  if (value === null) return NOTHING;
  if (isReference(value)) return cell(Object.values(value)[0] ?? null);
  const text = typeof value === 'object' ? value.toFixed() : String(value);
  return NEEDS_QUOTES.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function isReference(value: SalesforceRecord[string]): value is Readonly<Record<string, string>> {
  return typeof value === 'object' && value !== null && !isDecimal(value);
}

function isDecimal(value: object): value is Extract<FieldValue, object> {
  return 'toFixed' in value;
}

/** The rows of a job's results, by the names of their columns. */
export function readCsv(text: string): Record<string, string>[] {
  return parse(text, { columns: true, skip_empty_lines: true });
}

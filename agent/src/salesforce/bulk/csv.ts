import { parse } from 'csv-parse/sync';
import type { FieldValue } from '../../rules/fieldValue.ts';
import type { SalesforceRecord } from '../../rules/records.ts';

/** Empties a field; an empty cell leaves it as it is (Bulk API 2.0 Developer Guide, "Prepare CSV Files"). */
const NOTHING = '#N/A';
const NEEDS_QUOTES = /[",\r\n]|^\s|\s$/;

/**
 * Records as the data of bulk jobs, each with as many rows as fit. A reference to a parent by its external id becomes a
 * column of its own, such as `Bill__r.M3ter_Bill_Id__c`.
 *
 * @param records all with the same fields, in the same order
 * @param mostBytes of the data of one job; a single row may have more
 */
export function* toCsv(records: readonly SalesforceRecord[], mostBytes: number): Generator<string, void> {
  const [first = {}] = records;
  const header = Object.entries(first).map(([name, value]) => {
    const [field] = isReference(value) ? Object.keys(value) : [];
    return field === undefined ? name : `${name}.${field}`;
  });
  const begin = `${header.join(',')}\n`;
  let rows: string[] = [];
  let bytes = begin.length;
  for (const record of records) {
    const row = `${Object.values(record).map(cell).join(',')}\n`;
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

function cell(value: SalesforceRecord[string]): string {
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

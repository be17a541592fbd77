import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import { OrgError } from '../orgError.ts';

/** https://developer.salesforce.com/docs/platform/api-asynch/guide/datafiles-prepare-csv.html */
const DELIMITERS = { BACKQUOTE: '`', CARET: '^', COMMA: ',', PIPE: '|', SEMICOLON: ';', TAB: '\t' } as const;
const LINE_ENDINGS = { LF: '\n', CRLF: '\r\n' } as const;

/** How a job's data is written. */
export interface CsvFormat {
  columnDelimiter: keyof typeof DELIMITERS;
  lineEnding: keyof typeof LINE_ENDINGS;
}

/** A file's first row and its other rows, each with as many cells. */
export interface CsvTable {
  header: string[];
  rows: string[][];
}

/** Data that is not what the job said it would be. */
export class CsvError extends Error {}

/**
 * The format that a job asks for: commas and line feeds unless it says otherwise.
 *
 * @throws {OrgError} INVALIDJOB for a delimiter or line ending that Bulk API 2.0 does not know.
 */
export function csvFormat(body: Record<string, unknown>): CsvFormat {
  const { columnDelimiter = 'COMMA', lineEnding = 'LF', contentType = 'CSV' } = body;
  if (contentType !== 'CSV') throw new OrgError('INVALIDJOB', 'InvalidJob : The only contentType is CSV.');
  return {
    columnDelimiter: oneOf(DELIMITERS, columnDelimiter, 'columnDelimiter'),
    lineEnding: oneOf(LINE_ENDINGS, lineEnding, 'lineEnding'),
  };
}

function oneOf<T extends object>(known: T, value: unknown, name: string): keyof T {
  if (typeof value === 'string' && Object.hasOwn(known, value)) return value as keyof T;
  const choice = Object.keys(known).join(', ');
  throw new OrgError('INVALIDJOB', `InvalidJob : ${String(value)} is no ${name}. Use one of ${choice}.`);
}

/**
 * Reads uploaded data. Empty data gives an empty header.
 *
 * @throws {CsvError} when its lines do not end as the job said, or a row has more or fewer cells than the first.
 */
export function readCsv(text: string, format: CsvFormat): CsvTable {
  const firstLine = /^[^\n]*\n?/.exec(text)?.[0] ?? '';
  const endsOtherwise = format.lineEnding === 'LF' ? firstLine.endsWith('\r\n') : /(?<!\r)\n$/.test(firstLine);
  if (endsOtherwise) {
    throw new CsvError(
      `ClientInputError : LineEnding is invalid on user data. Current LineEnding setting is ${format.lineEnding}`,
    );
  }
  try {
    const [header = [], ...rows] = parse(text, {
      bom: true,
      delimiter: DELIMITERS[format.columnDelimiter],
      record_delimiter: LINE_ENDINGS[format.lineEnding],
      skip_empty_lines: true,
    });
    return { header: header.map((name) => name.trim()), rows };
  } catch (error) {
    throw new CsvError(`InvalidBatch : ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** Results are quoted cell by cell: a client that looks for the delimiter in the data then finds none outside quotes. */
export function writeCsv({ header, rows }: CsvTable, format: CsvFormat): string {
  return stringify([header, ...rows], {
    delimiter: DELIMITERS[format.columnDelimiter],
    record_delimiter: LINE_ENDINGS[format.lineEnding],
    quoted: true,
    quoted_empty: true,
  });
}

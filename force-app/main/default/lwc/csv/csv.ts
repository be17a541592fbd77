/** A cell: text, or a number as plain decimal text such as `-12.5`. */
export type CsvCell = string | { readonly number: string };

/** Lets spreadsheets know that the text is UTF-8. */
const BYTE_ORDER_MARK = '\uFEFF';
/** A text that begins with one of these would be run as a formula by spreadsheets (OWASP, CSV Injection). */
const FORMULA = /^[=+\-@\t\r]/;

/** The text of a file: a row a line, every cell in quotes, numbers with a point whatever the person's locale. */
export function toCsv(header: readonly string[], rows: ReadonlyArray<readonly CsvCell[]>): string {
  const lines = [header, ...rows].map((cells) => cells.map(quoted).join(','));
  return `${BYTE_ORDER_MARK}${lines.join('\r\n')}\r\n`;
}

function quoted(cell: CsvCell): string {
  if (typeof cell !== 'string') return `"${cell.number}"`;
  const text = FORMULA.test(cell) ? `'${cell}` : cell;
  return `"${text.replaceAll('"', '""')}"`;
}

/** Has the browser save a text as a file. */
export function downloadCsv(fileName: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/csv;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = fileName;
  link.click();
  URL.revokeObjectURL(url);
}

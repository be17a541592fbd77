import type { BillRecords, PlainRecord } from '../data/records.ts';

const cell = (value: unknown): string => {
  if (value === null || value === undefined) return '';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

function table(records: readonly PlainRecord[]): string {
  const columns = Object.keys(records[0] ?? {});
  const rows = records.map((record) => columns.map((column) => cell(record[column])).join(','));
  return [columns.join(','), ...rows, ''].join('\n');
}

/** The two files of a bulk load: Bills, and Line Items that name their Bill by its external id. */
export function csvOf(bills: readonly BillRecords[]): { bills: string; lines: string } {
  const lines = bills.flatMap((bill) =>
    bill.lines.map(({ Bill__r, ...line }) => ({
      ...line,
      'Bill__r.M3ter_Bill_Id__c': (Bill__r as PlainRecord)['M3ter_Bill_Id__c'],
    })),
  );
  return { bills: table(bills.map(({ header }) => header)), lines: table(lines) };
}

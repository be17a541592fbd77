import { billState, notices, statusWords } from 'c/billStatus';
import { toCsv } from 'c/csv';
import type { CsvCell } from 'c/csv';
import { lastDay } from 'c/dates';
import { parseDecimal, toText } from 'c/decimal';
import { accountName } from './billRows';
import type { BillNode } from './billRows';
import { LABELS } from './labels';

/** Bills as a CSV file: what the table shows, totals with all their digits and dates as `YYYY-MM-DD`. */
export function billsCsv(bills: readonly BillNode[]): string {
  const { bill, account, periodStart, periodEnd, status, due, currency, total, attention } = LABELS.csv;
  const rows = bills.map((node): CsvCell[] => {
    const state = billState(node);
    const amount = parseDecimal(node.total.value);
    return [
      node.Name.value ?? '',
      accountName(node),
      node.periodStart.value ?? '',
      node.periodEnd.value ? lastDay(node.periodEnd.value) : '',
      statusWords(state).text,
      node.dueDate.value ?? '',
      node.currency.value ?? '',
      amount ? { number: toText(amount) } : '',
      notices(state)
        .map(({ word }) => word)
        .join(' · '),
    ];
  });
  return toCsv([bill, account, periodStart, periodEnd, status, due, currency, total, attention], rows);
}

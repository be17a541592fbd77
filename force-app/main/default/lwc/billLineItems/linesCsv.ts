import { toCsv } from 'c/csv';
import type { CsvCell } from 'c/csv';
import { toText } from 'c/decimal';
import type { Decimal } from 'c/decimal';
import { format } from 'c/format';
import type { LineItem } from 'c/lineItems';
import { LABELS } from './labels';

const number = (value: Decimal | undefined): CsvCell => (value ? { number: toText(value) } : '');

/** Line Items as a CSV file: everything that the table shows, amounts with all their digits. */
export function linesCsv(lines: readonly LineItem[], currency: string): string {
  const { position, description, product, type, quantity, unit, unitPrice, pricingCurrency, amount } = LABELS.columns;
  const header = [position, description, product, type, quantity, unit, unitPrice, pricingCurrency];
  const rows = lines.map((line): CsvCell[] => [
    { number: String(line.position) },
    line.description,
    line.product,
    line.type,
    number(line.quantity),
    line.unit,
    number(line.unitPrice),
    line.pricingCurrency,
    number(line.amount),
  ]);
  return toCsv([...header, format(amount, currency)], rows);
}

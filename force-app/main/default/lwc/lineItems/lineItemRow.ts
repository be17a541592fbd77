import { isNegative } from 'c/decimal';
import { format } from 'c/format';
import { formatAmount, formatNumber } from 'c/money';
import type { LineItem } from './lineItem';
import { LABELS } from './labels';

/** One row of a table of Line Items; everything in it is text to show. */
export interface LineItemRow {
  id: string;
  position: string;
  description: string;
  product: string;
  type: string;
  quantity: string;
  unitPrice: string;
  amount: string;
}

/**
 * Turns a Line Item into a row; a credit is named as one, because a minus is easily overlooked, and a missing description
 * as missing, because it is the heading of the row.
 */
export function lineItemRow(line: LineItem, billCurrency: string): LineItemRow {
  const amount = formatAmount(line.amount, billCurrency);
  const credit = line.amount !== undefined && isNegative(line.amount);
  return {
    id: line.id,
    position: String(line.position),
    description: line.description || LABELS.noDescription,
    product: line.product,
    type: line.type,
    quantity: quantityText(line),
    unitPrice: unitPriceText(line, billCurrency),
    amount: credit ? format(LABELS.credit, amount) : amount,
  };
}

function quantityText(line: LineItem): string {
  if (!line.quantity) return '';
  const quantity = formatNumber(line.quantity);
  return line.unit ? format(LABELS.quantityOf, quantity, line.unit) : quantity;
}

function unitPriceText(line: LineItem, billCurrency: string): string {
  if (!line.unitPrice) return '';
  const price = formatNumber(line.unitPrice);
  return line.pricingCurrency === billCurrency ? price : format(LABELS.unitPriceIn, price, line.pricingCurrency);
}

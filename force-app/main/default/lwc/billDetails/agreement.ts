import { roundsToZero, subtract } from 'c/decimal';
import type { Decimal } from 'c/decimal';
import { format } from 'c/format';
import { currencyDigits, formatCount, formatMoney } from 'c/money';
import { LABELS } from './labels';

/** What the totals of a Bill are compared by. */
export interface BillTotals {
  /** m3ter's total of the whole Bill. */
  total: Decimal | undefined;
  /** The sum of the Line Items that were sent. */
  sentTotal: Decimal | undefined;
  currency: string;
  /** Line Items that were left out because of their type. */
  excludedCount: number;
  complete: boolean;
  writtenLines: number;
  expectedLines: number;
}

/** Whether the sent lines add up to the Bill, and a sentence that says so or says why not. */
export interface Agreement {
  agrees: boolean;
  text: string;
}

/** Compares the totals to the currency's digits; undefined when one of them is not known. */
export function agreementOf(bill: BillTotals): Agreement | undefined {
  if (!bill.total || !bill.sentTotal) return undefined;
  const difference = subtract(bill.total, bill.sentTotal);
  const count = formatCount(bill.excludedCount);
  if (roundsToZero(difference, currencyDigits(bill.currency))) {
    const text = bill.excludedCount > 0 ? format(LABELS.agreeExcluded, count) : LABELS.agree;
    return { agrees: true, text };
  }
  return { agrees: false, text: reason(bill, formatMoney(difference, bill.currency), count) };
}

function reason(bill: BillTotals, difference: string, excluded: string): string {
  if (!bill.complete) {
    return format(LABELS.differWriting, formatCount(bill.writtenLines), formatCount(bill.expectedLines));
  }
  return bill.excludedCount > 0
    ? format(LABELS.differExcluded, difference, excluded)
    : format(LABELS.differ, difference);
}

import { LABELS } from './labels';

/**
 * What m3ter's types of credits and prepayments mean to somebody who reads the Bill (m3ter, "Reviewing and approving
 * Bills", Line Item types). The other types say it by their names.
 */
const MEANINGS: Readonly<Record<string, string>> = {
  USAGE_CREDIT: LABELS.usageCredit,
  COUNTER_ADJUSTMENT_CREDIT: LABELS.counterAdjustmentCredit,
  MINIMUM_SPEND_REFUND: LABELS.minimumSpendRefund,
  CREDIT_DEDUCTION: LABELS.creditDeduction,
  CREDIT_MEMO: LABELS.creditMemo,
  COMMITMENT_FEE: LABELS.commitmentFee,
  COMMITMENT_CONSUMED: LABELS.commitmentConsumed,
  BALANCE_FEE: LABELS.balanceFee,
  BALANCE_CONSUMED: LABELS.balanceConsumed,
};

/** The types that give back, or pay in advance and draw on it: no use of a product. */
export const CREDITS_AND_PREPAYMENTS: readonly string[] = Object.keys(MEANINGS);

export function isCreditOrPrepayment(typeCode: string): boolean {
  return typeCode in MEANINGS;
}

/** A sentence for a type of credit or prepayment; empty for every other. */
export function typeMeaning(typeCode: string): string {
  return MEANINGS[typeCode] ?? '';
}

import Big from 'big.js';
import { PLAN, priceIn } from './catalogue.ts';
import type { Customer } from './customers.ts';
import { chargeLine, subtotalOf } from './lines.ts';
import type { Charge, LineContext } from './lines.ts';
import type { Bill, LineItem } from './model.ts';
import { big, decimal, digitsOf, roundTo } from './pricing.ts';
import { uuidOf } from './random.ts';
import type { Random } from './random.ts';

/** What an Account carries from one Bill to the next; amounts in the price list's currency. */
export interface Ledger {
  prepayment: Big;
  balance: Big;
  seats: number;
  previous?: Bill;
}

const PLATFORM = { code: 'platform', name: 'Platform Subscription' };
const SUPPORT = { code: 'support', name: 'Support' };
const SERVICES = { code: 'services', name: 'Professional Services' };

/** Plan fee, support and seats, with the seats that came or went during the period. */
export function fixedLines(customer: Customer, context: LineContext, ledger: Ledger, random: Random): LineItem[] {
  const plan = PLAN[customer.tier];
  const months = customer.interval;
  const price = (dollars: number) => priceIn(context.pricingCurrency, dollars);
  const unit = months === 1 ? 'month' : 'months';
  const charge = (type: string, description: string, product: Charge['product'], dollars: number) =>
    chargeLine(context, { type, description, product, units: months, unit, unitPrice: price(dollars) });
  const counterId = uuidOf('counter', 'seats');
  const seats = (type: string, description: string, units: number, unitPrice: Big) =>
    chargeLine(context, {
      type,
      description,
      product: PLATFORM,
      units,
      unit: 'seats',
      unitPrice,
      references: { counterId },
    });

  const lines = [charge('STANDING_CHARGE', `${customer.tier} plan`, PLATFORM, plan.fee)];
  if (plan.support > 0) lines.push(charge('STANDING_CHARGE', 'Premium support', SUPPORT, plan.support));
  lines.push(seats('COUNTER_RUNNING_TOTAL_CHARGE', 'Seats', ledger.seats, price(plan.seat * months)));
  const moved = Math.max(1, Math.round(ledger.seats / 12));
  const change = random.next();
  const halfMonth = roundTo(price(plan.seat).times('0.5'), digitsOf(context.pricingCurrency));
  if (change < 0.22) {
    ledger.seats += moved;
    lines.push(seats('COUNTER_ADJUSTMENT_DEBIT', 'Seats added during the period', moved, halfMonth));
  } else if (change > 0.94 && ledger.seats > moved + 1) {
    ledger.seats -= moved;
    lines.push(seats('COUNTER_ADJUSTMENT_CREDIT', 'Seats removed during the period', moved, halfMonth.times(-1)));
  }
  return lines;
}

/** Minimum spend: in arrears the missing part, in advance the whole with the used part given back. */
export function minimumLines(customer: Customer, context: LineContext, usage: LineItem[], closed: boolean): LineItem[] {
  const minimum = priceIn(context.pricingCurrency, PLAN[customer.tier].minimum * customer.interval);
  const used = subtotalOf(usage);
  const line = (type: string, description: string, unitPrice: Big) =>
    chargeLine(context, { type, description, product: PLATFORM, units: 1, unit: 'period', unitPrice });
  if (customer.terms === 'MINIMUM_IN_ADVANCE') {
    const refund = used.lt(minimum) ? used : minimum;
    return [
      line('MINIMUM_SPEND', 'Minimum spend', minimum),
      line('MINIMUM_SPEND_REFUND', `${PLATFORM.name} Minimum Spend Adjustment`, refund.times(-1)),
    ];
  }
  if (customer.terms !== 'MINIMUM' || !closed || used.gte(minimum)) return [];
  return [line('MINIMUM_SPEND', 'Minimum spend', minimum.minus(used))];
}

/**
 * Draws usage from a prepayment. What it no longer covers is billed with a surcharge, or as overage usage, in
 * which case the types of the uncovered lines in `usage` change.
 */
export function prepaymentLines(
  customer: Customer,
  context: LineContext,
  ledger: Ledger,
  usage: LineItem[],
): LineItem[] {
  if (!customer.terms.startsWith('PREPAYMENT')) return [];
  const commitmentId = uuidOf(customer.account.id, 'commitment');
  const line = (type: string, description: string, unitPrice: Big) =>
    chargeLine(context, {
      type,
      description,
      product: PLATFORM,
      units: 1,
      unit: 'period',
      unitPrice,
      references: { commitmentId },
    });
  const lines: LineItem[] = [];
  if (!ledger.previous) {
    ledger.prepayment = priceIn(context.pricingCurrency, 60_000);
    lines.push(line('COMMITMENT_FEE', 'Annual prepayment', ledger.prepayment));
  }
  const covered = coveredBy(ledger.prepayment, usage, customer.terms === 'PREPAYMENT_OVERAGE');
  ledger.prepayment = ledger.prepayment.minus(covered);
  if (covered.gt(0)) lines.push(line('COMMITMENT_CONSUMED', 'Prepayment consumed', covered.times(-1)));
  const excess = subtotalOf(usage).minus(covered);
  if (customer.terms === 'PREPAYMENT_SURCHARGE' && excess.gt(0)) {
    lines.push(
      line(
        'OVERAGE_SURCHARGE',
        'Overage surcharge (10%)',
        roundTo(excess.times('0.1'), digitsOf(context.pricingCurrency)),
      ),
    );
  }
  return lines;
}

function coveredBy(prepayment: Big, usage: LineItem[], markOverage: boolean): Big {
  let covered = new Big(0);
  for (const line of usage) {
    const next = covered.plus(big(line.subtotal));
    if (next.lte(prepayment)) covered = next;
    else if (markOverage) line.lineItemType = 'OVERAGE_USAGE';
    else return prepayment;
  }
  return covered;
}

/** Pays what is on the Bill from a balance, which is bought again when it is used up. */
export function balanceLines(customer: Customer, context: LineContext, ledger: Ledger, lines: LineItem[]): LineItem[] {
  if (customer.terms !== 'BALANCE') return [];
  const balanceId = uuidOf(customer.account.id, 'balance');
  const line = (type: string, description: string, unitPrice: Big) =>
    chargeLine(context, {
      type,
      description,
      product: PLATFORM,
      units: 1,
      unit: 'period',
      unitPrice,
      references: { balanceId },
    });
  const added: LineItem[] = [];
  if (ledger.balance.lte(0)) {
    ledger.balance = priceIn(context.pricingCurrency, customer.tier === 'Growth' ? 7500 : 900);
    added.push(line('BALANCE_FEE', 'Balance purchase', ledger.balance));
  }
  const due = subtotalOf(lines);
  const consumed = due.lt(ledger.balance) ? due : ledger.balance;
  ledger.balance = ledger.balance.minus(consumed);
  if (consumed.gt(0)) added.push(line('BALANCE_CONSUMED', 'Balance consumed', consumed.times(-1)));
  return added;
}

/** Credits, corrections and ad hoc charges: each kind on about one closed Bill in thirty. */
export function exceptionLines(
  customer: Customer,
  context: LineContext,
  ledger: Ledger,
  usage: LineItem[],
  month: number,
): LineItem[] {
  const part = (share: string) => roundTo(subtotalOf(usage).times(share), digitsOf(context.pricingCurrency));
  const price = (dollars: number) => priceIn(context.pricingCurrency, dollars);
  const line = (type: string, description: string, unitPrice: Big, product = PLATFORM, references = {}) =>
    chargeLine(context, { type, description, product, units: 1, unit: 'each', unitPrice, references });
  const memoOn = referenceTo(ledger.previous);
  switch ((customer.index * 5 + month) % 29) {
    case 1:
      return memoOn
        ? [line('CREDIT_MEMO', 'Credit: usage counted twice on the last Bill', part('-0.04'), PLATFORM, memoOn)]
        : [];
    case 4:
      return memoOn
        ? [line('DEBIT_MEMO', 'Correction: usage missing on the last Bill', part('0.02'), PLATFORM, memoOn)]
        : [];
    case 7:
      return [line('USAGE_CREDIT', 'Service level credit, 99.95% availability not met', part('-0.1'))];
    case 11:
      return [line('AD_HOC', 'Onboarding workshop, two days', price(2400), SERVICES)];
    case 16:
      return [line('MANUAL_ADJUSTMENT', 'Goodwill adjustment', price(-75))];
    case 21:
      return [line('CREDIT_DEDUCTION', 'Promotional credit', price(-120))];
    default:
      return [];
  }
}

function referenceTo(previous: Bill | undefined): Record<string, string> | undefined {
  const line = previous?.lineItems?.find((item) => item.lineItemType === 'USAGE');
  return previous && line?.id ? { referencedBillId: previous.id, referencedLineItemId: line.id } : undefined;
}

/** Exact sum of what the lines come to in the Bill's currency. */
export const billTotal = (lines: LineItem[]) =>
  decimal(lines.reduce((total, line) => total.plus(big(line.convertedSubtotal)), new Big(0)));

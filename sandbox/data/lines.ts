import Big from 'big.js';
import { bandsOf } from './catalogue.ts';
import type { UsageProduct } from './catalogue.ts';
import type { LineItem } from './model.ts';
import type { Period } from './periods.ts';
import { big, decimal, digitsOf, priceByBands, ratio, roundTo } from './pricing.ts';
import { uuidOf } from './random.ts';

/** What all Line Items of a Bill share. */
export interface LineContext {
  period: Period;
  /** The Bill's currency. */
  currency: string;
  pricingCurrency: string;
  conversionRate: Big;
  planId: string;
}

/** A Line Item that is an amount rather than metered usage; the amount is in the price list's currency. */
export interface Charge {
  type: string;
  description: string;
  product: { code: string; name: string };
  /** Counted things and the price of each; for a credit the price is negative. */
  units: Big | number;
  unit: string;
  unitPrice: Big;
  /** Ids and references of this kind of line, such as `commitmentId`. */
  references?: Record<string, string>;
}

/** A Line Item for metered usage, priced by tiers. */
export function usageLine(
  context: LineContext,
  product: UsageProduct,
  units: Big,
  segment?: Record<string, string>,
): LineItem {
  const { subtotal, usage } = priceByBands(
    units,
    bandsOf(product, context.pricingCurrency),
    digitsOf(context.pricingCurrency),
    { rate: context.conversionRate, digits: digitsOf(context.currency) },
  );
  const values = segment ? ` (${Object.values(segment).join(', ')})` : '';
  return {
    lineItemType: 'USAGE',
    description: product.aggregation + values,
    ...productFields(product),
    meterId: uuidOf('meter', product.code),
    aggregationId: uuidOf('aggregation', product.aggregation),
    pricingId: uuidOf('pricing', product.aggregation, context.pricingCurrency),
    quantity: decimal(units.times(product.per)),
    units: decimal(units),
    unit: product.unit,
    ...amounts(context, subtotal, units),
    ...(segment ? { segment } : {}),
    usagePerPricingBand: usage,
    ...periodFields(context),
  };
}

/** A Line Item for a charge, a fee, a draw-down, a credit or a memo. */
export function chargeLine(context: LineContext, charge: Charge): LineItem {
  const units = new Big(charge.units);
  const subtotal = roundTo(units.times(charge.unitPrice), digitsOf(context.pricingCurrency));
  return {
    lineItemType: charge.type,
    description: charge.description,
    ...productFields(charge.product),
    quantity: decimal(units),
    units: decimal(units),
    unit: charge.unit,
    ...amounts(context, subtotal, units),
    ...charge.references,
    ...periodFields(context),
  };
}

/** Gives each line its id and its place. Ids depend on the Bill and the place alone. */
export const numberLines = (billId: string, lines: LineItem[]): LineItem[] =>
  lines.map((line, index) => ({ id: uuidOf(billId, 'line', index), ...line, sequenceNumber: index + 1 }));

export const subtotalOf = (lines: LineItem[]): Big =>
  lines.reduce((total, line) => total.plus(big(line.subtotal)), new Big(0));

function amounts(context: LineContext, subtotal: Big, units: Big): LineItem {
  return {
    subtotal: decimal(subtotal),
    currency: context.pricingCurrency,
    conversionRate: decimal(context.conversionRate),
    convertedSubtotal: decimal(roundTo(subtotal.times(context.conversionRate), digitsOf(context.currency))),
    averageUnitPrice: decimal(ratio(subtotal, units)),
  };
}

const productFields = ({ code, name }: { code: string; name: string }): LineItem => ({
  productId: uuidOf('product', code),
  productName: name,
  productCode: code,
  accountingProductId: uuidOf('product', code),
  accountingProductName: name,
  accountingProductCode: code,
});

const periodFields = ({ period, planId }: LineContext): LineItem => ({
  planId,
  servicePeriodStartDate: `${period.start}T00:00:00.000Z`,
  servicePeriodEndDate: `${period.end}T00:00:00.000Z`,
});

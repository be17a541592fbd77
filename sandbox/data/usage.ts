import Big from 'big.js';
import { COMPUTE, productsOf } from './catalogue.ts';
import type { UsageProduct } from './catalogue.ts';
import type { Customer } from './customers.ts';
import { usageLine } from './lines.ts';
import type { LineContext } from './lines.ts';
import type { LineItem } from './model.ts';
import type { Random } from './random.ts';

const PROJECTS = [
  'checkout',
  'tracking',
  'routing',
  'billing',
  'forecast',
  'warehouse',
  'fleet',
  'customs',
  'portal',
  'reporting',
  'search',
  'identity',
  'returns',
  'pricing',
  'dispatch',
  'telemetry',
  'archive',
  'notifications',
  'partners',
  'sandbox',
];
const INSTANCES = ['c6.large', 'm6.xlarge', 'r6.2xlarge', 'g5.xlarge'];

/**
 * The metered Line Items of one billing period.
 *
 * @param month how many months the customer has been one; usage grows by 3 % in each
 * @param share how much of the period has passed, from 0 to 1
 */
export function usageLines(
  customer: Customer,
  context: LineContext,
  random: Random,
  month: number,
  share: number,
): LineItem[] {
  let growth = customer.interval;
  for (let count = 0; count < month; count += 1) growth *= 1.03;
  return productsOf(customer.tier, customer.index).flatMap((product) => {
    const noise = 0.88 + random.next() * 0.24;
    const units = product.volume[customer.tier] * customer.scale * growth * noise * share;
    if (product === COMPUTE && customer.byProject) return projectLines(context, units, random);
    return product.segments
      ? segmentLines(context, product, units, random)
      : [usageLine(context, product, rated(product, units))];
  });
}

/** Every project on every kind of machine in every region is a line of its own. */
export function projectLines(context: LineContext, units: number, random: Random): LineItem[] {
  const regions = COMPUTE.segments?.values ?? [];
  const segments = regions.flatMap((region) =>
    PROJECTS.flatMap((project) => INSTANCES.map((instanceType) => ({ region, project, instanceType }))),
  );
  return segments.map((segment) => {
    const part = (units / segments.length) * (0.2 + random.next() * 1.6);
    return usageLine(context, COMPUTE, rated(COMPUTE, part), segment);
  });
}

function segmentLines(context: LineContext, product: UsageProduct, units: number, random: Random): LineItem[] {
  const { key, values } = product.segments ?? { key: '', values: [] };
  const weights = values.map((_, index) => (0.5 + random.next()) / (index + 1));
  const all = weights.reduce((total, weight) => total + weight, 0);
  return values.map((value, index) =>
    usageLine(context, product, rated(product, (units * (weights[index] ?? 0)) / all), { [key]: value }),
  );
}

const rated = (product: UsageProduct, units: number): Big => new Big(units.toFixed(product.unitDigits));

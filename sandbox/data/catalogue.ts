import Big from 'big.js';
import { digitsOf, roundTo } from './pricing.ts';
import type { Band } from './pricing.ts';
import { uuidOf } from './random.ts';

export type Tier = 'Enterprise' | 'Growth' | 'Starter';

/** A metered product; prices in US dollars, volumes in rated units a month. */
export interface UsageProduct {
  code: string;
  name: string;
  /** The name of the aggregation, which is a usage line's default description. */
  aggregation: string;
  unit: string;
  /** Measured things in one rated unit. */
  per: number;
  /** Digits after the point of the rated units. */
  unitDigits: number;
  bands: ReadonlyArray<[lowerLimit: string, price: string]>;
  volume: Record<Tier, number>;
  segments?: { key: string; values: readonly string[] };
}

const REGIONS = ['eu-west-1', 'us-east-1', 'ap-northeast-1'];

export const API_CALLS: UsageProduct = {
  code: 'api_platform',
  name: 'API Platform',
  aggregation: 'API calls',
  unit: 'api_calls',
  per: 1,
  unitDigits: 0,
  bands: [
    ['0', '0.0004'],
    ['1000000', '0.00032'],
    ['10000000', '0.00025'],
  ],
  volume: { Enterprise: 14_000_000, Growth: 1_900_000, Starter: 180_000 },
};
export const STORAGE: UsageProduct = {
  code: 'object_storage',
  name: 'Object Storage',
  aggregation: 'Stored data',
  unit: 'GB',
  per: 1,
  unitDigits: 3,
  bands: [
    ['0', '0.023'],
    ['50000', '0.021'],
  ],
  volume: { Enterprise: 82_000, Growth: 9_400, Starter: 620 },
};
export const EGRESS: UsageProduct = {
  code: 'object_storage',
  name: 'Object Storage',
  aggregation: 'Data egress',
  unit: 'GB',
  per: 1,
  unitDigits: 3,
  bands: [
    ['0', '0.085'],
    ['10000', '0.07'],
  ],
  volume: { Enterprise: 7_200, Growth: 1_100, Starter: 90 },
  segments: { key: 'region', values: REGIONS },
};
export const COMPUTE: UsageProduct = {
  code: 'compute',
  name: 'Compute',
  aggregation: 'vCPU hours',
  unit: 'vcpu_hours',
  per: 1,
  unitDigits: 2,
  bands: [
    ['0', '0.048'],
    ['20000', '0.041'],
  ],
  volume: { Enterprise: 21_000, Growth: 2_600, Starter: 340 },
  segments: { key: 'region', values: REGIONS },
};
export const MESSAGES: UsageProduct = {
  code: 'messaging',
  name: 'Messaging',
  aggregation: 'SMS messages',
  unit: 'messages',
  per: 1,
  unitDigits: 0,
  bands: [['0', '0.0075']],
  volume: { Enterprise: 96_000, Growth: 15_000, Starter: 1_900 },
  segments: { key: 'destination', values: ['GB', 'US', 'DE', 'JP'] },
};
export const INFERENCE: UsageProduct = {
  code: 'ai_inference',
  name: 'AI Inference',
  aggregation: 'Model tokens',
  unit: '1k_tokens',
  per: 1000,
  unitDigits: 3,
  bands: [
    ['0', '0.0021'],
    ['500000', '0.0018'],
  ],
  volume: { Enterprise: 1_150_000, Growth: 210_000, Starter: 24_000 },
};

/** The metered products of an Account by its tier; `variant` gives neighbours different ones. */
export function productsOf(tier: Tier, variant: number): UsageProduct[] {
  const extras = [MESSAGES, INFERENCE, COMPUTE][variant % 3] ?? COMPUTE;
  if (tier === 'Enterprise')
    return [API_CALLS, COMPUTE, STORAGE, EGRESS, ...(extras === COMPUTE ? [INFERENCE] : [extras])];
  if (tier === 'Growth') return [API_CALLS, STORAGE, EGRESS, extras];
  return variant % 2 === 0 ? [API_CALLS, STORAGE] : [API_CALLS, extras];
}

/** Fixed prices a month in US dollars. */
export const PLAN: Record<Tier, { fee: number; seat: number; seats: number; support: number; minimum: number }> = {
  Enterprise: { fee: 2500, seat: 45, seats: 120, support: 1200, minimum: 6000 },
  Growth: { fee: 600, seat: 35, seats: 26, support: 250, minimum: 1500 },
  Starter: { fee: 90, seat: 25, seats: 5, support: 0, minimum: 150 },
};

/** List prices abroad are the dollar price times this. */
const PRICE_FACTOR: Record<string, string> = { USD: '1', EUR: '0.9', GBP: '0.8', JPY: '150' };

/** A list price of a fixed charge, rounded to the currency's digits. */
export const priceIn = (currency: string, dollars: number | string): Big =>
  roundTo(new Big(dollars).times(PRICE_FACTOR[currency] ?? '1'), digitsOf(currency));

/** The pricing bands of a metered product in a currency; unit prices keep up to eight digits. */
export const bandsOf = (product: UsageProduct, currency: string): Band[] =>
  product.bands.map(([lowerLimit, price]) => ({
    pricingBandId: uuidOf('band', product.aggregation, currency, lowerLimit),
    lowerLimit: new Big(lowerLimit),
    unitPrice: roundTo(new Big(price).times(PRICE_FACTOR[currency] ?? '1'), 8),
  }));

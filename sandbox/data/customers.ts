import Big from 'big.js';
import { PLAN } from './catalogue.ts';
import type { Tier } from './catalogue.ts';
import { COMPANIES } from './companies.ts';
import type { Company } from './companies.ts';
import type { Account } from './model.ts';
import { addDays, instantOf, monthStart } from './periods.ts';
import { createRandom, uuidOf } from './random.ts';

/** How an Account pays ahead, or the least it pays. */
export type Terms =
  'PREPAYMENT_SURCHARGE' | 'PREPAYMENT_OVERAGE' | 'BALANCE' | 'MINIMUM' | 'MINIMUM_IN_ADVANCE' | 'LIST';

/** An Account with what its Bills are made from. */
export interface Customer {
  index: number;
  account: Account;
  company: Company;
  tier: Tier;
  terms: Terms;
  currency: string;
  /** The currency of its price list, which may differ from the one it is billed in. */
  pricingCurrency: string;
  conversionRate: Big;
  /** Months in one billing period. */
  interval: number;
  /** The first day of its first billing period. */
  since: string;
  /** Its usage against the typical usage of its tier. */
  scale: number;
  seats: number;
  /** Whether the last months are metered by project, which gives hundreds of lines. */
  byProject: boolean;
  /** The child Account whose charges appear on this one's Bills. */
  child?: Account;
}

const TIERS: Tier[] = [
  'Enterprise',
  'Growth',
  'Starter',
  'Growth',
  'Starter',
  'Growth',
  'Enterprise',
  'Starter',
  'Growth',
  'Starter',
];
const RATES: Record<string, string> = { EUR: '0.9213', GBP: '0.7846', JPY: '149.52' };

/**
 * Makes the customers of the generated data set. The second one is a child of the first and has no Bills of its own.
 *
 * @param months how many billing months before and with that of `now` the oldest customers have
 */
export function makeCustomers(seed: number, count: number, months: number, now: Date): Customer[] {
  const customers = Array.from({ length: count }, (_, index) => makeCustomer(seed, index, months, now));
  const [parent, child] = customers;
  if (parent && child) {
    child.account['parentAccountId'] = parent.account.id;
    parent.child = child.account;
  }
  return customers;
}

function makeCustomer(seed: number, index: number, months: number, now: Date): Customer {
  const random = createRandom(`${seed}:customer:${index}`);
  const company = companyOf(index);
  const tier = TIERS[index % TIERS.length] ?? 'Growth';
  const { currency } = company.place;
  const foreignPrices = currency !== 'USD' && index % 3 === 0;
  const joined = index % 7 === 5 ? Math.min(random.integer(2, 6), months - 1) : 0;
  const since = monthStart(now.toISOString().slice(0, 10), 1 + joined - months);
  const seats = Math.max(2, Math.round(PLAN[tier].seats * (0.6 + random.next() * 0.9)));
  const customer = {
    index,
    company,
    tier,
    terms: termsOf(tier, Math.floor(index / 2)),
    currency,
    pricingCurrency: foreignPrices ? 'USD' : currency,
    conversionRate: new Big(foreignPrices ? (RATES[currency] ?? '1') : 1),
    interval: tier === 'Starter' && index % 20 === 9 ? 3 : 1,
    since,
    scale: Math.round((0.45 + random.next() * 1.1) * 1000) / 1000,
    seats,
    byProject: index === 0,
  };
  return { ...customer, account: accountOf(seed, customer, random.integer(0, company.place.cities.length - 1)) };
}

function companyOf(index: number): Company {
  const company = COMPANIES[index % COMPANIES.length];
  if (!company) throw new RangeError(`There is no company number ${index}.`);
  const round = Math.floor(index / COMPANIES.length);
  return round === 0 ? company : { ...company, name: `${company.name} (${round + 1})` };
}

function termsOf(tier: Tier, variant: number): Terms {
  const choices: Record<Tier, Terms[]> = {
    Enterprise: ['PREPAYMENT_SURCHARGE', 'MINIMUM_IN_ADVANCE', 'LIST', 'PREPAYMENT_OVERAGE'],
    Growth: ['MINIMUM', 'LIST', 'BALANCE', 'LIST'],
    Starter: ['LIST', 'LIST', 'BALANCE'],
  };
  const list = choices[tier];
  return list[variant % list.length] ?? 'LIST';
}

function accountOf(seed: number, customer: Omit<Customer, 'account'>, cityIndex: number): Account {
  const { company, index } = customer;
  const { place } = company;
  const city = place.cities[cityIndex];
  const slug = slugOf(company.name);
  const created = instantOf(addDays(customer.since, -9), 9 + (index % 8)).toISOString();
  return {
    id: uuidOf(seed, 'account', index),
    version: 1 + (index % 3),
    name: company.name,
    code: `${slug}-${String(index + 1).padStart(3, '0')}`,
    emailAddress: `accounts.payable@${slug}.example`,
    address: {
      addressLine1: city?.street ?? '',
      locality: city?.city ?? '',
      ...(city?.region ? { region: city.region } : {}),
      postCode: city?.postCode ?? '',
      country: place.country,
    },
    billEpoch: customer.since,
    ...(index % 3 === 1 ? {} : { purchaseOrderNumber: `PO-${4500012000 + index * 37}` }),
    currency: customer.currency,
    daysBeforeBillDue: customer.tier === 'Enterprise' ? 45 : 30,
    customFields: { tier: customer.tier, country: place.code, segment: company.segment, seats: customer.seats },
    dtCreated: created,
    dtLastModified: created,
    createdBy: uuidOf(seed, 'user', 'console'),
    lastModifiedBy: uuidOf(seed, 'user', 'console'),
  };
}

const slugOf = (name: string): string =>
  name
    .replaceAll('ß', 'ss')
    .normalize('NFD')
    .toLowerCase()
    .replace(/[^a-z0-9 ]/g, '')
    .trim()
    .split(/ +/)
    .slice(0, 2)
    .join('-');

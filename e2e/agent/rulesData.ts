/** A data set in which every rule of design section 5 decides something, and most of what m3ter leaves open happens. */
import Big from 'big.js';
import type { Account, DataSet, LineItem } from '../../sandbox/data/model.ts';
import { account, accountId, bill, billId, integration, line, mapping, salesforceAccount } from './builders.ts';
import type { OracleIntegration } from './oracle.ts';

const ids = (...names: string[]): string[] => names.map(accountId);

const LISTED = ['listed-1', 'listed-2', 'listed-and-restricted'];
const FILTERED = ['gold-us', 'gold-uk', 'silver-us', 'bare'];
const APPROVAL = ['approval'];
const MAPPED = ['by-id', 'by-short-id', 'by-number', 'unmapped', 'mapped-to-nothing'];
const BY_SUBTOTAL = ['by-subtotal'];
const BY_AGGREGATION = ['by-aggregation'];
const REST = ['odd', 'huge', 'unmatched'];

const isGold = (one: Account): boolean => one.customFields?.['tier'] === 'gold' && countryOf(one) === 'US';
const countryOf = (one: Account): unknown => (one['address'] as { country?: string } | undefined)?.country;

/** The integrations have no Account in common, so that each Bill is one integration's. */
export const INTEGRATIONS: OracleIntegration[] = [
  integration('Listed', { accountIds: ids(...LISTED), restrictedAccountIds: ids('listed-and-restricted') }),
  {
    ...integration('Filtered', {
      accountIds: ids(...FILTERED),
      accountFilter: 'customFields.tier == gold AND address.country == US',
    }),
    passes: isGold,
  },
  integration('On approval', { accountIds: ids(...APPROVAL), onlySendBillOnApproval: true }),
  integration('Mapped', { accountIds: ids(...MAPPED), useExternalMappingAccountCode: true }),
  integration('By subtotal', {
    accountIds: ids(...BY_SUBTOTAL),
    sortLineItemsBy: 'SUBTOTAL',
    excludedLineItemTypes: ['USAGE_CREDIT', 'MINIMUM_SPEND'],
  }),
  integration('By aggregation', { accountIds: ids(...BY_AGGREGATION), sortLineItemsBy: 'AGGREGATION_ID' }),
  integration('All others', {
    restrictedAccountIds: ids(...LISTED, ...FILTERED, ...APPROVAL, ...MAPPED, ...BY_SUBTOTAL, ...BY_AGGREGATION),
  }),
];

const LONG = 'Data transfer between regions, priced by tier and by the hour of the day. '.repeat(40).trim();

/** Amounts on and beside the middle between two values of the fields. */
const ROUNDED = ['0.00005', '0.00015', '1.2345665', '1.2345675', '-0.0000005', '-0.0000015', '7.1234567890'];

const roundedLines = (name: string): LineItem[] =>
  ROUNDED.map((subtotal, n) =>
    line(name, n, subtotal, {
      quantity: new Big(subtotal).times(3),
      units: new Big('0.0000005'),
      averageUnitPrice: new Big('0.00000000005'),
      conversionRate: new Big('1.23456789015'),
    }),
  );

const oddBills = [
  bill('rounded', 'odd', roundedLines('rounded'), { billTotal: new Big('123456.78905') }),
  bill('no lines', 'odd', [], { sequentialInvoiceNumber: 'INV-000042' }),
  // m3ter names neither total, lines, dates nor timestamps here.
  {
    ...{ id: billId('bare'), accountId: accountId('odd'), currency: 'EUR', status: 'PENDING' },
  },
  bill('no version', 'odd', [line('no version', 1, '3')], { version: undefined, billTotal: undefined }),
  bill('no ids', 'odd', [
    line('no ids', 1, '1', { id: undefined, lineItemType: 'STANDING_CHARGE' }),
    line('no ids', 2, '2'),
    line('no ids', 3, '3', { id: undefined }),
  ]),
  bill('new type', 'odd', [
    line('new type', 1, '5', { lineItemType: 'QUANTUM_CHARGE', segment: { region: 'us-east-1', tier: 'é "x"' } }),
    { lineItemType: 'AD_HOC', description: 'A line that says nothing else' },
  ]),
  bill('long texts', 'odd', [
    line('long texts', 1, '1', { description: LONG, productName: LONG, productCode: `${'x'.repeat(253)}😀😀` }),
    line('long texts', 2, '2', { description: `${'x'.repeat(253)}😀😀` }),
    line('long texts', 3, '3', { description: 'x'.repeat(255) }),
  ]),
  bill('foreign', 'odd', [
    line('foreign', 1, '100', {
      currency: 'EUR',
      conversionRate: new Big('1.0865'),
      convertedSubtotal: new Big('108.65'),
    }),
    line('foreign', 2, '-8.65', { lineItemType: 'CREDIT_MEMO' }),
  ]),
];

const hugeBill = bill(
  'huge',
  'huge',
  Array.from({ length: 3000 }, (_, n) => line('huge', n, `${n}.0000000001`)),
);

const sortedLines = (name: string): LineItem[] => [
  line(name, 1, '20', { aggregationId: 'bbbb' }),
  line(name, 2, '3.5', { aggregationId: undefined }),
  line(name, 3, '-4', { aggregationId: 'aaaa', lineItemType: 'USAGE_CREDIT' }),
  line(name, 4, '0', { subtotal: undefined, aggregationId: 'cccc' }),
  line(name, 5, '3.50', { aggregationId: 'bbbb' }),
  line(name, 6, '-4', { aggregationId: undefined }),
  line(name, 7, '100', { aggregationId: 'aaaa', lineItemType: 'MINIMUM_SPEND' }),
  line(name, 8, '3.49999999', { aggregationId: 'aaaa' }),
];

const simple = (name: string, of: string, more = {}) =>
  bill(name, of, [line(name, 1, '10.1'), line(name, 2, '0.02')], more);

/** Two Bills for everybody, so that what concerns an Account concerns several Bills. */
const pairs = (...names: string[]) =>
  names.flatMap((name) => [
    simple(`${name} 1`, name),
    simple(`${name} 2`, name, { status: 'PENDING', startDate: '2026-09-01', endDate: '2026-10-01' }),
  ]);

const withAddress = (name: string, tier: string, country: string): Account =>
  account(name, { customFields: { tier }, address: { country } });

export const RULES_DATA: DataSet = {
  accounts: [
    ...[...LISTED, ...APPROVAL, ...MAPPED, ...BY_SUBTOTAL, ...BY_AGGREGATION, ...REST].map((name) => account(name)),
    withAddress('gold-us', 'gold', 'US'),
    withAddress('gold-uk', 'gold', 'UK'),
    withAddress('silver-us', 'silver', 'US'),
    account('bare'),
  ],
  bills: [
    ...pairs(...LISTED, ...FILTERED, ...APPROVAL, ...MAPPED, 'unmatched'),
    bill('sorted by subtotal', 'by-subtotal', sortedLines('sorted by subtotal')),
    bill('sorted by aggregation', 'by-aggregation', sortedLines('sorted by aggregation')),
    simple('of an Account that m3ter lost', 'lost'),
    ...oddBills,
    hugeBill,
  ],
  externalMappings: [],
  salesforceAccounts: [...LISTED, ...FILTERED, ...APPROVAL, ...BY_SUBTOTAL, ...BY_AGGREGATION, 'odd', 'huge'].map(
    (name, n) => salesforceAccount(n + 1, name),
  ),
  integrations: [],
};

/** Accounts that only External Mappings lead to. */
const mappedAccounts = ['by-id', 'by-short-id', 'by-number'].map((name, n) =>
  salesforceAccount(100 + n, name, { M3ter_Account_Id__c: null }),
);
RULES_DATA.salesforceAccounts.push(
  ...mappedAccounts,
  // Holds the id, but the integration asks for a mapping.
  salesforceAccount(110, 'unmapped'),
);
const [byId, byShortId, byNumber] = mappedAccounts;
RULES_DATA.externalMappings.push(
  mapping('by-id', String(byId?.Id)),
  mapping('by-short-id', String(byShortId?.Id).slice(0, 15)),
  mapping('by-number', String(byNumber?.['AccountNumber'])),
  mapping('mapped-to-nothing', 'NO-SUCH-NUMBER'),
  // Others' mappings are none of Salesforce's.
  { ...mapping('unmapped', String(byId?.Id)), externalSystem: 'Stripe', externalTable: 'Customer' },
);
RULES_DATA.integrations.push(
  ...INTEGRATIONS.map(({ passes: _passes, ...settings }) => settings),
  integration('Switched off'),
  integration('Of another org'),
);

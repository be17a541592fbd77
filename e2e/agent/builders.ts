/** Small parts of data sets. */
import Big from 'big.js';
import { DEFAULT_INTEGRATION } from '../../sandbox/data/model.ts';
import type {
  Account,
  Bill,
  DataSet,
  ExternalMapping,
  IntegrationSettings,
  LineItem,
  SalesforceAccount,
} from '../../sandbox/data/model.ts';
import { uuidOf } from '../../sandbox/data/random.ts';
import { accountRecordId } from '../../sandbox/data/salesforceIds.ts';

export const accountId = (name: string): string => uuidOf('account', name);
export const billId = (name: string): string => uuidOf('bill', name);

export const account = (name: string, more: Partial<Account> = {}): Account => ({
  id: accountId(name),
  version: 1,
  name,
  code: name,
  emailAddress: 'billing@example.com',
  currency: 'USD',
  ...more,
});

/** The n-th Account of the org, holding the id of a m3ter Account unless `more` says otherwise. */
export const salesforceAccount = (n: number, name: string, more: object = {}): SalesforceAccount => ({
  Id: accountRecordId(n),
  Name: name,
  AccountNumber: `ACME-${n}`,
  M3ter_Account_Id__c: accountId(name),
  ...more,
});

export const mapping = (name: string, externalId: string): ExternalMapping => ({
  id: uuidOf('mapping', name),
  version: 1,
  m3terEntity: 'Account',
  m3terId: accountId(name),
  externalSystem: 'Salesforce',
  externalTable: 'Account',
  externalId,
});

/** A usage line of a Bill; its amounts are decimal text. */
export const line = (bill: string, n: number, subtotal: string, more: Partial<LineItem> = {}): LineItem => ({
  id: uuidOf('line', bill, n),
  lineItemType: 'USAGE',
  description: `Usage ${n}`,
  quantity: new Big('12.5'),
  units: new Big('12.5'),
  unit: 'GB',
  subtotal: new Big(subtotal),
  currency: 'USD',
  conversionRate: 1,
  convertedSubtotal: new Big(subtotal),
  averageUnitPrice: new Big('0.0000000125'),
  sequenceNumber: n,
  productName: 'Storage',
  aggregationId: uuidOf('aggregation', n),
  servicePeriodStartDate: '2026-10-01T00:00:00.000Z',
  servicePeriodEndDate: '2026-11-01T00:00:00.000Z',
  ...more,
});

/** A monthly Bill called `name` of the Account `of`, approved, its total that of the lines unless `more` has one. */
export const bill = (name: string, of: string, lineItems: LineItem[], more: Partial<Bill> = {}): Bill => ({
  id: billId(name),
  version: 1,
  accountId: accountId(of),
  accountCode: of,
  startDate: '2026-10-01',
  endDate: '2026-11-01',
  billDate: '2026-11-01',
  dueDate: '2026-12-01',
  billingFrequency: 'MONTHLY',
  billFrequencyInterval: 1,
  currency: 'USD',
  status: 'APPROVED',
  locked: false,
  lastCalculatedDate: '2026-11-01T02:00:00.000Z',
  dtCreated: '2026-11-01T01:00:00.000Z',
  dtLastModified: '2026-11-01T02:00:00.000Z',
  billTotal: lineItems.reduce((total, { convertedSubtotal }) => total.plus(convertedSubtotal ?? 0), new Big(0)),
  lineItems,
  ...more,
});

export const integration = (name: string, more: Partial<IntegrationSettings> = {}): IntegrationSettings => ({
  ...DEFAULT_INTEGRATION,
  name,
  ...more,
});

/**
 * Bills of `lines` usage lines each, one Account for every ten Bills. Every Account is in Salesforce; one default
 * integration.
 */
export function manyBills(bills: number, lines: number): DataSet {
  const names = Array.from({ length: Math.ceil(bills / 10) }, (_, n) => `customer-${n + 1}`);
  return {
    accounts: names.map((name) => account(name)),
    bills: Array.from({ length: bills }, (_, n) =>
      bill(
        `bill-${n}`,
        names[n % names.length] ?? '',
        Array.from({ length: lines }, (_line, at) => line(`bill-${n}`, at, `${n + 1}.${at}0625`)),
      ),
    ),
    externalMappings: [],
    salesforceAccounts: names.map((name, n) => salesforceAccount(n + 1, name)),
    integrations: [integration('All Bills')],
  };
}

import { makeBills } from './bills.ts';
import { PROSPECTS } from './companies.ts';
import type { Company } from './companies.ts';
import { makeCustomers } from './customers.ts';
import type { Customer } from './customers.ts';
import { DEFAULT_INTEGRATION } from './model.ts';
import type { Bill, DataSet, ExternalMapping, SalesforceAccount } from './model.ts';
import { uuidOf } from './random.ts';
import { accountRecordId } from './salesforceIds.ts';

/** The seed of the demonstration data, so that everybody sees the same Bills. */
export const DEMO_SEED = 2026;

export interface GenerateOptions {
  seed: number;
  /** How many m3ter Accounts; 40 unless told. */
  accounts?: number;
  /** How many billing months up to and with that of `now`; 12 unless told. */
  months?: number;
  now: Date;
}

/** Accounts that Salesforce does not hold, so that their Bills arrive unmatched. All lack an External Mapping too. */
const isUnmatched = (index: number): boolean => index % 15 === 4;
const isUnmapped = (index: number): boolean => index % 5 === 4;

/** Every eighth customer's Bill of the running month has not been made yet, so that a bill run has work to do. */
const awaitsBillRun = (index: number): boolean => index % 8 === 7;

/**
 * Invents a data set: customers with their Bills of some months, External Mappings and Salesforce Accounts.
 * The same options give the same data set. The second customer is a child of the first and has no Bills.
 */
export function generateDataSet({ seed, accounts = 40, months = 12, now }: GenerateOptions): DataSet {
  const customers = makeCustomers(seed, accounts, months, now);
  const parents = new Set(customers.map(({ child }) => child?.id));
  const billed = customers.filter(({ account }) => !parents.has(account.id));
  const bills = billed.flatMap((customer) => {
    const made = makeBills(seed, customer, now);
    return awaitsBillRun(customer.index) && made.length > 1 ? made.slice(0, -1) : made;
  });
  return {
    accounts: customers.map(({ account }) => account),
    bills: numberInvoices(bills),
    externalMappings: customers.filter(({ index }) => !isUnmapped(index)).map((customer) => mappingOf(seed, customer)),
    salesforceAccounts: [
      ...customers.filter(({ index }) => !isUnmatched(index)).map(salesforceAccountOf),
      ...PROSPECTS.map((company, index) => prospect(company, accounts + index)),
    ],
    integrations: [{ ...DEFAULT_INTEGRATION }],
  };
}

/** Numbers the Bills in the order of their creation, as an org with a bill prefix does. */
function numberInvoices(bills: Bill[]): Bill[] {
  const ordered = bills.toSorted((a, b) => compare(a.dtCreated, b.dtCreated) || compare(a.accountCode, b.accountCode));
  return ordered.map((bill, index) => {
    const { lineItems, ...header } = bill;
    return {
      ...header,
      sequentialInvoiceNumber: `INV-${String(index + 1001).padStart(6, '0')}`,
      ...(lineItems ? { lineItems } : {}),
    };
  });
}

const compare = (a = '', b = ''): number => (a < b ? -1 : a > b ? 1 : 0);

function mappingOf(seed: number, { account, index }: Customer): ExternalMapping {
  const byNumber = index % 10 === 8;
  return {
    id: uuidOf(seed, 'mapping', index),
    version: 1,
    m3terEntity: 'Account',
    m3terId: account.id,
    externalSystem: 'Salesforce',
    externalTable: 'Account',
    externalId: byNumber ? accountNumber(index) : accountRecordId(index + 1),
    dtCreated: account['dtCreated'],
    dtLastModified: account['dtCreated'],
  };
}

const accountNumber = (index: number): string => `CUS-${10_200 + index}`;

function salesforceAccountOf({ account, company, index }: Customer): SalesforceAccount {
  return {
    Id: accountRecordId(index + 1),
    Name: company.name,
    AccountNumber: accountNumber(index),
    ...billingAddress(company, index),
    M3ter_Account_Id__c: account.id,
    M3ter_Account_Code__c: account.code,
  };
}

const prospect = (company: Company, index: number): SalesforceAccount => ({
  Id: accountRecordId(index + 1),
  Name: company.name,
  ...billingAddress(company, index),
});

function billingAddress({ place }: Company, index: number) {
  const city = place.cities[index % place.cities.length];
  return {
    BillingStreet: city?.street,
    BillingCity: city?.city,
    ...(city?.region ? { BillingState: city.region } : {}),
    BillingPostalCode: city?.postCode,
    BillingCountry: place.country,
  };
}

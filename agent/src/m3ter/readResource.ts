import Big from 'big.js';
import { numberText } from '../json/exactJson.ts';
import type { Account, Address, Bill, ExternalMapping, LineItem, M3terEvent } from './resources.ts';

/** The fields of a resource that hold text. */
type TextField<T> = { [Field in keyof T]-?: NonNullable<T[Field]> extends string ? Field : never }[keyof T] & string;
/** Names each of them, so that a new field cannot be forgotten. */
type Texts<T> = Readonly<Record<TextField<T>, true>>;

const BILL_TEXTS: Texts<Bill> = {
  id: true,
  accountId: true,
  accountCode: true,
  startDate: true,
  endDate: true,
  billDate: true,
  dueDate: true,
  billingFrequency: true,
  timezone: true,
  currency: true,
  status: true,
  billJobId: true,
  lastCalculatedDate: true,
  purchaseOrderNumber: true,
  externalInvoiceReference: true,
  externalInvoiceDate: true,
  sequentialInvoiceNumber: true,
  dtLastModified: true,
};

const LINE_ITEM_TEXTS: Texts<LineItem> = {
  id: true,
  lineItemType: true,
  description: true,
  unit: true,
  currency: true,
  productId: true,
  productName: true,
  productCode: true,
  accountingProductId: true,
  accountingProductName: true,
  accountingProductCode: true,
  aggregationId: true,
  compoundAggregationId: true,
  meterId: true,
  planId: true,
  pricingId: true,
  contractId: true,
  commitmentId: true,
  balanceId: true,
  childAccountCode: true,
  servicePeriodStartDate: true,
  servicePeriodEndDate: true,
};

const ACCOUNT_TEXTS: Texts<Account> = { id: true, name: true, code: true, currency: true };

const ADDRESS_TEXTS: Texts<Address> = {
  addressLine1: true,
  addressLine2: true,
  addressLine3: true,
  addressLine4: true,
  locality: true,
  region: true,
  postCode: true,
  country: true,
};

const MAPPING_TEXTS: Texts<ExternalMapping> = {
  id: true,
  m3terEntity: true,
  m3terId: true,
  externalSystem: true,
  externalTable: true,
  externalId: true,
  integrationConfigId: true,
};

const EVENT_TEXTS: Texts<M3terEvent> = { id: true, eventName: true, eventTime: true };

/**
 * Readers of m3ter's resources. A number or boolean where text belongs becomes its text, and null counts as absent.
 * What is neither stays as it is: `unreadableField` finds it in a Bill. What should have an id and has none is
 * undefined.
 */
export function readBill(item: unknown): Bill | undefined {
  const bill = withId<Bill>(item, BILL_TEXTS);
  return Array.isArray(bill?.lineItems)
    ? { ...bill, lineItems: (bill.lineItems as unknown[]).map(readLineItem) }
    : bill;
}

/** A Line Item may have no id. */
export function readLineItem(item: unknown): LineItem {
  return withTexts(item, LINE_ITEM_TEXTS) as LineItem;
}

export function readAccount(item: unknown): Account | undefined {
  const account = withId<Account>(item, ACCOUNT_TEXTS);
  return account?.address ? { ...account, address: withTexts(account.address, ADDRESS_TEXTS) as Address } : account;
}

export function readExternalMapping(item: unknown): ExternalMapping | undefined {
  return withId<ExternalMapping>(item, MAPPING_TEXTS);
}

export function readEvent(item: unknown): M3terEvent | undefined {
  return withId<M3terEvent>(item, EVENT_TEXTS);
}

/** The first field of a Bill, or of one of its Line Items, that does not hold what it should; undefined when none. */
export function unreadableField(bill: Bill): string | undefined {
  const own = notText(bill, BILL_TEXTS);
  if (own !== undefined) return own;
  const lines: unknown = bill.lineItems ?? [];
  if (!Array.isArray(lines)) return 'lineItems';
  for (const [index, line] of (lines as unknown[]).entries()) {
    const field = isObject(line) ? notText(line, LINE_ITEM_TEXTS) : '';
    if (field !== undefined) return `lineItems[${index}]${field && `.${field}`}`;
  }
  return undefined;
}

function notText(resource: object, texts: Readonly<Record<string, true>>): string | undefined {
  const values = resource as Readonly<Record<string, unknown>>;
  return Object.keys(texts).find((field) => !['string', 'undefined'].includes(typeof (values[field] ?? undefined)));
}

function withId<T extends { readonly id: string }>(item: unknown, texts: Texts<T>): T | undefined {
  const resource = withTexts(item, texts) as T;
  return isObject(resource) && typeof resource.id === 'string' ? resource : undefined;
}

function withTexts(item: unknown, texts: Readonly<Record<string, true>>): unknown {
  if (!isObject(item)) return item;
  if (isAsTold(item, texts)) return item;
  const resource: Record<string, unknown> = {};
  for (const [field, value] of Object.entries(item)) {
    // To assign to the name of what objects inherit from would change what they are; m3ter has no such field.
    if (value !== null && field !== '__proto__') resource[field] = Object.hasOwn(texts, field) ? textOf(value) : value;
  }
  return resource;
}

/** Whether nothing is to be changed, as with nearly everything that m3ter sends. */
function isAsTold(item: object, texts: Readonly<Record<string, true>>): boolean {
  const values = item as Readonly<Record<string, unknown>>;
  for (const field of Object.keys(values)) {
    const value = values[field];
    if (typeof value === 'string') continue;
    if (value === null || Object.hasOwn(texts, field)) return false;
  }
  return !Object.hasOwn(item, '__proto__');
}

function textOf(value: unknown): unknown {
  if (typeof value === 'number' || value instanceof Big) return numberText(value);
  return typeof value === 'boolean' ? String(value) : value;
}

function isObject(item: unknown): item is object {
  return typeof item === 'object' && item !== null && !Array.isArray(item);
}

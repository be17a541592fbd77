import ACCOUNT from '@salesforce/schema/Bill__c.Account__c';
import DELETED from '@salesforce/schema/Bill__c.Deleted_In_M3ter__c';
import PERIOD_END from '@salesforce/schema/Bill__c.Period_End__c';
import BILL from '@salesforce/schema/Bill_Line_Item__c.Bill__c';
import PRODUCT from '@salesforce/schema/Bill_Line_Item__c.Product_Name__c';
import TYPE from '@salesforce/schema/Bill_Line_Item__c.Line_Item_Type__c';
import { ZERO, add, compare, parseDecimal } from 'c/decimal';
import type { Decimal } from 'c/decimal';
import { CREDITS_AND_PREPAYMENTS } from 'c/lineItems';
import { formatMoney } from 'c/money';
import type { ProductGroup } from './productsQuery';

/** Products that are shown for each currency. */
const MOST_PRODUCTS = 3;
/** The name by which a query calls the record behind the master-detail field. */
const BILL_RELATION = BILL.fieldApiName.replace(/__c$/, '__r');

/** A product, and what it was billed for. */
export interface TopProduct {
  key: string;
  name: string;
  amount: string;
}

/** The Line Items of an Account's Bills since a day (`YYYY-MM-DD`), as GraphQL input. */
export function productsOf(accountId: string, since: string): object {
  const bill = {
    [ACCOUNT.fieldApiName]: { eq: accountId },
    [DELETED.fieldApiName]: { eq: false },
    [PERIOD_END.fieldApiName]: { gt: { value: since } },
  };
  const line = [{ [PRODUCT.fieldApiName]: { ne: null } }, { [TYPE.fieldApiName]: { nin: CREDITS_AND_PREPAYMENTS } }];
  const bills = Object.entries(bill).map(([field, value]) => ({ [BILL_RELATION]: { [field]: value } }));
  return { and: [...bills, ...line] };
}

/** In each currency the products that were billed for most. */
export function topProducts(groups: ProductGroup[]): TopProduct[] {
  const totals = new Map<string, { name: string; currency: string; total: Decimal }>();
  for (const group of groups) {
    const [name, currency] = [group.product.value ?? '', group.bill?.currency.value ?? ''];
    const key = JSON.stringify([currency, name]);
    const known = totals.get(key) ?? { name, currency, total: ZERO };
    totals.set(key, { ...known, total: add(known.total, amountOf(group) ?? ZERO) });
  }
  const byAmount = [...totals].sort(([, a], [, b]) => compare(b.total, a.total));
  const currencies = [...new Set(byAmount.map(([, { currency }]) => currency))].sort();
  return currencies
    .flatMap((currency) => byAmount.filter(([, one]) => one.currency === currency).slice(0, MOST_PRODUCTS))
    .map(([key, { name, currency, total }]) => ({ key, name, amount: formatMoney(total, currency) }));
}

/** In the currency of the Bill. */
function amountOf({ pricingCurrency, bill, subtotal, convertedSubtotal }: ProductGroup): Decimal | undefined {
  const isSame = pricingCurrency.value === null || pricingCurrency.value === bill?.currency.value;
  return parseDecimal((isSame ? subtotal : convertedSubtotal).sum.value);
}

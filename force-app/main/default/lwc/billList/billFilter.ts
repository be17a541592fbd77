import ID from '@salesforce/schema/Bill__c.Id';
import NAME from '@salesforce/schema/Bill__c.Name';
import ACCOUNT from '@salesforce/schema/Bill__c.Account__c';
import ACCOUNT_CODE from '@salesforce/schema/Bill__c.M3ter_Account_Code__c';
import STATUS from '@salesforce/schema/Bill__c.Status__c';
import CHANGED from '@salesforce/schema/Bill__c.Changed_After_Approval__c';
import COMPLETE from '@salesforce/schema/Bill__c.Is_Complete__c';
import DELETED from '@salesforce/schema/Bill__c.Deleted_In_M3ter__c';
import PERIOD_START from '@salesforce/schema/Bill__c.Period_Start__c';
import DUE_DATE from '@salesforce/schema/Bill__c.Due_Date__c';
import BILL_TOTAL from '@salesforce/schema/Bill__c.Bill_Total__c';
import type { ColumnSort } from 'c/columnSort';
import type { ShownBills } from 'c/pageReferences';

/** The columns of the table that can be ordered by. */
export type SortKey = 'bill' | 'account' | 'period' | 'due' | 'status' | 'total';

export interface BillFilter {
  /** What was typed; empty finds every Bill. */
  search: string;
  show: ShownBills;
  /** Only the Bills of this Salesforce Account. */
  accountId: string | undefined;
}

/** The name by which a query calls the record behind a lookup. */
const ACCOUNT_RELATION = ACCOUNT.fieldApiName.replace(/__c$/, '__r');

const SHOWN: Record<ShownBills, object | undefined> = {
  all: undefined,
  pending: { [STATUS.fieldApiName]: { eq: 'PENDING' } },
  approved: { [STATUS.fieldApiName]: { eq: 'APPROVED' } },
  changed: { [CHANGED.fieldApiName]: { ne: null } },
  unmatched: { [ACCOUNT.fieldApiName]: { eq: null } },
  writing: { [COMPLETE.fieldApiName]: { eq: false } },
  deleted: { [DELETED.fieldApiName]: { eq: true } },
};

/** Whether the filter leaves Bills out. */
export function isFiltered(filter: BillFilter): boolean {
  return filter.search.trim() !== '' || filter.show !== 'all' || filter.accountId !== undefined;
}

/** The filter as GraphQL input; without one, a condition that every record meets, because `where` is always sent. */
export function billWhere(filter: BillFilter): object {
  const conditions: object[] = [];
  const search = filter.search.trim();
  if (search) {
    const like = { like: `%${search}%` };
    const places = [
      { [NAME.fieldApiName]: like },
      { [ACCOUNT_RELATION]: { Name: like } },
      { [ACCOUNT_CODE.fieldApiName]: like },
    ];
    conditions.push({ or: places });
  }
  const shown = SHOWN[filter.show];
  if (shown) conditions.push(shown);
  if (filter.accountId) conditions.push({ [ACCOUNT.fieldApiName]: { eq: filter.accountId } });
  return conditions.length > 0 ? { and: conditions } : { [ID.fieldApiName]: { ne: null } };
}

/** The order as GraphQL input; the id keeps Bills with equal values in one order from page to page. */
export function billOrder({ key, direction }: ColumnSort<SortKey>): object {
  const clause = { order: direction.toUpperCase(), nulls: 'LAST' };
  const orders: Record<SortKey, object> = {
    bill: { [NAME.fieldApiName]: clause },
    account: { [ACCOUNT_RELATION]: { Name: clause } },
    period: { [PERIOD_START.fieldApiName]: clause },
    due: { [DUE_DATE.fieldApiName]: clause },
    status: { [STATUS.fieldApiName]: clause },
    total: { [BILL_TOTAL.fieldApiName]: clause },
  };
  return { ...orders[key], [ID.fieldApiName]: { order: 'ASC' } };
}

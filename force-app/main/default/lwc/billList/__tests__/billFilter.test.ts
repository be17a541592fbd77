import { billOrder, billWhere, isFiltered } from '../billFilter';
import type { BillFilter } from '../billFilter';

const ALL: BillFilter = { search: '', show: 'all', accountId: undefined };

describe('the filter of the list of Bills', () => {
  it('leaves nothing out by default', () => {
    expect(billWhere(ALL)).toEqual({ Id: { ne: null } });
    expect(isFiltered(ALL)).toBe(false);
    expect(isFiltered({ ...ALL, search: '  ' })).toBe(false);
  });

  it('looks for the search in Bill reference, Account name and m3ter account code', () => {
    const like = { like: '%Atlas%' };
    expect(billWhere({ ...ALL, search: ' Atlas ' })).toEqual({
      and: [{ or: [{ Name: like }, { Account__r: { Name: like } }, { M3ter_Account_Code__c: like }] }],
    });
  });

  it.each([
    ['pending', { Status__c: { eq: 'PENDING' } }],
    ['approved', { Status__c: { eq: 'APPROVED' } }],
    ['unmatched', { Account__c: { eq: null } }],
    ['changed', { Changed_After_Approval__c: { ne: null } }],
    ['writing', { Is_Complete__c: { eq: false } }],
    ['deleted', { Deleted_In_M3ter__c: { eq: true } }],
  ] as const)('shows only %s Bills', (show, condition) => {
    expect(billWhere({ ...ALL, show })).toEqual({ and: [condition] });
    expect(isFiltered({ ...ALL, show })).toBe(true);
  });

  it('combines what is asked for', () => {
    const where = billWhere({ search: 'x', show: 'pending', accountId: '001' }) as { and: object[] };
    expect(where.and).toHaveLength(3);
    expect(where.and[2]).toEqual({ Account__c: { eq: '001' } });
  });

  it('orders by a column, empty values last, and by id where values are equal', () => {
    expect(billOrder({ key: 'total', direction: 'desc' })).toEqual({
      Bill_Total__c: { order: 'DESC', nulls: 'LAST' },
      Id: { order: 'ASC' },
    });
    expect(billOrder({ key: 'account', direction: 'asc' })).toMatchObject({ Account__r: { Name: { order: 'ASC' } } });
  });
});

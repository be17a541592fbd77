import type { Bill, LineItem } from '../m3ter/resources.ts';
import type { Integration } from './integration.ts';

/** An integration with every default, connected, for tests. */
export function integration(changes: Partial<Integration> = {}): Integration {
  return {
    id: 'a0B000000000001AAA',
    name: 'Bills to Salesforce',
    enabled: true,
    connectionStatus: 'CONNECTED',
    pinnedOrgId: '00D000000000001EAA',
    triggerType: 'EVENT',
    accountIds: [],
    restrictedAccountIds: [],
    accountFilter: '',
    onlySendBillOnApproval: false,
    useExternalMappingAccountCode: false,
    excludedLineItemTypes: [],
    sortLineItemsBy: 'NONE',
    ...changes,
  };
}

/** An approved Bill without lines, for tests. */
export function bill(changes: Partial<Bill> = {}): Bill {
  return { id: 'b1', version: 1, accountId: 'a1', currency: 'USD', status: 'APPROVED', ...changes };
}

/** A Bill with these lines, for tests. */
export function billOf(...lineItems: LineItem[]): Bill {
  return bill({ lineItems });
}

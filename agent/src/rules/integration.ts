import { createHash } from 'node:crypto';

export type SortLineItemsBy = 'NONE' | 'SUBTOTAL' | 'AGGREGATION_ID';
export type TriggerType = 'EVENT' | 'SCHEDULE';

/** An Integration Configuration of the org, as the agent works with it. */
export interface Integration {
  /** The Salesforce record id. */
  readonly id: string;
  readonly name: string;
  readonly enabled: boolean;
  /** CONNECTED once the agent has signed in to the org for this integration. */
  readonly connectionStatus: string;
  /** The org that the integration is bound to; null until it is. */
  readonly pinnedOrgId: string | null;
  readonly triggerType: TriggerType;
  /** Allowed m3ter Account ids; empty: all. */
  readonly accountIds: readonly string[];
  /** Restricted m3ter Account ids; an id in both lists is restricted. */
  readonly restrictedAccountIds: readonly string[];
  /** A text of the account filter language; empty: all. */
  readonly accountFilter: string;
  readonly onlySendBillOnApproval: boolean;
  readonly useExternalMappingAccountCode: boolean;
  readonly excludedLineItemTypes: readonly string[];
  readonly sortLineItemsBy: SortLineItemsBy;
}

/** Settings that a person thinks of and has not saved; what is left out is as it was saved. */
export type DraftRules = Partial<
  Pick<
    Integration,
    | 'name'
    | 'accountIds'
    | 'restrictedAccountIds'
    | 'accountFilter'
    | 'onlySendBillOnApproval'
    | 'useExternalMappingAccountCode'
    | 'excludedLineItemTypes'
    | 'sortLineItemsBy'
  >
>;

const sorted = (values: readonly string[]): string[] => [...values].sort();

/**
 * A short text that changes when a rule of the integration changes, and only then: the order of ids in a list and
 * the integration's name, state and trigger do not matter.
 */
export function rulesHash(integration: Integration): string {
  const rules = [
    sorted(integration.accountIds),
    sorted(integration.restrictedAccountIds),
    integration.accountFilter,
    integration.onlySendBillOnApproval,
    integration.useExternalMappingAccountCode,
    sorted(integration.excludedLineItemTypes),
    integration.sortLineItemsBy,
  ];
  return createHash('sha256').update(JSON.stringify(rules)).digest('hex');
}

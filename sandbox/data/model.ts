import type Big from 'big.js';

/** A JSON number as `parseExact` reads it. */
export type Decimal = number | Big;

/** One band of tiered pricing in a Line Item; amounts in the Line Item's own currency. */
export interface PricingBandUsage {
  pricingBandId?: string;
  lowerLimit?: Decimal;
  fixedPrice?: Decimal;
  unitPrice?: Decimal;
  unitSubtotal?: Decimal;
  bandUnits?: Decimal;
  bandQuantity?: Decimal;
  bandSubtotal?: Decimal;
  convertedBandSubtotal?: Decimal;
}

/** A Line Item as it is embedded in a Bill. Data sets may lack any field, so readers must too. */
export interface LineItem {
  id?: string;
  lineItemType?: string;
  description?: string;
  quantity?: Decimal;
  units?: Decimal;
  unit?: string;
  /** In the Line Item's own currency. */
  subtotal?: Decimal;
  currency?: string;
  conversionRate?: Decimal;
  /** In the Bill's currency. */
  convertedSubtotal?: Decimal;
  averageUnitPrice?: Decimal;
  sequenceNumber?: number;
  segment?: Record<string, string>;
  usagePerPricingBand?: PricingBandUsage[];
  servicePeriodStartDate?: string;
  servicePeriodEndDate?: string;
  [field: string]: unknown;
}

/** A m3ter Bill; dates are YYYY-MM-DD, instants ISO 8601 in UTC, the end of the period exclusive. */
export interface Bill {
  id: string;
  version?: number;
  accountId?: string;
  accountCode?: string;
  startDate?: string;
  endDate?: string;
  billDate?: string;
  billingFrequency?: string;
  billFrequencyInterval?: number;
  currency?: string;
  status?: string;
  locked?: boolean;
  billJobId?: string;
  lastCalculatedDate?: string;
  sequentialInvoiceNumber?: string;
  billTotal?: Decimal;
  dtCreated?: string;
  dtLastModified?: string;
  lineItems?: LineItem[];
  [field: string]: unknown;
}

export interface Account {
  id: string;
  version?: number;
  name?: string;
  code?: string;
  currency?: string;
  customFields?: Record<string, string | Decimal>;
  [field: string]: unknown;
}

export interface ExternalMapping {
  id: string;
  version?: number;
  m3terEntity?: string;
  m3terId?: string;
  externalSystem?: string;
  externalTable?: string;
  externalId?: string;
  integrationConfigId?: string;
  [field: string]: unknown;
}

/** An Account that the Salesforce org holds, by API field names. */
export interface SalesforceAccount {
  Id: string;
  [field: string]: unknown;
}

/** One line of integrations.ndjson, with defaults filled in. */
export interface IntegrationSettings {
  name: string;
  accountIds: string[];
  restrictedAccountIds: string[];
  accountFilter: string;
  onlySendBillOnApproval: boolean;
  useExternalMappingAccountCode: boolean;
  excludedLineItemTypes: string[];
  sortLineItemsBy: 'NONE' | 'SUBTOTAL' | 'AGGREGATION_ID';
  triggerType: 'EVENT' | 'SCHEDULE';
}

/** What local m3ter and the local org start with. */
export interface DataSet {
  accounts: Account[];
  bills: Bill[];
  externalMappings: ExternalMapping[];
  salesforceAccounts: SalesforceAccount[];
  integrations: IntegrationSettings[];
}

/** The one integration of a data set that names none. */
export const DEFAULT_INTEGRATION: IntegrationSettings = {
  name: 'All Bills',
  accountIds: [],
  restrictedAccountIds: [],
  accountFilter: '',
  onlySendBillOnApproval: false,
  useExternalMappingAccountCode: false,
  excludedLineItemTypes: [],
  sortLineItemsBy: 'NONE',
  triggerType: 'EVENT',
};

import type Big from 'big.js';

/**
 * m3ter's resources as the agent reads them. Only `id` is promised: every other field may be missing, and enum
 * values may be unknown ones. Field lists: m3ter's OpenAPI document, schemas of the same names.
 */

/** A number as parsed by `parseExact`: never a float that lost digits. */
export type Amount = number | Big;

/** A value that m3ter may leave out or send as null. */
export type Maybe<T> = T | null | undefined;

export interface PricingBand {
  readonly pricingBandId?: Maybe<string>;
  readonly lowerLimit?: Maybe<Amount>;
  readonly fixedPrice?: Maybe<Amount>;
  readonly unitPrice?: Maybe<Amount>;
  readonly unitSubtotal?: Maybe<Amount>;
  readonly bandUnits?: Maybe<Amount>;
  readonly bandQuantity?: Maybe<Amount>;
  readonly bandSubtotal?: Maybe<Amount>;
  readonly convertedBandSubtotal?: Maybe<Amount>;
  readonly creditTypeId?: Maybe<string>;
}

export interface LineItem {
  readonly id?: Maybe<string>;
  readonly lineItemType?: Maybe<string>;
  readonly description?: Maybe<string>;
  readonly quantity?: Maybe<Amount>;
  readonly units?: Maybe<Amount>;
  readonly unit?: Maybe<string>;
  /** In the line's own currency. */
  readonly subtotal?: Maybe<Amount>;
  readonly currency?: Maybe<string>;
  readonly conversionRate?: Maybe<Amount>;
  /** In the Bill's currency. */
  readonly convertedSubtotal?: Maybe<Amount>;
  readonly averageUnitPrice?: Maybe<Amount>;
  readonly productId?: Maybe<string>;
  readonly productName?: Maybe<string>;
  readonly productCode?: Maybe<string>;
  readonly accountingProductId?: Maybe<string>;
  readonly accountingProductName?: Maybe<string>;
  readonly accountingProductCode?: Maybe<string>;
  readonly aggregationId?: Maybe<string>;
  readonly compoundAggregationId?: Maybe<string>;
  readonly meterId?: Maybe<string>;
  readonly planId?: Maybe<string>;
  readonly pricingId?: Maybe<string>;
  readonly contractId?: Maybe<string>;
  readonly commitmentId?: Maybe<string>;
  readonly balanceId?: Maybe<string>;
  readonly segment?: Maybe<Readonly<Record<string, string>>>;
  readonly childAccountCode?: Maybe<string>;
  /** The bands of a line embedded in a Bill. */
  readonly usagePerPricingBand?: Maybe<readonly PricingBand[]>;
  /** The bands of a line read from the line item endpoints. */
  readonly bandUsage?: Maybe<readonly PricingBand[]>;
  /** Inclusive instant. */
  readonly servicePeriodStartDate?: Maybe<string>;
  /** Exclusive instant. */
  readonly servicePeriodEndDate?: Maybe<string>;
}

export interface Bill {
  readonly id: string;
  readonly version?: Maybe<number>;
  readonly accountId?: Maybe<string>;
  readonly accountCode?: Maybe<string>;
  readonly startDate?: Maybe<string>;
  readonly endDate?: Maybe<string>;
  readonly billDate?: Maybe<string>;
  readonly dueDate?: Maybe<string>;
  readonly billingFrequency?: Maybe<string>;
  readonly billFrequencyInterval?: Maybe<Amount>;
  readonly timezone?: Maybe<string>;
  readonly currency?: Maybe<string>;
  readonly locked?: Maybe<boolean>;
  /** PENDING or APPROVED. */
  readonly status?: Maybe<string>;
  readonly billJobId?: Maybe<string>;
  readonly lastCalculatedDate?: Maybe<string>;
  readonly lineItems?: Maybe<readonly LineItem[]>;
  readonly purchaseOrderNumber?: Maybe<string>;
  readonly externalInvoiceReference?: Maybe<string>;
  readonly externalInvoiceDate?: Maybe<string>;
  readonly sequentialInvoiceNumber?: Maybe<string>;
  readonly billTotal?: Maybe<Amount>;
  readonly jsonStatementGenerated?: Maybe<boolean>;
  readonly csvStatementGenerated?: Maybe<boolean>;
  readonly statementStale?: Maybe<boolean>;
  readonly dtLastModified?: Maybe<string>;
}

export interface Address {
  readonly addressLine1?: Maybe<string>;
  readonly addressLine2?: Maybe<string>;
  readonly addressLine3?: Maybe<string>;
  readonly addressLine4?: Maybe<string>;
  readonly locality?: Maybe<string>;
  readonly region?: Maybe<string>;
  readonly postCode?: Maybe<string>;
  readonly country?: Maybe<string>;
}

/** Holds personal data (name, address, email): never log one. */
export interface Account {
  readonly id: string;
  readonly version?: Maybe<number>;
  readonly name?: Maybe<string>;
  readonly code?: Maybe<string>;
  readonly address?: Maybe<Address>;
  readonly currency?: Maybe<string>;
  readonly customFields?: Maybe<Readonly<Record<string, string | Amount>>>;
}

export interface ExternalMapping {
  readonly id: string;
  readonly m3terEntity?: Maybe<string>;
  readonly m3terId?: Maybe<string>;
  readonly externalSystem?: Maybe<string>;
  readonly externalTable?: Maybe<string>;
  readonly externalId?: Maybe<string>;
  readonly integrationConfigId?: Maybe<string>;
}

/** An entry of m3ter's `/events`. */
export interface M3terEvent {
  readonly id: string;
  readonly eventName?: Maybe<string>;
  readonly eventTime?: Maybe<string>;
  readonly m3terEvent?: unknown;
}

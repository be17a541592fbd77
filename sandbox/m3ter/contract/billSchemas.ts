import {
  anything,
  audit,
  date,
  flag,
  identity,
  instant,
  listOf,
  number,
  object,
  oneOf,
  same,
  text,
  whole,
} from './shapes.ts';

const texts = { type: 'object', additionalProperties: text } as const;

const band = object({
  ...same('pricingBandId creditTypeId', text),
  ...same('lowerLimit fixedPrice unitPrice unitSubtotal', number),
  ...same('bandUnits bandQuantity bandSubtotal convertedBandSubtotal', number),
});

const lineItemTypes = [
  'STANDING_CHARGE',
  'USAGE',
  'COUNTER_RUNNING_TOTAL_CHARGE',
  'COUNTER_ADJUSTMENT_DEBIT',
  'COUNTER_ADJUSTMENT_CREDIT',
  'USAGE_CREDIT',
  'MINIMUM_SPEND',
  'MINIMUM_SPEND_REFUND',
  'CREDIT_DEDUCTION',
  'MANUAL_ADJUSTMENT',
  'CREDIT_MEMO',
  'DEBIT_MEMO',
  'COMMITMENT_CONSUMED',
  'COMMITMENT_FEE',
  'OVERAGE_SURCHARGE',
  'OVERAGE_USAGE',
  'BALANCE_CONSUMED',
  'BALANCE_FEE',
  'AD_HOC',
];

const lineFields = {
  id: text,
  lineItemType: { type: 'string', enum: lineItemTypes },
  ...same('productId productName productCode', text),
  ...same('accountingProductId accountingProductName accountingProductCode', text),
  ...same(
    'aggregationId compoundAggregationId counterId chargeId meterId planId planGroupId pricingId contractId',
    text,
  ),
  ...same('commitmentId balanceId creditTypeId referencedBillId referencedLineItemId reasonId', text),
  description: { type: 'string', minLength: 1 },
  ...same('quantity units subtotal conversionRate convertedSubtotal averageUnitPrice', number),
  unit: text,
  currency: { type: 'string', minLength: 1 },
  segment: texts,
  group: texts,
  ...same('servicePeriodStartDate servicePeriodEndDate', instant),
  sequenceNumber: whole,
  additional: anything,
};
const amounts = ['averageUnitPrice', 'conversionRate', 'convertedSubtotal', 'quantity', 'subtotal', 'units'];
const lineRequired = [...amounts, 'currency', 'description', 'lineItemType', 'unit'];

/** A Line Item inside a Bill. */
export const embeddedLineItem = object(
  { ...lineFields, ...same('childAccountId childAccountCode', text), usagePerPricingBand: listOf(band) },
  lineRequired,
);

/** A Line Item of the line item calls. */
export const standaloneLineItem = object(
  { ...lineFields, ...identity, ...audit, billId: text, bandUsage: listOf(band), jsonUsageGenerated: flag },
  ['id'],
);

export const bill = object(
  {
    ...identity,
    ...audit,
    ...same('accountId accountCode timezone currency billJobId purchaseOrderNumber', text),
    ...same('externalInvoiceReference sequentialInvoiceNumber approvedBy lockedBy', text),
    ...same('startDate endDate billDate dueDate externalInvoiceDate', date),
    ...same('startDateTimeUTC endDateTimeUTC createdDate lastCalculatedDate dtApproved dtLocked', instant),
    billingFrequency: { type: 'string', enum: ['DAILY', 'WEEKLY', 'MONTHLY', 'ANNUALLY', 'AD_HOC', 'MIXED'] },
    billFrequencyInterval: whole,
    currencyConversions: listOf(object({ from: text, to: text, multiplier: number }, ['from', 'to'])),
    ...same('locked jsonStatementGenerated csvStatementGenerated statementStale', flag),
    status: { type: 'string', enum: ['PENDING', 'APPROVED'] },
    billTotal: number,
    lineItems: listOf(embeddedLineItem),
  },
  ['id'],
);

export const billJob = object(
  {
    ...identity,
    ...audit,
    ...same('lastDateInBillingPeriod billDate externalInvoiceDate dueDate', date),
    ...same('yearEpoch monthEpoch weekEpoch dayEpoch', date),
    billingFrequency: { type: 'string', enum: ['DAILY', 'WEEKLY', 'MONTHLY', 'ANNUALLY', 'AD_HOC'] },
    ...same('billFrequencyInterval total pending', whole),
    ...same('targetCurrency timezone', text),
    accountIds: listOf(text),
    billIds: listOf(text),
    status: { type: 'string', enum: ['PENDING', 'INITIALIZING', 'RUNNING', 'COMPLETE', 'CANCELLED'] },
    type: { type: 'string', enum: ['CREATE', 'RECALCULATE'] },
  },
  ['id'],
);

const memoFields = {
  ...identity,
  ...audit,
  lineItemType: { type: 'string', enum: lineItemTypes },
  ...same('productId description referencedBillId referencedLineItemId', text),
  ...same('servicePeriodStartDate servicePeriodEndDate', instant),
  amount: number,
};

export const creditLineItem = object({ ...memoFields, creditReasonId: text }, ['id', 'amount']);
export const debitLineItem = object({ ...memoFields, debitReasonId: text }, ['id', 'amount']);

const statementStatus = oneOf('LATEST STALE INVALIDATED');

export const statementJob = object(
  {
    ...identity,
    ...audit,
    statementJobStatus: oneOf('PENDING RUNNING COMPLETE CANCELLED FAILED'),
    ...same('billId orgId presignedJsonStatementUrl presignedCsvStatementUrl', text),
    includeCsvFormat: flag,
    filters: object({ meterIds: listOf(text) }),
    jsonStatementStatus: statementStatus,
    csvStatementStatus: statementStatus,
  },
  ['id'],
);

export const download = object({ downloadUrl: { type: 'string', pattern: '^https?://' } }, ['downloadUrl']);

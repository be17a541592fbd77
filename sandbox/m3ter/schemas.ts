/**
 * JSON Schemas of what local m3ter answers: the fields and types of m3ter's OpenAPI document for the entities that
 * it serves, and, stricter than that document, no field that it does not name.
 */
const text = { type: 'string' } as const;
const number = { type: 'number' } as const;
const whole = { type: 'integer' } as const;
const flag = { type: 'boolean' } as const;
const date = { type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}$' } as const;
const instant = { type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(?:\\.\\d+)?Z$' } as const;
const texts = { type: 'object', additionalProperties: text } as const;
const anything = { type: 'object' } as const;

const object = (properties: Record<string, object>, required: string[] = []) => ({
  type: 'object',
  properties,
  required,
  additionalProperties: false,
});
const listOf = (items: object) => ({ type: 'array', items });
const same = (names: string, schema: object): Record<string, object> =>
  Object.fromEntries(names.split(' ').map((name) => [name, schema]));

const identity = { id: text, version: whole };
const audit = { dtCreated: instant, dtLastModified: instant, createdBy: text, lastModifiedBy: text };

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

export const account = object(
  {
    ...identity,
    ...audit,
    ...same('name code emailAddress parentAccountId purchaseOrderNumber currency statementDefinitionId', text),
    address: object(same('addressLine1 addressLine2 addressLine3 addressLine4 locality region postCode country', text)),
    billEpoch: date,
    autoGenerateStatementMode: { type: 'string', enum: ['NONE', 'JSON', 'JSON_AND_CSV'] },
    creditApplicationOrder: listOf({ type: 'string', enum: ['PREPAYMENT', 'BALANCE'] }),
    daysBeforeBillDue: whole,
    customFields: { type: 'object', additionalProperties: { type: ['string', 'number'] } },
  },
  ['id'],
);

const mappingNames = ['externalId', 'externalSystem', 'externalTable', 'm3terEntity', 'm3terId'];
export const externalMapping = object(
  {
    ...identity,
    ...audit,
    ...same(mappingNames.join(' '), { type: 'string', minLength: 1 }),
    integrationConfigId: text,
  },
  ['id', ...mappingNames],
);

/** Local m3ter's events are all about an entity that changed. */
export const event = object(
  {
    id: text,
    eventName: text,
    eventTime: instant,
    dtActioned: instant,
    m3terEvent: object({ eventData: object({ newDto: anything, oldDto: anything }) }, ['eventData']),
  },
  ['id', 'eventName', 'eventTime', 'dtActioned', 'm3terEvent'],
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

export const pageOf = (entity: object) => object({ data: listOf(entity), nextToken: text }, ['data']);

export const token = object({ access_token: text, expires_in: whole, token_type: text, scope: text }, [
  'access_token',
  'expires_in',
]);

export const message = object({ message: text }, ['message']);

export const eventTypes = object({ events: listOf(text) }, ['events']);

export const mappingConfiguration = object(
  {
    m3terEntities: listOf(text),
    externalSystems: listOf(object({ name: text, tables: listOf(text), allowCustomExternalTables: flag }, ['name'])),
  },
  ['externalSystems', 'm3terEntities'],
);

export const notificationRule = object(
  {
    ...identity,
    ...audit,
    ...same('name code description eventName calculation', text),
    ...same('active alwaysFireEvent', flag),
  },
  ['id', 'name', 'code', 'description'],
);

export const webhook = object(
  {
    ...identity,
    ...audit,
    ...same('name code description url', text),
    active: flag,
    credentials: object(same('id type destination apiKey secret', text), ['id', 'type', 'destination']),
  },
  ['id'],
);

export const integrationConfig = object(
  {
    ...identity,
    ...audit,
    ...same('name entityType entityId destination destinationId', text),
    ...same('authorized enabled', flag),
    configData: anything,
  },
  ['id', 'entityType', 'destination'],
);

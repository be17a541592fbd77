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
    ...same('name entityType entityId destination destinationId integrationCredentialsId', text),
    ...same('authorized enabled', flag),
    configData: anything,
  },
  ['id', 'entityType', 'destination'],
);

export const integrationSystem = object(
  { ...same('identifier displayName', text), validationSupported: flag, supportedAuthTypes: listOf(text) },
  ['identifier'],
);

/** Field names with their types, by event name. */
export const eventFields = object(
  {
    events: {
      type: 'object',
      additionalProperties: {
        type: 'object',
        additionalProperties: oneOf('string double int boolean map array'),
      },
    },
  },
  ['events'],
);

export const evaluation = object({ success: flag, errorMessage: text }, ['success']);

const customFields = { type: 'object', additionalProperties: { type: ['string', 'number'] } };
export const customFieldConfig = object(
  {
    ...identity,
    ...audit,
    ...same('organization account accountPlan meter product planTemplate plan', customFields),
    ...same('aggregation compoundAggregation contract', customFields),
  },
  ['id'],
);

export const billConfig = object({ ...identity, ...audit, billLockDate: date }, ['id']);

export const organizationConfig = object(
  {
    ...identity,
    ...audit,
    ...same('timezone yearEpoch monthEpoch weekEpoch dayEpoch currency defaultStatementDefinitionId billPrefix', text),
    currencyConversions: listOf(object({ from: text, to: text, multiplier: number }, ['from', 'to'])),
    ...same('daysBeforeBillDue scheduledBillOffset autoApproveBillsGracePeriod sequenceStartNumber', whole),
    scheduledBillInterval: number,
    ...same('standingChargeBillInAdvance commitmentFeeBillInAdvance minimumSpendBillInAdvance', flag),
    ...same('suppressedEmptyBills consolidateBills allowNegativeBalances allowOverlappingPlans', flag),
    autoApproveBillsGracePeriodUnit: oneOf('MINUTES HOURS DAYS'),
    externalInvoiceDate: oneOf('LAST_DAY_OF_ARREARS FIRST_DAY_OF_NEXT_PERIOD'),
    autoGenerateStatementMode: oneOf('NONE JSON JSON_AND_CSV'),
    creditApplicationOrder: listOf(oneOf('PREPAYMENT BALANCE')),
  },
  ['id'],
);

const picklist = { ...identity, ...audit, ...same('code name', text), archived: flag };
export const reason = object(picklist, ['id']);
export const currency = object(
  {
    ...picklist,
    maxDecimalPlaces: whole,
    roundingMode: oneOf('UP DOWN CEILING FLOOR HALF_UP HALF_DOWN HALF_EVEN UNNECESSARY'),
  },
  ['id'],
);

export const externalEntity = object(same('externalId externalName', text), ['externalId']);

import type { FastifyInstance } from 'fastify';
import { parseExact } from '../../shared/exactJson.ts';
import { ApiError } from '../apiError.ts';
import type { Api } from '../app.ts';
import { changedAt } from '../audit.ts';
import { lastDay } from '../billing.ts';
import { readBill } from '../billRows.ts';
import { documentText } from '../documentText.ts';
import { settingText } from '../orgSettings.ts';
import type { SettingName } from '../orgSettings.ts';
import { date, flag, text } from '../query.ts';
import { where } from '../table.ts';
import { requireVersion } from '../versions.ts';

type Entity = Record<string, unknown>;

const version = { type: 'integer' } as const;
const whole = { type: 'integer', minimum: 0 } as const;
const anything = {};

/** Hours between scheduled calculations; fractions arrive as exact decimals, which a JSON Schema does not know. */
const INTERVALS = ['0', '0.25', '0.5', '1', '2', '3', '4', '6', '8', '12', '24'];

const organizationBody = {
  type: 'object',
  required: ['timezone', 'yearEpoch', 'monthEpoch', 'weekEpoch', 'dayEpoch', 'currency', 'daysBeforeBillDue'],
  properties: {
    version,
    ...{ timezone: text, yearEpoch: text, monthEpoch: text, weekEpoch: text, dayEpoch: text },
    ...{ currency: { type: 'string', minLength: 1 }, currencyConversions: { type: 'array' }, daysBeforeBillDue: whole },
    ...{ scheduledBillInterval: anything, scheduledBillOffset: { ...whole, maximum: 23 } },
    ...{ standingChargeBillInAdvance: flag, commitmentFeeBillInAdvance: flag, minimumSpendBillInAdvance: flag },
    autoApproveBillsGracePeriod: whole,
    autoApproveBillsGracePeriodUnit: { type: 'string', enum: ['MINUTES', 'HOURS', 'DAYS'] },
    externalInvoiceDate: { type: 'string', enum: ['LAST_DAY_OF_ARREARS', 'FIRST_DAY_OF_NEXT_PERIOD'] },
    ...{ suppressedEmptyBills: flag, consolidateBills: flag, defaultStatementDefinitionId: text },
    autoGenerateStatementMode: { type: 'string', enum: ['NONE', 'JSON', 'JSON_AND_CSV'] },
    creditApplicationOrder: { type: 'array', items: { type: 'string', enum: ['PREPAYMENT', 'BALANCE'] } },
    ...{ allowNegativeBalances: flag, allowOverlappingPlans: flag, billPrefix: text, sequenceStartNumber: whole },
  },
  additionalProperties: false,
};

const billConfigBody = {
  type: 'object',
  properties: { version, billLockDate: date },
  additionalProperties: false,
};

const KEYS = ['organization', 'account', 'accountPlan', 'meter', 'product', 'planTemplate', 'plan', 'aggregation'];
const customFieldsBody = {
  type: 'object',
  properties: {
    version,
    ...Object.fromEntries([...KEYS, 'compoundAggregation', 'contract'].map((key) => [key, { type: 'object' }])),
  },
  additionalProperties: false,
};

/**
 * What m3ter keeps once for an Organization: its billing configuration, the lock date of Bills, custom fields.
 *
 * Source: m3ter's OpenAPI document, Organization Configuration, Bill Config and Custom Field; "Approving and locking
 * Bills" (a lock date is refused while a Bill that it would lock is PENDING).
 */
export function settingRoutes(app: FastifyInstance, api: Api): void {
  settingRoute(app, api, 'organizationconfig', organizationBody, requireKnownInterval);
  settingRoute(app, api, 'billconfig', billConfigBody, ({ billLockDate }) => {
    if (typeof billLockDate === 'string') requireNoPending(api, billLockDate);
  });
  settingRoute(app, api, 'customfields', customFieldsBody, () => undefined);
}

function settingRoute(
  app: FastifyInstance,
  { store, now }: Api,
  name: SettingName,
  body: object,
  check: (body: Entity) => void,
): void {
  app.get(`/${name}`, () => settingText(store.settings, name, now()));
  app.put<{ Body: Entity }>(`/${name}`, { schema: { body } }, ({ body: given }) =>
    store.transaction(() => {
      const before = parseExact(settingText(store.settings, name, now())) as Entity;
      const next = requireVersion(given['version'] as number | undefined, before['version'] as number);
      check(given);
      const document = documentText({ ...given, id: before['id'], version: next, ...changedAt(before, now()) });
      store.settings.set(name, document);
      return document;
    }),
  );
}

function requireKnownInterval({ scheduledBillInterval: interval = 0, scheduledBillOffset: offset }: Entity): void {
  if (!INTERVALS.includes(String(interval))) {
    throw new ApiError(400, `scheduledBillInterval must be one of ${INTERVALS.join(', ')} hours.`);
  }
  if (offset !== undefined && String(interval) !== '24') {
    throw new ApiError(400, 'scheduledBillOffset goes with a scheduledBillInterval of 24 only.');
  }
}

function requireNoPending({ store }: Api, lockDate: string): void {
  const rows = store.bills.select(where('status = ?', 'PENDING'));
  const early = rows.map(readBill).find((bill) => lastDay(bill) <= lockDate);
  if (!early) return;
  throw new ApiError(400, `Bill ${early.id} ends by ${lockDate} and is PENDING. Approve it before locking it.`);
}

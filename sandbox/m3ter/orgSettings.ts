import { uuidOf } from '../data/random.ts';
import { parseExact } from '../shared/exactJson.ts';
import { createdAt } from './audit.ts';
import { documentText } from './documentText.ts';
import type { Settings } from './store.ts';

/** What m3ter keeps once for an Organization. */
export type SettingName = 'organizationconfig' | 'billconfig' | 'customfields';

/** How m3ter bills an Organization, as far as local m3ter acts on it. */
export interface OrganizationConfig {
  /** Hours between two scheduled calculations of all Bills; 0 for none. */
  scheduledBillInterval: number;
  /** The hour of the day (UTC) of a calculation that comes once a day. */
  scheduledBillOffset?: number;
  /** How long after its calculation a Bill is approved by itself; none without it. */
  autoApproveBillsGracePeriod?: number;
  autoApproveBillsGracePeriodUnit?: 'MINUTES' | 'HOURS' | 'DAYS';
  [field: string]: unknown;
}

export interface BillConfig {
  /** Bills of periods that ended by this date are locked. */
  billLockDate?: string;
}

const EPOCH = '2020-01-01';

/** What an Organization has before somebody changes it. */
const INITIAL: Record<SettingName, object> = {
  organizationconfig: {
    timezone: 'UTC',
    yearEpoch: EPOCH,
    monthEpoch: EPOCH,
    weekEpoch: EPOCH,
    dayEpoch: EPOCH,
    currency: 'USD',
    currencyConversions: [],
    daysBeforeBillDue: 30,
    scheduledBillInterval: 0,
    externalInvoiceDate: 'FIRST_DAY_OF_NEXT_PERIOD',
    suppressedEmptyBills: false,
    consolidateBills: false,
  },
  billconfig: {},
  customfields: {},
};

/** The JSON text of a setting as m3ter answers it. */
export function settingText(settings: Settings, name: SettingName, now: Date): string {
  const known = settings.get(name);
  if (known !== undefined) return known;
  const text = documentText({ id: uuidOf(name), version: 1, ...INITIAL[name], ...createdAt(now) });
  settings.set(name, text);
  return text;
}

export const organizationConfig = (settings: Settings): OrganizationConfig =>
  parseExact(settings.get('organizationconfig') ?? '{"scheduledBillInterval":0}') as OrganizationConfig;

export const billConfig = (settings: Settings): BillConfig =>
  parseExact(settings.get('billconfig') ?? '{}') as BillConfig;

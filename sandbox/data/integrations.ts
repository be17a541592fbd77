import { DEFAULT_INTEGRATION } from './model.ts';
import type { IntegrationSettings } from './model.ts';

interface Kind {
  fits(value: unknown): boolean;
  words: string;
}

const text: Kind = { fits: (value) => typeof value === 'string', words: 'a text' };
const flag: Kind = { fits: (value) => typeof value === 'boolean', words: 'true or false' };
const texts: Kind = {
  fits: (value) => Array.isArray(value) && value.every((item) => typeof item === 'string'),
  words: 'a list of texts',
};
const oneOf = (...values: string[]): Kind => ({
  fits: (value) => typeof value === 'string' && values.includes(value),
  words: `one of ${values.join(', ')}`,
});

const KINDS: Record<keyof IntegrationSettings, Kind> = {
  name: text,
  accountIds: texts,
  restrictedAccountIds: texts,
  accountFilter: text,
  onlySendBillOnApproval: flag,
  useExternalMappingAccountCode: flag,
  excludedLineItemTypes: texts,
  sortLineItemsBy: oneOf('NONE', 'SUBTOTAL', 'AGGREGATION_ID'),
  triggerType: oneOf('EVENT', 'SCHEDULE'),
};

/** Reads one line of integrations.ndjson; absent and null keys take their default, wrong ones are told by name. */
export function readIntegration(row: Record<string, unknown>): { settings: IntegrationSettings; problems: string[] } {
  const problems: string[] = [];
  const settings: Record<string, unknown> = { ...DEFAULT_INTEGRATION };
  for (const [key, value] of Object.entries(row)) {
    const kind = Object.hasOwn(KINDS, key) ? KINDS[key as keyof IntegrationSettings] : undefined;
    if (!kind) problems.push(`has the unknown key "${key}". Known keys: ${Object.keys(KINDS).join(', ')}.`);
    else if (value === null) continue;
    else if (!kind.fits(value)) problems.push(`has "${key}" that is not ${kind.words}.`);
    else settings[key] = value;
  }
  return { settings: settings as unknown as IntegrationSettings, problems };
}

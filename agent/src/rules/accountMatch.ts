import type { Bill, ExternalMapping } from '../m3ter/resources.ts';
import type { Integration } from './integration.ts';

/** The fields of a Salesforce Account by which a Bill finds it. */
export interface AccountKeys {
  readonly id: string;
  readonly m3terAccountId: string | null;
  readonly accountNumber: string | null;
}

/** Salesforce Accounts by each of their keys; keys compare without regard to case, as Salesforce compares them. */
export interface AccountLookup {
  byRecordId(recordId: string): readonly string[];
  byM3terAccountId(m3terAccountId: string): readonly string[];
  byAccountNumber(accountNumber: string): readonly string[];
}

/** To which Salesforce Account a Bill belongs. */
export type AccountMatch =
  | { readonly kind: 'matched'; readonly accountId: string }
  /** No Account holds the m3ter Account id: the Bill is sent without one and linked later. */
  | { readonly kind: 'unmatched' }
  /** External Mappings are in use and lead to no Account: the Bill waits. */
  | { readonly kind: 'missingMapping'; readonly detail: string };

export type MappingChoice =
  { readonly kind: 'chosen'; readonly externalId: string } | { readonly kind: 'none'; readonly detail: string };

const RECORD_ID = /^001[a-zA-Z0-9]{12}(?:[a-zA-Z0-9]{3})?$/;
const same = (a: string | null | undefined, b: string): boolean => a?.toLowerCase() === b.toLowerCase();

/** Whether an external id can be the record id of an Account (15 or 18 characters). */
export function isAccountRecordId(externalId: string): boolean {
  return RECORD_ID.test(externalId);
}

/** Indexes the Accounts that were read for a set of Bills. */
export function accountLookup(accounts: Iterable<AccountKeys>): AccountLookup {
  const recordIds = new Map<string, string[]>();
  const m3terIds = new Map<string, string[]>();
  const numbers = new Map<string, string[]>();
  const add = (index: Map<string, string[]>, key: string | null, id: string) => {
    if (key) index.set(key, [...(index.get(key) ?? []), id]);
  };
  for (const account of accounts) {
    // The first 15 characters are the record id, case and all; the other three only repeat its case.
    add(recordIds, account.id.slice(0, 15), account.id);
    add(m3terIds, account.m3terAccountId?.toLowerCase() ?? null, account.id);
    add(numbers, account.accountNumber?.toLowerCase() ?? null, account.id);
  }
  return {
    byRecordId: (id) => recordIds.get(id.slice(0, 15)) ?? [],
    byM3terAccountId: (id) => m3terIds.get(id.toLowerCase()) ?? [],
    byAccountNumber: (accountNumber) => numbers.get(accountNumber.toLowerCase()) ?? [],
  };
}

/**
 * The External Mapping of a m3ter Account for Salesforce's Accounts. Of several, the one tied to this integration
 * counts, else the one tied to none, never one tied to another integration; when that leaves more than one external
 * id, none is chosen.
 */
export function chooseMapping(
  m3terAccountId: string,
  mappings: readonly ExternalMapping[],
  integrationId: string,
): MappingChoice {
  const candidates = mappings.filter(
    (mapping) =>
      mapping.m3terId === m3terAccountId &&
      same(mapping.m3terEntity, 'Account') &&
      same(mapping.externalSystem, 'Salesforce') &&
      same(mapping.externalTable, 'Account'),
  );
  const ofIntegration = candidates.filter((mapping) => mapping.integrationConfigId === integrationId);
  const ofNone = candidates.filter((mapping) => !mapping.integrationConfigId);
  const narrowed = ofIntegration.length > 0 ? ofIntegration : ofNone;
  const externalIds = new Set(narrowed.map((mapping) => mapping.externalId?.trim() ?? '').filter((id) => id !== ''));
  const [externalId] = externalIds;
  if (externalId !== undefined && externalIds.size === 1) return { kind: 'chosen', externalId };
  const missing =
    narrowed.length === 0 && candidates.length > 0
      ? 'only has External Mappings that are tied to other integrations. Create one for this integration in m3ter'
      : 'has no External Mapping for system Salesforce, table Account. Create one in m3ter';
  const why =
    externalIds.size === 0
      ? missing
      : `has ${externalIds.size} External Mappings for Salesforce that contradict each other. Keep one of them in m3ter`;
  return { kind: 'none', detail: `m3ter Account ${m3terAccountId} ${why}; the Bill is sent then.` };
}

/**
 * The Salesforce Account of a Bill (design section 5). Without External Mappings it is the Account that holds the
 * m3ter Account id; with them, the Account whose record id or Account number is the mapping's external id.
 */
export function matchAccount(
  bill: Bill,
  integration: Pick<Integration, 'id' | 'useExternalMappingAccountCode'>,
  mappings: readonly ExternalMapping[],
  lookup: AccountLookup,
): AccountMatch {
  const m3terAccountId = bill.accountId ?? '';
  if (!integration.useExternalMappingAccountCode) {
    const [accountId] = lookup.byM3terAccountId(m3terAccountId);
    return accountId === undefined ? { kind: 'unmatched' } : { kind: 'matched', accountId };
  }
  if (m3terAccountId === '')
    return { kind: 'missingMapping', detail: `Bill ${bill.id} names no m3ter Account. Check the Bill in m3ter.` };
  const choice = chooseMapping(m3terAccountId, mappings, integration.id);
  return choice.kind === 'none'
    ? { kind: 'missingMapping', detail: choice.detail }
    : matchExternalId(m3terAccountId, choice.externalId, lookup);
}

function matchExternalId(m3terAccountId: string, externalId: string, lookup: AccountLookup): AccountMatch {
  const byId = isAccountRecordId(externalId) ? lookup.byRecordId(externalId) : [];
  const found = byId.length > 0 ? byId : lookup.byAccountNumber(externalId);
  const [accountId] = found;
  if (accountId !== undefined && found.length === 1) return { kind: 'matched', accountId };
  const why =
    found.length === 0
      ? `no Account in Salesforce has this record id or Account number. Correct the mapping or create the Account`
      : `${found.length} Accounts in Salesforce have this Account number. Map to a record id instead`;
  const detail = `The External Mapping of m3ter Account ${m3terAccountId} names ${externalId}, but ${why}.`;
  return { kind: 'missingMapping', detail };
}

import type { M3terClient } from '../../m3ter/client.ts';
import type { Account, Bill, ExternalMapping } from '../../m3ter/resources.ts';
import {
  accountLookup,
  chooseMapping,
  isAccountRecordId,
  matchAccount,
  type AccountKeys,
  type AccountMatch,
} from '../../rules/accountMatch.ts';
import type { Integration } from '../../rules/integration.ts';
import type { Wanted } from '../../salesforce/orgReader.ts';

/** Accounts that are kept; Bills of one Account mostly come near each other. */
const MOST_KNOWN = 10_000;

/** m3ter Accounts, each read once in a sweep, or a little more often where there are very many. */
export class M3terAccounts {
  private readonly m3ter: M3terClient;
  private readonly known = new Map<string, Account | undefined>();

  constructor(m3ter: M3terClient) {
    this.m3ter = m3ter;
  }

  /** Reads the Accounts of these Bills that are not known yet. `of` may know none but these afterwards. */
  async load(bills: readonly Bill[]): Promise<void> {
    if (this.known.size > MOST_KNOWN) this.known.clear();
    const missing = accountIdsOf(bills).filter((id) => !this.known.has(id));
    const accounts = await this.m3ter.getAccounts(missing);
    for (const id of missing) this.known.set(id, undefined);
    for (const account of accounts) this.known.set(account.id, account);
  }

  of(bill: Bill): Account | undefined {
    return this.known.get(bill.accountId ?? '');
  }
}

/** To which Salesforce Accounts Bills belong, by the integration's way to tell; each is looked up once in a sweep. */
export class AccountMatcher {
  private readonly integration: Integration;
  private readonly m3ter: M3terClient;
  private readonly asked = new Set<string>();
  private readonly mappings = new Map<string, ExternalMapping[]>();
  private readonly accounts = new Map<string, AccountKeys>();

  constructor(integration: Integration, m3ter: M3terClient) {
    this.integration = integration;
    this.m3ter = m3ter;
  }

  /** What has to be looked up in the org before `match` can tell for these Bills. */
  async wantedFor(bills: readonly Bill[]): Promise<Wanted> {
    const ids = accountIdsOf(bills).filter((id) => !this.asked.has(id));
    if (!this.integration.useExternalMappingAccountCode) return { m3terAccountIds: ids };
    for (const mapping of await this.m3ter.listExternalMappings({ m3terIds: ids })) {
      const id = mapping.m3terId ?? '';
      this.mappings.set(id, [...(this.mappings.get(id) ?? []), mapping]);
    }
    const externalIds = ids.flatMap((id) => {
      const choice = chooseMapping(id, this.mappings.get(id) ?? [], this.integration.id);
      return choice.kind === 'chosen' ? [choice.externalId] : [];
    });
    return { accountRecordIds: externalIds.filter(isAccountRecordId), accountNumbers: externalIds };
  }

  /** Takes in what was found for these Bills. */
  learn(bills: readonly Bill[], accounts: readonly AccountKeys[]): void {
    for (const id of accountIdsOf(bills)) this.asked.add(id);
    for (const account of accounts) this.accounts.set(account.id, account);
  }

  /** A function that matches Bills for which `learn` was called. */
  matcher(): (bill: Bill) => AccountMatch {
    const lookup = accountLookup(this.accounts.values());
    return (bill) => matchAccount(bill, this.integration, this.mappings.get(bill.accountId ?? '') ?? [], lookup);
  }
}

function accountIdsOf(bills: readonly Bill[]): string[] {
  return [...new Set(bills.map(({ accountId }) => accountId ?? '').filter((id) => id !== ''))];
}

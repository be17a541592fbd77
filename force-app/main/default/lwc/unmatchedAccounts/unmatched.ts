import { REASONS, suggestionsFor } from 'c/accountsByCode';
import type { AccountsData, Suggestion } from 'c/accountsByCode';
import { nodes } from 'c/connection';
import type { UnmatchedData } from './unmatchedQuery';

/** A m3ter account whose Bills have no Account here. */
export interface UnmatchedAccount {
  m3terAccountId: string;
  code: string | null;
  /** As m3ter has it; null until the agent has told it. */
  name: string | null;
  bills: number;
  suggestions: Suggestion[];
}

/** What the agent answers to a request of type SUGGEST_ACCOUNTS. */
export interface AgentSuggestions {
  unmatched: Array<{
    m3terAccountId: string;
    name: string | null;
    suggestions: Array<{ accountId: string; name: string; because: string }>;
  }>;
}

/** The m3ter accounts of the Bills, those with most Bills first. */
export function unmatchedAccounts(data: UnmatchedData): UnmatchedAccount[] {
  const found = new Map<string, UnmatchedAccount>();
  for (const { accountId, code } of nodes(data.uiapi.query.bills)) {
    const m3terAccountId = accountId.value ?? '';
    const known = found.get(m3terAccountId);
    if (known) known.bills += 1;
    else found.set(m3terAccountId, { m3terAccountId, code: code.value, name: null, bills: 1, suggestions: [] });
  }
  return [...found.values()].sort((a, b) => b.bills - a.bills);
}

/** The accounts with what this org and the agent suggest, each Account once. */
export function withSuggestions(
  accounts: readonly UnmatchedAccount[],
  codes: AccountsData | undefined,
  agent: AgentSuggestions | undefined,
): UnmatchedAccount[] {
  return accounts.map((account) => {
    const { m3terAccountId, code } = account;
    const told = agent?.unmatched.find((each) => each.m3terAccountId === m3terAccountId);
    const own = codes ? suggestionsFor(codes, m3terAccountId, code) : [];
    const others = (told?.suggestions ?? [])
      .filter(({ accountId }) => own.every((each) => each.accountId !== accountId))
      .map(({ accountId, name, because }) => ({ accountId, name, because: REASONS[because] ?? because }));
    return { ...account, name: told?.name ?? null, suggestions: [...own, ...others] };
  });
}

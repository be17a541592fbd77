import { LightningElement, wire } from 'lwc';
import { graphql } from 'lightning/graphql';
import type { GraphQLResult } from 'lightning/graphql';
import { ShowToastEvent } from 'lightning/platformShowToastEvent';
import { ACCOUNTS_QUERY, withCodes, withM3terId } from 'c/accountsByCode';
import type { AccountsData } from 'c/accountsByCode';
import { linkAccount } from 'c/changes';
import { reduceErrors } from 'c/errors';
import { format } from 'c/format';
import { formatCount } from 'c/money';
import { poll } from 'c/polling';
import type { Stop } from 'c/polling';
import { ACCOUNT_NAMES_QUERY, namedRecords } from 'c/recordNames';
import type { NamesData } from 'c/recordNames';
import { askAgent } from 'c/requests';
import type { Answered } from 'c/requests';
import { LABELS } from './labels';
import { unmatchedAccounts, withSuggestions } from './unmatched';
import type { AgentSuggestions, UnmatchedAccount } from './unmatched';
import { UNMATCHED_QUERY } from './unmatchedQuery';
import type { UnmatchedData } from './unmatchedQuery';

const POLL_MS = 15_000;
const MOST_BILLS = 500;

/** m3ter accounts whose Bills have no Account here, each with the Accounts that it may be, to link with one click. */
export default class UnmatchedAccounts extends LightningElement {
  labels = LABELS;
  query = UNMATCHED_QUERY;
  variables = { most: MOST_BILLS };
  errors: unknown;
  problem = '';
  private accounts: UnmatchedAccount[] | undefined;
  private read = 0;
  private total = 0;
  private codes: AccountsData | undefined;
  private agent: AgentSuggestions | undefined;
  /** m3ter Account Ids that were linked here, until the agent has filled their Bills. */
  private linked: readonly string[] = [];
  private picked: { m3terAccountId: string; recordId: string } | undefined;
  private refreshData: (() => Promise<void>) | undefined;
  private stopPolling: Stop | undefined;

  @wire(graphql, { query: '$query', variables: '$variables' })
  wiredBills({ data, errors, refresh }: GraphQLResult<UnmatchedData>): void {
    if (!data && !errors) return;
    this.refreshData = refresh;
    this.errors = errors;
    if (!data || errors) return;
    const { bills } = data.uiapi.query;
    this.accounts = unmatchedAccounts(data);
    this.read = bills.edges.length;
    this.total = bills.totalCount;
  }

  @wire(graphql, { query: '$codesQuery', variables: '$codesVariables' })
  wiredCodes({ data }: GraphQLResult<AccountsData>): void {
    if (data) this.codes = data;
  }

  @wire(graphql, { query: '$pickedQuery', variables: '$pickedVariables' })
  async wiredPicked({ data }: GraphQLResult<NamesData>): Promise<void> {
    const [record] = data ? namedRecords(data) : [];
    const { picked } = this;
    if (!picked || record?.recordId !== picked.recordId) return;
    this.picked = undefined;
    if (record.id) this.problem = format(LABELS.taken, record.name, record.id);
    else await this.link(picked.m3terAccountId, picked.recordId, record.name);
  }

  override connectedCallback(): void {
    this.stopPolling = poll(() => this.refreshData?.(), POLL_MS);
  }
  override disconnectedCallback(): void {
    this.stopPolling?.();
  }

  get isLoading(): boolean {
    return !this.accounts && !this.errors;
  }
  get shown(): UnmatchedAccount[] {
    if (this.errors) return [];
    const open = (this.accounts ?? []).filter(({ m3terAccountId }) => !this.linked.includes(m3terAccountId));
    return withSuggestions(open, this.codes, this.agent);
  }
  get rows() {
    return this.shown.map((account) => {
      const { m3terAccountId, name, code, bills } = account;
      const title = name ?? code ?? m3terAccountId;
      return {
        ...account,
        title,
        detail: [name && code, m3terAccountId === title ? '' : m3terAccountId].filter(Boolean).join(' · '),
        billsText: format(LABELS.bills, formatCount(bills)),
        noneSuggested: this.agent !== undefined && account.suggestions.length === 0,
        otherLabel: format(LABELS.other, title),
        suggestions: account.suggestions.map((each) => ({ ...each, linkLabel: format(LABELS.link, each.name) })),
      };
    });
  }
  get hasRows(): boolean {
    return this.rows.length > 0;
  }
  get isEmpty(): boolean {
    return !this.errors && this.accounts !== undefined && !this.hasRows;
  }
  get cut(): string {
    return this.total > this.read ? format(LABELS.more, formatCount(this.read), formatCount(this.total)) : '';
  }
  get codesQuery(): unknown {
    return this.codesWanted.length > 0 ? ACCOUNTS_QUERY : undefined;
  }
  get codesVariables() {
    return { fitting: { and: [withM3terId(null), withCodes(this.codesWanted)] } };
  }
  get pickedQuery(): unknown {
    return this.picked ? ACCOUNT_NAMES_QUERY : undefined;
  }
  get pickedVariables() {
    return { where: { Id: { eq: this.picked?.recordId } } };
  }

  async handleRefresh(): Promise<void> {
    await this.refreshData?.();
  }

  handleSuggest(): void {
    askAgent(this.template, { type: 'SUGGEST_ACCOUNTS' });
  }

  handleAnswered({ detail }: CustomEvent<Answered>): void {
    if (detail.isDone) this.agent = detail.data as AgentSuggestions;
  }

  async handleLink(event: Event): Promise<void> {
    const { m3ter = '', account = '', name = '' } = (event.currentTarget as HTMLElement).dataset;
    await this.link(m3ter, account, name);
  }

  handlePick(event: CustomEvent<{ recordId: string | null }>): void {
    const { m3ter = '' } = (event.currentTarget as HTMLElement).dataset;
    const { recordId } = event.detail;
    this.problem = '';
    this.picked = recordId ? { m3terAccountId: m3ter, recordId } : undefined;
  }

  private get codesWanted(): string[] {
    return (this.accounts ?? []).flatMap(({ code }) => code ?? []);
  }

  private async link(m3terAccountId: string, accountId: string, name: string): Promise<void> {
    const code = this.accounts?.find((each) => each.m3terAccountId === m3terAccountId)?.code ?? null;
    try {
      await linkAccount(accountId, m3terAccountId, code);
      this.linked = [...this.linked, m3terAccountId];
      this.dispatchEvent(new ShowToastEvent({ title: format(LABELS.linked, name), variant: 'success' }));
      // Its button is gone: focus goes to the list, not to the top of the page.
      this.template?.querySelector<HTMLElement>('.list')?.focus();
    } catch (error) {
      const message = reduceErrors(error).join(' ');
      this.dispatchEvent(new ShowToastEvent({ title: LABELS.linkFailed, message, variant: 'error' }));
    }
  }
}

import { LightningElement, api, wire } from 'lwc';
import { graphql } from 'lightning/graphql';
import type { GraphQLResult } from 'lightning/graphql';
import { NavigationMixin } from 'lightning/navigation';
import { nodes } from 'c/connection';
import { accountPage } from 'c/pageReferences';
import { billFacts } from './billFacts';
import type { BillData, BillFacts } from './billFacts';
import { BILL_QUERY } from './billQuery';
import { LABELS } from './labels';

interface Fact {
  name: string;
  text: string;
}
type Refreshable = HTMLElement & { refresh(): Promise<void> };

/** One Bill: its facts, what a person should know about it, whether its totals agree, and its Line Items. */
export default class BillDetails extends NavigationMixin(LightningElement) {
  /** The Bill. */
  @api recordId: string | undefined;

  labels = LABELS;
  facts: BillFacts | undefined;
  errors: unknown;
  isLoading = true;
  isMissing = false;
  accountUrl: string | undefined;
  /** The last attempt to send it failed, or waits. */
  private isUnsent = false;
  private refreshData: (() => Promise<void>) | undefined;

  @wire(graphql, { query: '$query', variables: '$variables' })
  wiredBill({ data, errors, refresh }: GraphQLResult<BillData>): void {
    if (!data && !errors) return;
    this.refreshData = refresh;
    this.isLoading = false;
    this.errors = errors;
    if (data && !errors) this.showBill(data);
  }

  /** Undefined, so that nothing is asked, until the record is known. */
  get query(): unknown {
    return this.recordId ? BILL_QUERY : undefined;
  }

  get variables(): Record<string, unknown> {
    return { recordId: this.recordId };
  }

  get shown(): BillFacts | undefined {
    return this.errors ? undefined : this.facts;
  }

  get list(): Fact[] {
    const { facts } = this;
    if (!facts) return [];
    const all = [
      { name: LABELS.period, text: facts.period },
      { name: LABELS.due, text: facts.due },
      { name: LABELS.purchaseOrder, text: facts.purchaseOrder },
      { name: LABELS.invoiceDate, text: facts.invoiceDate },
      { name: LABELS.invoiceReference, text: facts.invoiceReference },
      { name: LABELS.statement, text: facts.statement || LABELS.statementNone },
    ];
    return all.map(({ name, text }) => ({ name, text: text || LABELS.none }));
  }

  private get isInStep(): boolean {
    return this.facts?.inStep === true && !this.isUnsent;
  }

  get syncIcon(): string {
    return this.isInStep ? 'utility:success' : 'utility:warning';
  }

  get syncVariant(): string {
    return this.isInStep ? 'success' : 'warning';
  }

  get syncText(): string {
    return this.isInStep ? LABELS.inStep : LABELS.notInStep;
  }

  get agreementIcon(): string {
    return this.facts?.agreement?.agrees ? 'utility:success' : 'utility:warning';
  }

  get agreementVariant(): string {
    return this.facts?.agreement?.agrees ? 'success' : 'warning';
  }

  handleAccount(event: Event): void {
    event.preventDefault();
    const accountId = this.facts?.accountId;
    if (accountId) this[NavigationMixin.Navigate](accountPage(accountId));
  }

  handleLastRun({ detail: isUnsent }: CustomEvent<boolean>): void {
    this.isUnsent = isUnsent;
  }

  async handleRefresh(): Promise<void> {
    this.isLoading = true;
    try {
      const parts = this.template?.querySelectorAll<Refreshable>('c-bill-last-run, c-bill-line-items') ?? [];
      await Promise.all([this.refreshData?.(), ...[...parts].map((part) => part.refresh())]);
    } catch (error) {
      this.errors = error;
    } finally {
      this.isLoading = false;
    }
  }

  private showBill(data: BillData): void {
    const [node] = nodes(data.uiapi.query.bills);
    this.isMissing = node === undefined;
    this.facts = node && billFacts(node);
    if (!this.facts?.accountId) return;
    this.addAccountUrl(this.facts.accountId).catch((error: unknown) => {
      this.errors = error;
    });
  }

  private async addAccountUrl(accountId: string): Promise<void> {
    this.accountUrl = await this[NavigationMixin.GenerateUrl](accountPage(accountId));
  }
}

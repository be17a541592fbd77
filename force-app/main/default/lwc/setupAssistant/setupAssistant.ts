import { LightningElement, wire } from 'lwc';
import { NavigationMixin } from 'lightning/navigation';
import { graphql } from 'lightning/graphql';
import type { GraphQLResult } from 'lightning/graphql';
import CreateIntegration from 'c/createIntegration';
import { format } from 'c/format';
import { openDialog } from 'c/openDialog';
import { integrationPage } from 'c/pageReferences';
import { poll } from 'c/polling';
import type { Stop } from 'c/polling';
import { askAgent } from 'c/requests';
import type { RequestType } from 'c/requests';
import { LABELS } from './labels';
import { SETUP_QUERY } from './setupQuery';
import type { SetupData } from './setupQuery';
import { setupState } from './setupSteps';
import type { SetupState } from './setupSteps';

const POLL_MS = 5_000;

/** From an empty org to the first Bill: steps that check themselves, each with the one thing to do. */
export default class SetupAssistant extends NavigationMixin(LightningElement) {
  labels = LABELS;
  query = SETUP_QUERY;
  setup: SetupState | undefined;
  errors: unknown;
  isCardPlaced = false;
  private refreshData: (() => Promise<void>) | undefined;
  private stopPolling: Stop | undefined;

  @wire(graphql, { query: '$query' })
  wiredSetup({ data, errors, refresh }: GraphQLResult<SetupData>): void {
    if (!data && !errors) return;
    this.refreshData = refresh;
    this.errors = errors;
    if (data && !errors) this.setup = setupState(data, new Date());
  }

  override connectedCallback(): void {
    this.stopPolling = poll(() => this.refreshData?.(), POLL_MS);
  }
  override disconnectedCallback(): void {
    this.stopPolling?.();
  }

  get isLoading(): boolean {
    return !this.setup && !this.errors;
  }
  get shown(): SetupState | undefined {
    return this.errors ? undefined : this.setup;
  }
  get progress(): string {
    const steps = this.setup?.steps ?? [];
    const done = steps.filter(({ isDone }) => isDone).length + Number(this.isCardPlaced);
    return format(LABELS.progress, String(done), String(steps.length + 1));
  }

  async handleRefresh(): Promise<void> {
    await this.refreshData?.();
  }

  async handleAction(event: Event): Promise<void> {
    const { name } = (event.currentTarget as HTMLElement).dataset;
    const step = this.setup?.steps.find((each) => each.name === name);
    if (step?.isCreate) await this.create();
    else if (step?.page) this[NavigationMixin.Navigate](step.page);
    else if (step?.request) this.ask(step.request);
  }

  handleCard(event: CustomEvent<{ checked: boolean }>): void {
    this.isCardPlaced = event.detail.checked;
  }

  private ask(type: RequestType): void {
    const { integrationId, credentialId } = this.setup ?? {};
    askAgent(this.template, type === 'TEST_CREDENTIAL' ? { type, credentialId } : { type, integrationId });
  }

  private async create(): Promise<void> {
    const id = await openDialog<string>(CreateIntegration, { size: 'large', label: LABELS.create });
    if (id) this[NavigationMixin.Navigate](integrationPage(id));
  }
}

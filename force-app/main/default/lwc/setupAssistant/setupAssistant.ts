import { LightningElement, wire } from 'lwc';
import { NavigationMixin } from 'lightning/navigation';
import { graphql } from 'lightning/graphql';
import type { GraphQLResult } from 'lightning/graphql';
import { isCardShown } from 'c/cardPlacement';
import CreateIntegration from 'c/createIntegration';
import type { DryRun } from 'c/dryRunPreview';
import { format } from 'c/format';
import { openDialog } from 'c/openDialog';
import { poll } from 'c/polling';
import type { Stop } from 'c/polling';
import { askAgent } from 'c/requests';
import type { Answered, RequestType } from 'c/requests';
import { LABELS } from './labels';
import { SETUP_QUERY, SETUP_VARIABLES } from './setupQuery';
import type { SetupData } from './setupQuery';
import { setupState } from './setupSteps';
import type { SetupState } from './setupSteps';

const POLL_MS = 5_000;

/**
 * From an empty org to the first Bill: steps that check themselves, each with the one thing to do. Fires `created` with
 * the record id of an integration that was created.
 */
export default class SetupAssistant extends NavigationMixin(LightningElement) {
  labels = LABELS;
  query = SETUP_QUERY;
  variables = SETUP_VARIABLES;
  setup: SetupState | undefined;
  errors: unknown;
  /** What the agent last said that a sync would do. */
  dryRun: DryRun | undefined;
  private refreshData: (() => Promise<void>) | undefined;
  private stopPolling: Stop | undefined;

  @wire(graphql, { query: '$query', variables: '$variables' })
  wiredSetup({ data, errors, refresh }: GraphQLResult<SetupData>): void {
    if (!data && !errors) return;
    this.refreshData = refresh;
    this.errors = errors;
    if (data && !errors) this.setup = setupState(data, isCardShown(), new Date());
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
    const done = steps.filter(({ isDone }) => isDone).length;
    return format(LABELS.progress, String(done), String(steps.length));
  }

  async handleRefresh(): Promise<void> {
    await this.refreshData?.();
  }

  async handleAction(event: Event): Promise<void> {
    const { name } = (event.currentTarget as HTMLElement).dataset;
    const action = this.setup?.steps.find((each) => each.name === name)?.action;
    switch (action?.kind) {
      case 'ask':
        this.ask(action.request);
        break;
      case 'open':
        this[NavigationMixin.Navigate](action.page);
        break;
      case 'create':
        await this.create();
        break;
      default:
        await this.refreshData?.();
    }
  }

  async handleAnswered({ detail }: CustomEvent<Answered>): Promise<void> {
    this.dryRun = detail.type === 'DRY_RUN' && detail.isDone ? (detail.data as DryRun) : undefined;
    await this.refreshData?.();
  }

  private ask(type: RequestType): void {
    const { integrationId, credentialId } = this.setup ?? {};
    askAgent(this.template, type === 'TEST_CREDENTIAL' ? { type, credentialId } : { type, integrationId });
  }

  private async create(): Promise<void> {
    const id = await openDialog<string>(CreateIntegration, { size: 'large', label: LABELS.create });
    if (id) this.dispatchEvent(new CustomEvent('created', { detail: id }));
    await this.refreshData?.();
  }
}

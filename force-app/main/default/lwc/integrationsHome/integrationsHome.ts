import { LightningElement, wire } from 'lwc';
import { graphql } from 'lightning/graphql';
import type { GraphQLResult } from 'lightning/graphql';
import { NavigationMixin } from 'lightning/navigation';
import { ShowToastEvent } from 'lightning/platformShowToastEvent';
import { disableIntegration } from 'c/changes';
import CreateIntegration from 'c/createIntegration';
import { formatRelative } from 'c/dates';
import DisableDialog from 'c/disableDialog';
import { reduceErrors } from 'c/errors';
import { format } from 'c/format';
import { healthOf, lastSignOfLife } from 'c/integrationHealth';
import { formatCount } from 'c/money';
import { openDialog } from 'c/openDialog';
import { integrationPage, runsPage } from 'c/pageReferences';
import { poll } from 'c/polling';
import type { Stop } from 'c/polling';
import { askAgent } from 'c/requests';
import { HOME_QUERY } from './homeQuery';
import { toHomeView } from './homeData';
import type { HomeData, HomeView } from './homeData';
import { HEALTH_WORDS } from './healthWords';
import { LABELS } from './labels';

const POLL_MS = 5_000;

/** The Integrations page: is it working, what needs somebody, and what happened lately. Follows what happens. */
export default class IntegrationsHome extends NavigationMixin(LightningElement) {
  view: HomeView | undefined;
  errors: unknown;
  query = HOME_QUERY;
  labels = LABELS;
  runsPage = runsPage();
  isSetupOpen = false;
  isUnmatchedOpen = false;
  private refreshData: (() => Promise<void>) | undefined;
  private stopPolling: Stop | undefined;

  @wire(graphql, { query: '$query' })
  wiredHome({ data, errors, refresh }: GraphQLResult<HomeData>): void {
    if (!data && !errors) return;
    this.refreshData = refresh;
    this.errors = errors;
    if (data && !errors) this.view = toHomeView(data);
  }

  override connectedCallback(): void {
    this.stopPolling = poll(() => this.refreshData?.(), POLL_MS);
  }
  override disconnectedCallback(): void {
    this.stopPolling?.();
  }

  get hasErrors(): boolean {
    return this.errors !== undefined;
  }
  get isLoading(): boolean {
    return this.view === undefined && !this.hasErrors;
  }
  get shown(): HomeView | undefined {
    return this.hasErrors ? undefined : this.view;
  }
  get isSetUp(): boolean {
    return (this.shown?.integrations.length ?? 0) > 0;
  }
  get hasRuns(): boolean {
    return (this.shown?.runs.length ?? 0) > 0;
  }
  get health() {
    const view = this.shown;
    if (!view) return undefined;
    const now = new Date();
    const sign = lastSignOfLife(view.integrations, view.agent?.lastSeen ?? null);
    const things = view.eventCount + Number(view.unmatchedBills > 0);
    const { text, icon, variant } = HEALTH_WORDS[healthOf(view.integrations, things, sign, now)];
    const seen = sign ? formatRelative(sign, now) : LABELS.never;
    return { text: format(text, formatCount(view.completeBills), formatCount(things), seen), icon, variant };
  }
  get hasUnmatched(): boolean {
    return (this.shown?.unmatchedBills ?? 0) > 0;
  }
  get unmatchedText(): string {
    return format(LABELS.unmatched, formatCount(this.shown?.unmatchedBills ?? 0));
  }
  /** Until the first Bill is here the steps come by themselves; later somebody may look at them again. */
  get isSetupShown(): boolean {
    if (!this.shown) return false;
    return !this.canToggleSetup || this.isSetupOpen;
  }
  get canToggleSetup(): boolean {
    return this.isSetUp && (this.shown?.completeBills ?? 0) > 0;
  }

  async handleRefresh(): Promise<void> {
    await this.refreshData?.();
  }

  handleUnmatched(event: Event): void {
    this.isUnmatchedOpen = (event.currentTarget as HTMLDetailsElement).open;
  }

  handleSetup(): void {
    this.isSetupOpen = !this.isSetupOpen;
  }

  async handleCreate(): Promise<void> {
    const id = await openDialog<string>(CreateIntegration, { size: 'large', label: LABELS.create });
    if (id) this[NavigationMixin.Navigate](integrationPage(id));
  }

  handleSyncNow(event: CustomEvent<string>): void {
    askAgent(this.template, { type: 'SYNC_NOW', integrationId: event.detail });
  }

  handleEnable(event: CustomEvent<string>): void {
    askAgent(this.template, { type: 'ENABLE_INTEGRATION', integrationId: event.detail });
  }

  async handleDisable(event: CustomEvent<string>): Promise<void> {
    const id = event.detail;
    const name = this.view?.integrations.find((integration) => integration.id === id)?.name ?? '';
    const reason = await openDialog<string>(DisableDialog, { size: 'small', label: format(LABELS.disableTitle, name) });
    if (reason === undefined) return;
    try {
      await disableIntegration(id, reason);
      this.dispatchEvent(new ShowToastEvent({ title: format(LABELS.disabledDone, name), variant: 'success' }));
      await this.refreshData?.();
    } catch (error) {
      const message = reduceErrors(error).join(' ');
      this.dispatchEvent(new ShowToastEvent({ title: LABELS.changeFailed, message, variant: 'error' }));
    }
  }
}

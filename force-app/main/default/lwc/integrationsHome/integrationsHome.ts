import { LightningElement, wire } from 'lwc';
import { graphql } from 'lightning/graphql';
import type { GraphQLResult } from 'lightning/graphql';
import { format } from 'c/format';
import { healthOf } from 'c/integrationHealth';
import { HOME_QUERY } from './homeQuery';
import { toHomeView } from './homeData';
import type { HomeData, HomeView } from './homeData';
import { HEALTH_WORDS } from './healthWords';
import { LABELS } from './labels';

/** The Integrations page: is it working, what needs somebody, and what happened lately. */
export default class IntegrationsHome extends LightningElement {
  view: HomeView | undefined;
  errors: unknown;
  private refreshData: (() => Promise<void>) | undefined;
  query = HOME_QUERY;
  labels = LABELS;

  @wire(graphql, { query: '$query' })
  wiredHome({ data, errors, refresh }: GraphQLResult<HomeData>): void {
    this.refreshData = refresh;
    this.errors = errors;
    if (data && !errors) this.view = toHomeView(data);
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
  get hasEvents(): boolean {
    return (this.shown?.events.length ?? 0) > 0;
  }
  get hasRuns(): boolean {
    return (this.shown?.runs.length ?? 0) > 0;
  }
  get health() {
    const view = this.shown;
    if (!view) return undefined;
    const { text, icon, variant } = HEALTH_WORDS[healthOf(view.integrations, view.eventCount, new Date())];
    return { text: format(text, String(view.completeBills), String(view.eventCount)), icon, variant };
  }
  get unmatchedText(): string {
    const count = this.shown?.unmatchedBills ?? 0;
    return count > 0 ? format(LABELS.unmatched, String(count)) : '';
  }

  async handleRefresh(): Promise<void> {
    await this.refreshData?.();
  }
}

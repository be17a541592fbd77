import { LightningElement, wire } from 'lwc';
import { graphql } from 'lightning/graphql';
import type { GraphQLResult } from 'lightning/graphql';
import { nextCursor, nodes } from 'c/connection';
import { FIRST_PAGE, cursorOf, nextPage, offsetOf, previousPage } from 'c/cursorPages';
import { FIELDS_QUERY } from 'c/integrationFields';
import type { FieldsData } from 'c/integrationFields';
import { INTEGRATIONS_QUERY, integrationOptions } from 'c/integrationOptions';
import type { IntegrationsData, Option } from 'c/integrationOptions';
import { runListViewsPage } from 'c/pageReferences';
import { poll } from 'c/polling';
import type { Stop } from 'c/polling';
import { toRunRow } from 'c/runRows';
import type { RunRow } from 'c/runRows';
import RUN_OBJECT from '@salesforce/schema/Integration_Run__c';
import STATUS from '@salesforce/schema/Integration_Run__c.Status__c';
import TRIGGER from '@salesforce/schema/Integration_Run__c.Trigger__c';
import { LABELS } from './labels';
import { ALL_RUNS, WITH_FAILURES, runWhere } from './runFilter';
import type { RunFilter } from './runFilter';
import { RUNS_QUERY } from './runsQuery';
import type { RunsData } from './runsQuery';

const PAGE_SIZE = 25;
const POLL_MS = 10_000;
const PERIODS: Option[] = [
  { label: LABELS.allTimes, value: '' },
  { label: LABELS.lastDay, value: '1' },
  { label: LABELS.lastWeek, value: '7' },
];

/** The Runs page: every batch, by status, trigger, integration and time. */
export default class RunList extends LightningElement {
  labels = LABELS;
  periods = PERIODS;
  listViews = runListViewsPage();
  runsQuery = RUNS_QUERY;
  fieldsVariables = { apiNames: [RUN_OBJECT.objectApiName] };
  filter: RunFilter = ALL_RUNS;
  statuses: Option[] = [
    { label: LABELS.allStatuses, value: '' },
    { label: LABELS.withFailures, value: WITH_FAILURES },
  ];
  triggers: Option[] = [{ label: LABELS.allTriggers, value: '' }];
  integrations: Option[] = [{ label: LABELS.allIntegrations, value: '' }];
  runs: RunRow[] | undefined;
  errors: unknown;
  total = 0;
  private cursors = FIRST_PAGE;
  private next: string | undefined;
  private where = runWhere(ALL_RUNS, new Date());
  private refreshData: (() => Promise<void>) | undefined;
  private stopPolling: Stop | undefined;

  @wire(graphql, { query: '$runsQuery', variables: '$variables' })
  wiredRuns({ data, errors, refresh }: GraphQLResult<RunsData>): void {
    if (!data && !errors) return;
    this.refreshData = refresh;
    this.errors = errors;
    if (!data || errors) return;
    const { runs } = data.uiapi.query;
    this.runs = nodes(runs).map(toRunRow);
    this.total = runs.totalCount;
    this.next = nextCursor(runs);
  }

  @wire(graphql, { query: FIELDS_QUERY, variables: '$fieldsVariables' })
  wiredFields({ data, errors }: GraphQLResult<FieldsData>): void {
    if (!data || errors) return;
    const fields = data.uiapi.objectInfos[0]?.fields ?? [];
    const optionsOf = (apiName: string): Option[] =>
      fields.find(({ ApiName }) => ApiName === apiName)?.picklistValuesByRecordTypeIDs?.[0]?.picklistValues ?? [];
    this.statuses = [...this.statuses.slice(0, 2), ...optionsOf(STATUS.fieldApiName)];
    this.triggers = [...this.triggers.slice(0, 1), ...optionsOf(TRIGGER.fieldApiName)];
  }

  @wire(graphql, { query: INTEGRATIONS_QUERY })
  wiredIntegrations({ data }: GraphQLResult<IntegrationsData>): void {
    if (data) this.integrations = [...this.integrations.slice(0, 1), ...integrationOptions(data)];
  }

  override connectedCallback(): void {
    this.stopPolling = poll(() => this.refreshData?.(), POLL_MS);
  }
  override disconnectedCallback(): void {
    this.stopPolling?.();
  }

  get variables(): Record<string, unknown> {
    return { where: this.where, first: PAGE_SIZE, after: cursorOf(this.cursors) };
  }
  get isLoading(): boolean {
    return this.runs === undefined && !this.errors;
  }
  get hasRuns(): boolean {
    return !this.errors && this.shown > 0;
  }
  get isEmpty(): boolean {
    return !this.errors && this.runs?.length === 0;
  }
  get isFiltered(): boolean {
    return Object.values(this.filter).some((value) => value !== '');
  }
  get emptyTitle(): string {
    return this.isFiltered ? LABELS.filteredTitle : LABELS.emptyTitle;
  }
  get emptyText(): string {
    return this.isFiltered ? LABELS.filteredText : LABELS.emptyText;
  }
  get offset(): number {
    return offsetOf(this.cursors, PAGE_SIZE);
  }
  get shown(): number {
    return this.runs?.length ?? 0;
  }
  get hasNext(): boolean {
    return this.next !== undefined;
  }

  handleFilter(event: CustomEvent<{ value: string }>): void {
    const { name } = event.currentTarget as HTMLElement & { name: keyof RunFilter };
    this.show({ ...this.filter, [name]: event.detail.value });
  }
  handleClear(): void {
    this.show(ALL_RUNS);
  }
  handlePrevious(): void {
    this.cursors = previousPage(this.cursors);
  }
  handleNext(): void {
    this.cursors = nextPage(this.cursors, this.next);
  }
  async handleRefresh(): Promise<void> {
    await this.refreshData?.();
  }

  private show(filter: RunFilter): void {
    this.filter = filter;
    this.where = runWhere(filter, new Date());
    this.cursors = FIRST_PAGE;
  }
}

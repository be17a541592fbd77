import { LightningElement, wire } from 'lwc';
import { graphql } from 'lightning/graphql';
import type { GraphQLResult } from 'lightning/graphql';
import { nodes } from 'c/connection';
import { FIRST_PAGE, cursorOf, readPage } from 'c/cursorPages';
import type { Cursors, ReadPage } from 'c/cursorPages';
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
  current: ReadPage | undefined;
  runs: RunRow[] = [];
  errors: unknown;
  private cursors = FIRST_PAGE;
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
    this.current = readPage(this.cursors, PAGE_SIZE, runs);
    this.runs = nodes(runs).map(toRunRow);
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
  get isFiltered(): boolean {
    return Object.values(this.filter).some((value) => value !== '');
  }

  handleFilter(event: CustomEvent<{ value: string }>): void {
    const { name } = event.currentTarget as HTMLElement & { name: keyof RunFilter };
    this.show({ ...this.filter, [name]: event.detail.value });
  }
  handleClear(): void {
    this.show(ALL_RUNS);
  }
  handleTurn(event: CustomEvent<Cursors>): void {
    this.cursors = event.detail;
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

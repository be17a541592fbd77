import { LightningElement, wire } from 'lwc';
import { graphql } from 'lightning/graphql';
import type { GraphQLResult } from 'lightning/graphql';
import { INTEGRATIONS_QUERY, integrationOptions } from 'c/integrationOptions';
import type { IntegrationsData, Option } from 'c/integrationOptions';
import { eventListViewsPage } from 'c/pageReferences';
import { LABELS } from './labels';

const STATES: Option[] = [
  { label: LABELS.stateOpen, value: 'open' },
  { label: LABELS.stateActioned, value: 'actioned' },
  { label: LABELS.stateAll, value: 'all' },
];
const KINDS: Option[] = [
  { label: LABELS.kindAll, value: '' },
  { label: LABELS.validation, value: 'integration.validation.error' },
  { label: LABELS.missingMapping, value: 'integration.missingaccountmapping.error' },
  { label: LABELS.authentication, value: 'integration.authentication.error' },
  { label: LABELS.perform, value: 'integration.perform.error' },
  { label: LABELS.disabled, value: 'integration.disabled.error' },
];

/** The Events page: every Event, by state, kind and integration. */
export default class EventList extends LightningElement {
  labels = LABELS;
  states = STATES;
  kinds = KINDS;
  listViews = eventListViewsPage();
  filter = { state: 'open', kind: '', integrationId: '' };
  integrations: Option[] = [{ label: LABELS.integrationAll, value: '' }];

  @wire(graphql, { query: INTEGRATIONS_QUERY })
  wiredIntegrations({ data }: GraphQLResult<IntegrationsData>): void {
    if (data) this.integrations = [...this.integrations.slice(0, 1), ...integrationOptions(data)];
  }

  handleFilter(event: CustomEvent<{ value: string }>): void {
    const { name } = event.currentTarget as HTMLElement & { name: string };
    this.filter = { ...this.filter, [name]: event.detail.value };
  }
}

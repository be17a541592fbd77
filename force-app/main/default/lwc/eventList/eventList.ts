import { LightningElement, wire } from 'lwc';
import { gql, graphql } from 'lightning/graphql';
import type { GraphQLResult } from 'lightning/graphql';
import { nodes } from 'c/connection';
import type { Connection, Field } from 'c/connection';
import { LABELS } from './labels';

const INTEGRATIONS_QUERY = gql`
  query EventIntegrations {
    uiapi {
      query {
        integrations: Integration_Configuration__c(first: 200, orderBy: { Name: { order: ASC } }) {
          edges {
            node {
              Id
              Name {
                value
              }
            }
          }
        }
      }
    }
  }
`;

interface IntegrationsData {
  uiapi: { query: { integrations: Connection<{ Id: string; Name: Field<string> }> } };
}
interface Option {
  label: string;
  value: string;
}

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
  filter = { state: 'open', kind: '', integrationId: '' };
  integrations: Option[] = [{ label: LABELS.integrationAll, value: '' }];

  @wire(graphql, { query: INTEGRATIONS_QUERY })
  wiredIntegrations({ data }: GraphQLResult<IntegrationsData>): void {
    if (!data) return;
    const options = nodes(data.uiapi.query.integrations).map(({ Id, Name }) => ({
      label: Name.value ?? '',
      value: Id,
    }));
    this.integrations = [{ label: LABELS.integrationAll, value: '' }, ...options];
  }

  handleFilter(event: CustomEvent<{ value: string }>): void {
    const { name } = event.currentTarget as HTMLElement & { name: string };
    this.filter = { ...this.filter, [name]: event.detail.value };
  }
}

import { gql } from 'lightning/graphql';
import { nodes } from 'c/connection';
import type { Connection, Field } from 'c/connection';

/** Every integration by name. */
export const INTEGRATIONS_QUERY = gql`
  query IntegrationOptions {
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

/** The answer to `INTEGRATIONS_QUERY`. */
export interface IntegrationsData {
  uiapi: { query: { integrations: Connection<{ Id: string; Name: Field<string> }> } };
}

/** A choice of a combobox. */
export interface Option {
  label: string;
  value: string;
}

/** A choice for each integration, by its record id. */
export const integrationOptions = (data: IntegrationsData): Option[] =>
  nodes(data.uiapi.query.integrations).map(({ Id, Name }) => ({ label: Name.value ?? '', value: Id }));

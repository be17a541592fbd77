import { LightningElement, api, wire } from 'lwc';
import { gql, graphql } from 'lightning/graphql';
import type { GraphQLResult } from 'lightning/graphql';
import type { PageReference } from 'lightning/navigation';
import { nodes } from 'c/connection';
import type { Connection, Field } from 'c/connection';
import { integrationPage } from 'c/pageReferences';
import { askAgent } from 'c/requests';
import { LABELS } from './labels';

const USERS_QUERY = gql`
  query CredentialUsers($recordId: ID) {
    uiapi {
      query {
        integrations: Integration_Configuration__c(
          where: { Credential__c: { eq: $recordId } }
          orderBy: { Name: { order: ASC } }
          first: 50
        ) {
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
interface UsersData {
  uiapi: { query: { integrations: Connection<{ Id: string; Name: Field<string> }> } };
}

/** Tests a credential, and shows which integrations use it. */
export default class CredentialDetails extends LightningElement {
  /** The credential. */
  @api recordId: string | undefined;

  labels = LABELS;
  errors: unknown;
  isLoaded = false;
  integrations: Array<{ id: string; name: string; page: PageReference }> = [];

  @wire(graphql, { query: '$query', variables: '$variables' })
  wiredUsers({ data, errors }: GraphQLResult<UsersData>): void {
    this.errors = errors;
    if (!data || errors) return;
    this.isLoaded = true;
    this.integrations = nodes(data.uiapi.query.integrations).map(({ Id, Name }) => ({
      id: Id,
      name: Name.value ?? '',
      page: integrationPage(Id),
    }));
  }

  get query(): unknown {
    return this.recordId ? USERS_QUERY : undefined;
  }
  get variables(): Record<string, unknown> {
    return { recordId: this.recordId };
  }
  get isLoading(): boolean {
    return !this.isLoaded && !this.errors;
  }
  get isUnused(): boolean {
    return !this.errors && this.isLoaded && this.integrations.length === 0;
  }

  handleTest(): void {
    askAgent(this.template, { type: 'TEST_CREDENTIAL', credentialId: this.recordId });
  }
}

import { gql } from 'lightning/graphql';
import { choiceLabel, nodes } from 'c/connection';
import type { Choice, Connection, Field } from 'c/connection';

/** The credentials by which the agent can sign in to this org. */
export const CREDENTIALS_QUERY = gql`
  query CredentialsToChoose {
    uiapi {
      query {
        credentials: Integration_Credential__c(
          where: { Destination__c: { eq: "SALESFORCE" } }
          orderBy: { Name: { order: ASC } }
          first: 100
        ) {
          edges {
            node {
              Id
              Name {
                value
              }
              status: Status__c {
                value
                label
              }
            }
          }
        }
      }
    }
  }
`;

/** The answer to `CREDENTIALS_QUERY`. */
export interface CredentialsData {
  uiapi: { query: { credentials: Connection<{ Id: string; Name: Field<string>; status: Choice }> } };
}

/** A choice for each credential: its name and whether it works. */
export function credentialOptions(data: CredentialsData): Array<{ label: string; value: string }> {
  return nodes(data.uiapi.query.credentials).map(({ Id, Name, status }) => ({
    label: [Name.value ?? '', choiceLabel(status)].join(' · '),
    value: Id,
  }));
}

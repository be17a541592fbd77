import { gql } from 'lightning/graphql';
import type { Connection, Field } from 'c/connection';
import INTEGRATION_OBJECT from '@salesforce/schema/Integration_Configuration__c';
import REQUEST_OBJECT from '@salesforce/schema/Sync_Request__c';

/** Everything by which the steps check themselves, in one request. */
export const SETUP_QUERY = gql`
  query SetupAssistant($apiNames: [String]!) {
    uiapi {
      objectInfos(apiNames: $apiNames) {
        createable
      }
      query {
        agents: Sync_Agent__c(first: 1, orderBy: { Last_Seen__c: { order: DESC, nulls: LAST } }) {
          edges {
            node {
              Id
              lastSeen: Last_Seen__c {
                value
              }
            }
          }
        }
        credentials: Integration_Credential__c(
          first: 1
          where: { Destination__c: { eq: "SALESFORCE" } }
          orderBy: { Last_Verified__c: { order: DESC, nulls: LAST } }
        ) {
          edges {
            node {
              Id
              status: Status__c {
                value
              }
            }
          }
        }
        accounts: Account(first: 1, where: { M3ter_Account_Id__c: { ne: null } }) {
          edges {
            node {
              Id
            }
          }
          totalCount
        }
        integrations: Integration_Configuration__c(first: 1, orderBy: { CreatedDate: { order: DESC } }) {
          edges {
            node {
              Id
              enabled: Enabled__c {
                value
              }
              connectionStatus: Connection_Status__c {
                value
              }
              credentialId: Credential__c {
                value
              }
            }
          }
        }
        previews: Sync_Request__c(
          first: 1
          where: { and: [{ Status__c: { eq: "DONE" } }, { Type__c: { eq: "DRY_RUN" } }] }
        ) {
          totalCount
        }
        bills: Bill__c(first: 1, where: { Is_Complete__c: { eq: true } }) {
          totalCount
        }
      }
    }
  }
`;

/** What an Integration Admin may create. */
export const SETUP_VARIABLES = { apiNames: [INTEGRATION_OBJECT.objectApiName, REQUEST_OBJECT.objectApiName] };

interface Count {
  totalCount: number;
}

/** The answer to `SETUP_QUERY`. */
export interface SetupData {
  uiapi: {
    objectInfos: ReadonlyArray<{ createable: boolean } | null>;
    query: {
      agents: Connection<{ Id: string; lastSeen: Field<string> }>;
      credentials: Connection<{ Id: string; status: Field<string> }>;
      accounts: Count & Connection<{ Id: string }>;
      integrations: Connection<{
        Id: string;
        enabled: Field<boolean>;
        connectionStatus: Field<string>;
        credentialId: Field<string>;
      }>;
      previews: Count;
      bills: Count;
    };
  };
}

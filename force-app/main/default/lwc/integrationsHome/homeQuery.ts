import { gql } from 'lightning/graphql';

/** Everything the Integrations page shows, in one request. */
export const HOME_QUERY = gql`
  query IntegrationsHome {
    uiapi {
      query {
        configurations: Integration_Configuration__c(first: 50, orderBy: { Name: { order: ASC } }) {
          edges {
            node {
              Id
              Name {
                value
              }
              enabled: Enabled__c {
                value
              }
              triggerType: Trigger_Type__c {
                value
                label
              }
              connectionStatus: Connection_Status__c {
                value
                label
              }
              successiveErrors: Successive_Errors__c {
                value
              }
              accountFilter: Account_Filter__c {
                value
              }
              disabledReason: Disabled_Reason__c {
                value
              }
              lastCheck: Last_Check__c {
                value
              }
            }
          }
        }
        runs: Integration_Run__c(
          first: 10
          where: { Parent_Run__c: { eq: null } }
          orderBy: { Started__c: { order: DESC, nulls: LAST } }
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
              trigger: Trigger__c {
                value
                label
              }
              started: Started__c {
                value
              }
              billsSent: Bills_Sent__c {
                value
              }
              billsSkipped: Bills_Skipped__c {
                value
              }
              billsWaiting: Bills_Waiting__c {
                value
              }
              billsFailed: Bills_Failed__c {
                value
              }
              apiCalls: API_Calls__c {
                value
              }
              integration: Integration__r {
                Name {
                  value
                }
              }
            }
          }
        }
        events: Integration_Event__c(first: 1, where: { Actioned__c: { eq: false } }) {
          totalCount
        }
        agents: Sync_Agent__c(first: 1, orderBy: { Last_Seen__c: { order: DESC, nulls: LAST } }) {
          edges {
            node {
              Id
              lastSeen: Last_Seen__c {
                value
              }
              version: Version__c {
                value
              }
              queueDepth: Queue_Depth__c {
                value
              }
              callsUsed: API_Calls_Used__c {
                value
              }
              callBudget: API_Budget__c {
                value
              }
            }
          }
        }
        complete: Bill__c(first: 1, where: { Is_Complete__c: { eq: true } }) {
          totalCount
        }
        unmatched: Bill__c(first: 1, where: { Account__c: { eq: null } }) {
          totalCount
        }
      }
    }
  }
`;

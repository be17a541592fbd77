import { gql } from 'lightning/graphql';

/** Everything the Integrations page shows, in one request. */
export const HOME_QUERY = gql`
  query IntegrationsHome {
    uiapi {
      query {
        Integration_Configuration__c(first: 50, orderBy: { Name: { order: ASC } }) {
          edges {
            node {
              Id
              Name {
                value
              }
              Enabled__c {
                value
              }
              Trigger_Type__c {
                value
                label
              }
              Connection_Status__c {
                value
                label
              }
              Successive_Errors__c {
                value
              }
              Account_Filter__c {
                value
              }
              Disabled_Reason__c {
                value
              }
              Last_Check__c {
                value
              }
            }
          }
        }
        Integration_Run__c(
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
              Status__c {
                value
                label
              }
              Trigger__c {
                value
                label
              }
              Started__c {
                value
              }
              Bills_Sent__c {
                value
              }
              Bills_Skipped__c {
                value
              }
              Bills_Waiting__c {
                value
              }
              Bills_Failed__c {
                value
              }
              API_Calls__c {
                value
              }
              Integration__r {
                Name {
                  value
                }
              }
            }
          }
        }
        Integration_Event__c(
          first: 10
          where: { Actioned__c: { eq: false } }
          orderBy: { Event_Time__c: { order: DESC, nulls: LAST } }
        ) {
          edges {
            node {
              Id
              Event_Name__c {
                value
                label
              }
              Event_Time__c {
                value
              }
              Message__c {
                value
              }
              Integration__r {
                Name {
                  value
                }
              }
            }
          }
          totalCount
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

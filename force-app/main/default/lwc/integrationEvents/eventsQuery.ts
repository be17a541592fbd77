import { gql } from 'lightning/graphql';

/** A page of the Events that fit, the newest first. */
export const EVENTS_QUERY = gql`
  query IntegrationEvents($where: Integration_Event__c_Filter, $first: Int, $after: String) {
    uiapi {
      query {
        events: Integration_Event__c(
          where: $where
          orderBy: { Event_Time__c: { order: DESC, nulls: LAST }, Id: { order: DESC } }
          first: $first
          after: $after
        ) {
          edges {
            node {
              Id
              eventName: Event_Name__c {
                value
                label
              }
              eventTime: Event_Time__c {
                value
              }
              message: Message__c {
                value
              }
              actioned: Actioned__c {
                value
              }
              runId: Run__c {
                value
              }
              integrationId: Integration__c {
                value
              }
              integration: Integration__r {
                Name {
                  value
                }
              }
              m3terAccountId: M3ter_Account_Id__c {
                value
              }
              m3terAccountCode: M3ter_Account_Code__c {
                value
              }
            }
          }
          pageInfo {
            endCursor
            hasNextPage
          }
          totalCount
        }
      }
    }
  }
`;

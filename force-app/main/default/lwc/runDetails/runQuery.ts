import { gql } from 'lightning/graphql';

/** One Run, the Runs below it that failed, and its Events in the order in which they happened. */
export const RUN_QUERY = gql`
  query RunDetails($recordId: ID, $failed: [Picklist], $events: Integration_Event__c_Filter) {
    uiapi {
      query {
        runs: Integration_Run__c(where: { Id: { eq: $recordId } }, first: 1) {
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
              completed: Completed__c {
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
              parentId: Parent_Run__c {
                value
              }
              parent: Parent_Run__r {
                Name {
                  value
                }
              }
              replayedFromId: Replayed_From__c {
                value
              }
              replayedFrom: Replayed_From__r {
                Name {
                  value
                }
              }
              billId: Bill__c {
                value
              }
              bill: Bill__r {
                Name {
                  value
                }
              }
              m3terBillId: M3ter_Bill_Id__c {
                value
              }
              version: Source_Version__c {
                value
              }
              lineItems: Line_Items_Sent__c {
                value
              }
              billsRead: Bills_Read__c {
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
              skippedByReason: Skipped_By_Reason__c {
                value
              }
              apiCalls: API_Calls__c {
                value
              }
              errorCode: Error_Code__c {
                value
              }
              error: Error__c {
                value
              }
            }
          }
        }
        failures: Integration_Run__c(
          where: { and: [{ Parent_Run__c: { eq: $recordId } }, { Status__c: { in: $failed } }] }
          orderBy: { Started__c: { order: ASC, nulls: LAST }, Id: { order: ASC } }
          first: 50
        ) {
          edges {
            node {
              Id
              Name {
                value
              }
              billId: Bill__c {
                value
              }
              bill: Bill__r {
                Name {
                  value
                }
              }
              m3terBillId: M3ter_Bill_Id__c {
                value
              }
              errorCode: Error_Code__c {
                value
              }
              error: Error__c {
                value
              }
            }
          }
          totalCount
        }
        events: Integration_Event__c(
          where: $events
          orderBy: { Event_Time__c: { order: ASC, nulls: LAST }, Id: { order: ASC } }
          first: 50
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
            }
          }
        }
      }
    }
  }
`;

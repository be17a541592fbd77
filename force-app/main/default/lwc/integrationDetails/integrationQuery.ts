import { gql } from 'lightning/graphql';

/** One integration, its last batches, its newest errors, the credentials to choose from, and the agent. */
export const INTEGRATION_QUERY = gql`
  query IntegrationDetails($recordId: ID, $since: DateTimeInput) {
    uiapi {
      query {
        integrations: Integration_Configuration__c(where: { Id: { eq: $recordId } }, first: 1) {
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
              accountIds: Account_Ids__c {
                value
              }
              restrictedAccountIds: Restricted_Account_Ids__c {
                value
              }
              notifyUserIds: Disabled_Notification_User_Ids__c {
                value
              }
              onlyOnApproval: Only_Send_Bill_On_Approval__c {
                value
              }
              useMapping: Use_External_Mapping_Account_Code__c {
                value
              }
              excludedTypes: Excluded_Line_Item_Types__c {
                value
              }
              sortBy: Sort_Line_Items_By__c {
                value
              }
              disabledReason: Disabled_Reason__c {
                value
              }
              pinnedOrgId: Pinned_Org_Id__c {
                value
              }
              credentialId: Credential__c {
                value
              }
              credential: Credential__r {
                Name {
                  value
                }
              }
            }
          }
        }
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
        runs: Integration_Run__c(
          first: 10
          where: { and: [{ Integration__c: { eq: $recordId } }, { Parent_Run__c: { eq: null } }] }
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
        errors: Integration_Run__c(
          first: 200
          where: {
            and: [
              { Integration__c: { eq: $recordId } }
              { Error_Code__c: { ne: null } }
              { Started__c: { gte: $since } }
            ]
          }
          orderBy: { Started__c: { order: DESC, nulls: LAST } }
        ) {
          edges {
            node {
              Id
              Name {
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
      }
    }
  }
`;

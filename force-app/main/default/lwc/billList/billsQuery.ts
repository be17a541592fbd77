import { gql } from 'lightning/graphql';

/** One page of Bills. */
export const BILLS_QUERY = gql`
  query BillList($where: Bill__c_Filter, $orderBy: Bill__c_OrderBy, $first: Int, $after: String) {
    uiapi {
      query {
        bills: Bill__c(where: $where, orderBy: $orderBy, first: $first, after: $after) {
          edges {
            node {
              Id
              Name {
                value
              }
              accountId: Account__c {
                value
              }
              account: Account__r {
                Name {
                  value
                }
              }
              accountCode: M3ter_Account_Code__c {
                value
              }
              status: Status__c {
                value
                label
              }
              locked: Locked__c {
                value
              }
              deleted: Deleted_In_M3ter__c {
                value
              }
              complete: Is_Complete__c {
                value
              }
              periodStart: Period_Start__c {
                value
              }
              periodEnd: Period_End__c {
                value
              }
              dueDate: Due_Date__c {
                value
              }
              total: Bill_Total__c {
                value
              }
              currency: Currency_Code__c {
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

import { gql } from 'lightning/graphql';

/** The Bills of an Account that m3ter still has, the latest period first. */
export const ACCOUNT_BILLS_QUERY = gql`
  query AccountBills($accountId: ID, $first: Int, $upperBound: Int) {
    uiapi {
      query {
        bills: Bill__c(
          where: { and: [{ Account__c: { eq: $accountId } }, { Deleted_In_M3ter__c: { eq: false } }] }
          orderBy: { Period_End__c: { order: DESC, nulls: LAST }, Id: { order: ASC } }
          first: $first
          upperBound: $upperBound
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
              locked: Locked__c {
                value
              }
              accountId: Account__c {
                value
              }
              accountCode: M3ter_Account_Code__c {
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
          totalCount
        }
      }
    }
  }
`;

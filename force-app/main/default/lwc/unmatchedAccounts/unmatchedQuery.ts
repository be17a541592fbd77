import { gql } from 'lightning/graphql';
import type { Connection, Field } from 'c/connection';

/** The newest Bills without an Account. */
export const UNMATCHED_QUERY = gql`
  query UnmatchedBills($most: Int) {
    uiapi {
      query {
        bills: Bill__c(
          first: $most
          where: {
            and: [
              { Account__c: { eq: null } }
              { M3ter_Account_Id__c: { ne: null } }
              { Deleted_In_M3ter__c: { eq: false } }
            ]
          }
          orderBy: { M3ter_Last_Modified__c: { order: DESC, nulls: LAST } }
        ) {
          edges {
            node {
              Id
              accountId: M3ter_Account_Id__c {
                value
              }
              code: M3ter_Account_Code__c {
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

/** The answer to `UNMATCHED_QUERY`. */
export interface UnmatchedData {
  uiapi: {
    query: {
      bills: Connection<{ Id: string; accountId: Field<string>; code: Field<string> }> & { totalCount: number };
    };
  };
}

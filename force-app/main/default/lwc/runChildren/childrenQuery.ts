import { gql } from 'lightning/graphql';
import type { Choice, Connection, Field } from 'c/connection';

/** One page of the Runs of a batch's Bills. */
export const CHILDREN_QUERY = gql`
  query RunChildren($recordId: ID, $first: Int, $after: String) {
    uiapi {
      query {
        children: Integration_Run__c(
          where: { Parent_Run__c: { eq: $recordId } }
          orderBy: { Started__c: { order: ASC, nulls: LAST }, Id: { order: ASC } }
          first: $first
          after: $after
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
              lineItems: Line_Items_Sent__c {
                value
              }
              version: Source_Version__c {
                value
              }
              started: Started__c {
                value
              }
              completed: Completed__c {
                value
              }
              errorCode: Error_Code__c {
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

/** The Run of one Bill as the query gives it. */
export interface ChildNode {
  Id: string;
  Name: Field<string>;
  status: Choice;
  billId: Field<string>;
  bill: { Name: Field<string> } | null;
  m3terBillId: Field<string>;
  lineItems: Field<number>;
  version: Field<number>;
  started: Field<string>;
  completed: Field<string>;
  errorCode: Field<string>;
}

/** The answer to `CHILDREN_QUERY`. */
export interface ChildrenData {
  uiapi: { query: { children: Connection<ChildNode> } };
}

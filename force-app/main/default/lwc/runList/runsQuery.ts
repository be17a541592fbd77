import { gql } from 'lightning/graphql';
import type { Connection } from 'c/connection';
import type { RunNode } from 'c/runRows';

/** A page of the batches that fit, the newest first. */
export const RUNS_QUERY = gql`
  query Runs($where: Integration_Run__c_Filter, $first: Int, $after: String) {
    uiapi {
      query {
        runs: Integration_Run__c(
          where: $where
          orderBy: { Started__c: { order: DESC, nulls: LAST }, Id: { order: DESC } }
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

/** The answer to `RUNS_QUERY`. */
export interface RunsData {
  uiapi: { query: { runs: Connection<RunNode> } };
}

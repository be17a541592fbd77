import { gql } from 'lightning/graphql';
import type { Connection, Field } from 'c/connection';

/** The batches since an instant, the newest first. */
export const LAST_DAY_QUERY = gql`
  query LastDay($since: DateTimeInput) {
    uiapi {
      query {
        runs: Integration_Run__c(
          first: 2000
          where: { and: [{ Parent_Run__c: { eq: null } }, { Started__c: { gte: $since } }] }
          orderBy: { Started__c: { order: DESC, nulls: LAST } }
        ) {
          edges {
            node {
              Id
              started: Started__c {
                value
              }
              sent: Bills_Sent__c {
                value
              }
              skipped: Bills_Skipped__c {
                value
              }
              failed: Bills_Failed__c {
                value
              }
            }
          }
        }
      }
    }
  }
`;

interface RunNode {
  Id: string;
  started: Field<string>;
  sent: Field<number>;
  skipped: Field<number>;
  failed: Field<number>;
}

/** The answer to `LAST_DAY_QUERY`. */
export interface LastDayData {
  uiapi: { query: { runs: Connection<RunNode> } };
}

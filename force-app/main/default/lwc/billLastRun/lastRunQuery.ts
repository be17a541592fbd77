import { gql } from 'lightning/graphql';
import type { Choice, Connection, Field } from 'c/connection';

/** The last Run of one Bill. */
export const LAST_RUN_QUERY = gql`
  query LastRun($billId: ID) {
    uiapi {
      query {
        runs: Integration_Run__c(
          first: 1
          where: { Bill__c: { eq: $billId } }
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
              started: Started__c {
                value
              }
              error: Error__c {
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
  Name: Field<string>;
  status: Choice;
  started: Field<string>;
  error: Field<string>;
}

/** The answer to `LAST_RUN_QUERY`. */
export interface LastRunData {
  uiapi: { query: { runs: Connection<RunNode> } };
}

/** An attempt that did not bring the Bill to Salesforce. */
export interface UnsentRun {
  id: string;
  name: string;
  status: string;
  statusLabel: string;
  started: string;
  error: string;
}

const SENT_OR_UNDER_WAY = ['COMPLETE', 'STARTED'];

/**
 * The last Run of the Bill, where it did not send it; undefined where it did, or the Bill was written after it.
 *
 * @param lastSync ISO instant
 */
export function unsentRun(data: LastRunData, lastSync: string | null): UnsentRun | undefined {
  const node = data.uiapi.query.runs.edges[0]?.node;
  const { value: status } = node?.status ?? {};
  if (!node || !status || SENT_OR_UNDER_WAY.includes(status)) return undefined;
  const started = node.started.value ?? '';
  if (lastSync !== null && Date.parse(started) <= Date.parse(lastSync)) return undefined;
  const statusLabel = node.status.label ?? status;
  return { id: node.Id, name: node.Name.value ?? '', status, statusLabel, started, error: node.error.value ?? '' };
}

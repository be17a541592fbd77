import { gql } from 'lightning/graphql';
import { nodes } from 'c/connection';
import type { Connection, Field } from 'c/connection';

/** A custom field of m3ter's Accounts, with some of its values. */
export interface CustomField {
  name: string;
  accounts: number;
  examples: string[];
}

/** What the agent last answered to a preview of a filter. */
export const LAST_ANSWER_QUERY = gql`
  query LastFilterPreview {
    uiapi {
      query {
        requests: Sync_Request__c(
          first: 1
          where: { and: [{ Type__c: { eq: "PREVIEW_FILTER" } }, { Status__c: { eq: "DONE" } }] }
          orderBy: { Completed__c: { order: DESC, nulls: LAST } }
        ) {
          edges {
            node {
              Id
              resultData: Result_Data__c {
                value
              }
            }
          }
        }
      }
    }
  }
`;

/** The answer to `LAST_ANSWER_QUERY`. */
export interface LastAnswerData {
  uiapi: { query: { requests: Connection<{ Id: string; resultData: Field<string> }> } };
}

/** The custom fields that the agent told in its answer; none when it told none. */
export function customFieldsOf(data: unknown): CustomField[] {
  const { customFields } = (data ?? {}) as { customFields?: CustomField[] };
  return customFields ?? [];
}

export function lastCustomFields({ uiapi }: LastAnswerData): CustomField[] {
  try {
    return customFieldsOf(JSON.parse(nodes(uiapi.query.requests)[0]?.resultData.value ?? ''));
  } catch {
    return [];
  }
}

import { gql } from 'lightning/graphql';
import type { GraphQLResult } from 'lightning/graphql';
import REQUEST from '@salesforce/schema/Sync_Request__c';

/** Whether the person may ask the agent for something. */
export const ACCESS_QUERY = gql`
  query RequestAccess($apiNames: [String]!) {
    uiapi {
      objectInfos(apiNames: $apiNames) {
        createable
      }
    }
  }
`;
export const ACCESS_VARIABLES = { apiNames: [REQUEST.objectApiName] };

/** The answer to `ACCESS_QUERY`. */
export interface AccessData {
  uiapi: { objectInfos: ReadonlyArray<{ createable: boolean } | null> };
}

/**
 * Undefined while the answer is not there. False also for an error: it is the platform's way to say that the person does
 * not see the object.
 */
export function mayAskAgent({ data, errors }: GraphQLResult<AccessData>): boolean | undefined {
  if (!data && !errors) return undefined;
  return !errors && data?.uiapi.objectInfos[0]?.createable === true;
}

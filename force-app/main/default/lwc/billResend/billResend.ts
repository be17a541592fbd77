import { LightningElement, api, wire } from 'lwc';
import { gql, graphql } from 'lightning/graphql';
import type { GraphQLResult } from 'lightning/graphql';
import REQUEST from '@salesforce/schema/Sync_Request__c';
import { askAgent } from 'c/requests';
import { LABELS } from './labels';

const ACCESS_QUERY = gql`
  query RequestAccess($apiNames: [String]!) {
    uiapi {
      objectInfos(apiNames: $apiNames) {
        createable
      }
    }
  }
`;
interface AccessData {
  uiapi: { objectInfos: ReadonlyArray<{ createable: boolean } | null> };
}

/**
 * A button that asks the agent to send a Bill again, and its answer; nothing for a person who may not ask. Fires
 * `resent` once the agent has answered.
 */
export default class BillResend extends LightningElement {
  /** The Bill. */
  @api recordId: string | undefined;

  labels = LABELS;
  mayAsk = false;
  query = ACCESS_QUERY;
  variables = { apiNames: [REQUEST.objectApiName] };

  /** An error is the platform's way to say that the person does not see the object. */
  @wire(graphql, { query: '$query', variables: '$variables' })
  wiredAccess({ data, errors }: GraphQLResult<AccessData>): void {
    if (!data && !errors) return;
    this.mayAsk = !errors && data?.uiapi.objectInfos[0]?.createable === true;
  }

  handleResend(): void {
    askAgent(this.template, { type: 'RESEND_BILL', billId: this.recordId });
  }

  handleAnswered(): void {
    this.dispatchEvent(new CustomEvent('resent'));
  }
}

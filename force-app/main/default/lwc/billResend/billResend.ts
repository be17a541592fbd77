import { LightningElement, api, wire } from 'lwc';
import { graphql } from 'lightning/graphql';
import type { GraphQLResult } from 'lightning/graphql';
import { ACCESS_QUERY, ACCESS_VARIABLES, mayAskAgent } from 'c/requestAccess';
import type { AccessData } from 'c/requestAccess';
import { askAgent } from 'c/requests';
import { LABELS } from './labels';

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
  variables = ACCESS_VARIABLES;

  @wire(graphql, { query: '$query', variables: '$variables' })
  wiredAccess(result: GraphQLResult<AccessData>): void {
    this.mayAsk = mayAskAgent(result) ?? this.mayAsk;
  }

  handleResend(): void {
    askAgent(this.template, { type: 'RESEND_BILL', billId: this.recordId });
  }

  handleAnswered(): void {
    this.dispatchEvent(new CustomEvent('resent'));
  }
}

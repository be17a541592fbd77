import { LightningElement, api, wire } from 'lwc';
import { graphql } from 'lightning/graphql';
import type { GraphQLResult } from 'lightning/graphql';
import { ACCESS_QUERY, ACCESS_VARIABLES, mayAskAgent } from 'c/requestAccess';
import type { AccessData } from 'c/requestAccess';
import { askAgent } from 'c/requests';
import type { Answered } from 'c/requests';
import { LABELS } from './labels';

/**
 * A button that has the agent get a fresh address of the statement that m3ter has made of a Bill, and opens it; nothing
 * for a person who may not ask the agent.
 */
export default class BillStatement extends LightningElement {
  /** The Bill. */
  @api recordId: string | undefined;

  labels = LABELS;
  mayAsk = false;
  query = ACCESS_QUERY;
  variables = ACCESS_VARIABLES;
  /** Where the statement is, for a short time. */
  address = '';

  @wire(graphql, { query: '$query', variables: '$variables' })
  wiredAccess(result: GraphQLResult<AccessData>): void {
    this.mayAsk = mayAskAgent(result) ?? this.mayAsk;
  }

  handleOpen(): void {
    this.address = '';
    askAgent(this.template, { type: 'OPEN_STATEMENT', billId: this.recordId });
  }

  /** The browser may not let a tab open so long after the click, and does not tell: the link is there in any case. */
  handleAnswered({ detail }: CustomEvent<Answered>): void {
    this.address = detail.isDone ? webAddress(detail.data) : '';
    if (this.address) window.open(this.address, '_blank', 'noopener,noreferrer');
  }
}

/** Only what leads to a page: an address such as `javascript:` would run in this one. */
function webAddress(data: unknown): string {
  const { address } = (data ?? {}) as { address?: unknown };
  return typeof address === 'string' && /^https?:\/\//.test(address) ? address : '';
}

import { LightningElement, api, wire } from 'lwc';
import { graphql } from 'lightning/graphql';
import type { GraphQLResult } from 'lightning/graphql';
import { formatRelative } from 'c/dates';
import { reduceErrors } from 'c/errors';
import { format } from 'c/format';
import { formatCount } from 'c/money';
import { poll } from 'c/polling';
import type { Stop } from 'c/polling';
import { REQUEST_QUERY, createRequest, isAnswered, requestState } from 'c/requests';
import type { AgentRequest, Answered, RequestData, RequestState } from 'c/requests';
import { LABELS } from './labels';

/** How long an agent that runs needs at most to take a request. */
const PATIENCE_MS = 60_000;
const POLL_MS = 2_000;

interface Shown {
  text: string;
  icon: string;
  variant: string;
  result: string;
  isBusy: boolean;
  accounts: string;
}
const LOOKS = {
  DONE: { icon: 'utility:success', variant: 'success', isBusy: false, accounts: '' },
  FAILED: { icon: 'utility:error', variant: 'error', isBusy: false, accounts: '' },
  LATE: { icon: 'utility:warning', variant: 'warning', isBusy: false, accounts: '', result: '' },
};
/** So many Accounts are named; the others are counted. */
const MOST_NAMES = 10;

const busy = (text: string): Shown => ({ text, icon: '', variant: '', result: '', isBusy: true, accounts: '' });

/**
 * Asks the agent for something, follows the request until it is answered, and shows the answer. Fires `answered` with
 * an `Answered` once the agent has ended its work.
 */
export default class SyncRequest extends LightningElement {
  labels = LABELS;
  recordId: string | undefined;
  private request: AgentRequest | undefined;
  private askedAt = 0;
  private state: RequestState | undefined;
  private errors: unknown;
  private isLate = false;
  private refreshData: (() => Promise<void>) | undefined;
  private stopPolling: Stop | undefined;

  @wire(graphql, { query: '$query', variables: '$variables' })
  wiredRequest({ data, refresh }: GraphQLResult<RequestData>): void {
    if (refresh) this.refreshData = refresh;
    const state = data && this.recordId ? requestState(data) : undefined;
    if (!state || !this.request || (this.state && isAnswered(this.state.status))) return;
    this.state = state;
    if (isAnswered(state.status)) this.end(this.request, state);
  }

  get query(): unknown {
    return this.recordId ? REQUEST_QUERY : undefined;
  }

  get variables(): Record<string, unknown> {
    return { recordId: this.recordId };
  }

  /** Asks the agent; what was shown before goes away. The same request again, as by a double click, is one request. */
  @api ask(request: AgentRequest): void {
    const isSame = JSON.stringify(this.request) === JSON.stringify(request);
    if (isSame && this.isBusy && !this.isLate) return;
    this.forget();
    this.request = request;
    createRequest(request).then(
      (id) => {
        if (this.request === request) this.follow(id);
      },
      (error: unknown) => {
        if (this.request === request) this.errors = error;
      },
    );
  }

  override disconnectedCallback(): void {
    this.stopPolling?.();
  }

  get shown(): Shown | undefined {
    if (!this.request) return undefined;
    if (this.errors) {
      const result = reduceErrors(this.errors).join(' ');
      return { ...LOOKS.FAILED, text: LABELS.notSent, result };
    }
    if (!this.state) return busy(LABELS.sending);
    const shown = shownState(this.state, this.isLate);
    // The preview beside it says the same, in the language of the person.
    const isPreview = this.request.type === 'DRY_RUN' && this.state.status === 'DONE' && this.state.data !== undefined;
    return isPreview ? { ...shown, result: '' } : shown;
  }

  handleClose(): void {
    this.forget();
  }

  private get isBusy(): boolean {
    return this.request !== undefined && !this.errors && !(this.state && isAnswered(this.state.status));
  }

  private follow(recordId: string): void {
    this.askedAt = Date.now();
    this.recordId = recordId;
    this.stopPolling = poll(() => this.look(), POLL_MS);
  }

  private async look(): Promise<void> {
    this.isLate = Date.now() - this.askedAt >= PATIENCE_MS;
    await this.refreshData?.();
  }

  private end(request: AgentRequest, { status, result, data }: RequestState): void {
    this.stopPolling?.();
    const detail: Answered = { type: request.type, isDone: status === 'DONE', result, data };
    this.dispatchEvent(new CustomEvent('answered', { detail }));
  }

  private forget(): void {
    this.stopPolling?.();
    this.request = undefined;
    this.recordId = undefined;
    this.state = undefined;
    this.errors = undefined;
    this.isLate = false;
  }
}

function shownState(state: RequestState, isLate: boolean): Shown {
  const { type, status, result, agentSeen } = state;
  switch (status) {
    case 'DONE':
      return { ...LOOKS.DONE, text: format(LABELS.done, type), result, accounts: accountNames(state.data) };
    case 'FAILED':
      return { ...LOOKS.FAILED, text: format(LABELS.failed, type), result };
    case 'RUNNING':
      return busy(format(LABELS.running, type));
    default:
      return isLate ? unanswered(type, agentSeen) : busy(format(LABELS.waiting, type));
  }
}

function unanswered(type: string, agentSeen: string | null): Shown {
  const text = agentSeen
    ? format(LABELS.unanswered, type, formatRelative(agentSeen, new Date()))
    : format(LABELS.unansweredNever, type);
  return { ...LOOKS.LATE, text };
}

/** The m3ter Accounts that an answer is about, by name; empty where it is about something else. */
function accountNames(data: unknown): string {
  const { accounts } = (data ?? {}) as { accounts?: Array<Record<string, unknown>> };
  const all = (accounts ?? []).map(({ name, code, id }) => String(name ?? code ?? id));
  const names = all.slice(0, MOST_NAMES).join(', ');
  const more = all.length - MOST_NAMES;
  return more > 0 ? format(LABELS.accountsMore, names, formatCount(more)) : names;
}

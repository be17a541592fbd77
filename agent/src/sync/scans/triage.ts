import { FilterSyntaxError } from '../../../../force-app/main/default/lwc/accountFilter/accountFilter.ts';
import type { Account, Bill } from '../../m3ter/resources.ts';
import { changeToken } from '../../rules/changeToken.ts';
import type { SkipReason } from '../../rules/gates.ts';
import type { Logger } from '../../runtime.ts';
import type { BillState } from '../../store/types.ts';
import { isPassing } from '../failure.ts';
import type { ReadyIntegration } from '../orgs/orgView.ts';
import { verdictOf, type Verdict } from './verdict.ts';

/** What is to be done with a Bill that was listed, as far as m3ter and the agent's memory can tell. */
export type Triage =
  | { readonly kind: 'skip'; readonly reason: SkipReason }
  | { readonly kind: 'unchanged' }
  /** Failed before with the same content: not worth another call. */
  | { readonly kind: 'failed'; readonly code: string }
  /** New, changed, decided by other rules, or waiting for an Account that may have appeared. */
  | { readonly kind: 'push' };

export interface TriageRules {
  readonly ready: ReadyIntegration;
  /** Tries Bills again that failed though nothing changed since. */
  readonly retriesFailed: boolean;
  readonly logger: Logger;
}

/** Sent to an Account, as it is now and by these rules. */
export const SETTLED = 'settled';

/**
 * Tells the Bills that need a closer look from those that do not.
 *
 * @param state what was last decided about the Bill
 */
export function triage(
  bill: Bill,
  account: Account | undefined,
  state: BillState | typeof SETTLED | undefined,
  { ready, retriesFailed, logger }: TriageRules,
): Triage {
  const verdict = verdictOf(bill, account, ready, logger);
  if (verdict.kind === 'skip') return { kind: 'skip', reason: verdict.reason };
  if (state === SETTLED) return { kind: verdict.kind === 'pass' ? 'unchanged' : 'push' };
  if (!state || !isDecidedBy(state, bill, ready.rulesHash) || state.status === 'skipped') return { kind: 'push' };
  if (state.status === 'failed') {
    const code = state.code ?? 'UNKNOWN';
    return retriesFailed || isPassing(code) ? { kind: 'push' } : { kind: 'failed', code };
  }
  // A Bill that was sent before its filter failed has that to be told.
  if (verdict.kind !== 'pass' || state.status === 'waiting' || !state.isMatched) return { kind: 'push' };
  return { kind: 'unchanged' };
}

/** Whether a decision was made about this content by these rules. */
export function isDecidedBy(state: BillState, bill: Bill, rulesHash: string): boolean {
  return state.changeToken === changeToken(bill) && state.rulesHash === rulesHash;
}

/** The code of a Bill that its rules cannot decide about. */
export function verdictCode(verdict: Extract<Verdict, { kind: 'invalid' | 'unreadable' }>): string {
  if (verdict.kind === 'unreadable') return verdict.error.code;
  return verdict.error instanceof FilterSyntaxError ? 'FILTER_SYNTAX' : 'FILTER_EVALUATION';
}

import {
  FilterEvaluationError,
  FilterSyntaxError,
} from '../../../force-app/main/default/lwc/accountFilter/accountFilter.ts';
import type { Account, Bill } from '../m3ter/resources.ts';
import { changeToken } from '../rules/changeToken.ts';
import { decide, type Decision } from '../rules/gates.ts';
import type { Integration } from '../rules/integration.ts';
import type { Logger } from '../runtime.ts';
import type { BillState } from '../store/store.ts';
import { assertReadable, readingBill, type UnreadableBillError } from './unreadableBill.ts';

/** What is to be done with a Bill, as far as m3ter and the agent's memory can tell. */
export type Triage =
  | { readonly kind: 'skip'; readonly reason: Extract<Decision, { send: false }>['reason'] }
  | { readonly kind: 'invalid'; readonly error: FilterSyntaxError | FilterEvaluationError }
  | { readonly kind: 'unreadable'; readonly error: UnreadableBillError }
  | { readonly kind: 'unchanged' }
  /** Failed a short while ago with the same content: not worth another call yet. */
  | { readonly kind: 'failed'; readonly code: string }
  /** Nothing changed, but an Account may have appeared meanwhile. */
  | { readonly kind: 'recheck' }
  | { readonly kind: 'changed' };

export interface TriageRules {
  readonly integration: Integration;
  readonly rulesHash: string;
  readonly now: Date;
  /** Milliseconds after which a Bill that failed is tried again though nothing changed. */
  readonly retryFailedAfter: number;
  readonly logger: Logger;
}

/** Takes a Bill through the gates in the order of design section 5, up to the one that needs the org. */
export function triage(
  bill: Bill,
  account: Account | undefined,
  state: BillState | undefined,
  rules: TriageRules,
): Triage {
  const decision = decideSafely(bill, account, rules);
  if ('kind' in decision) return decision;
  if (!decision.send) return { kind: 'skip', reason: decision.reason };
  const isSame = state?.changeToken === changeToken(bill) && state.rulesHash === rules.rulesHash;
  if (!state || !isSame || state.status === 'skipped') return { kind: 'changed' };
  if (state.status === 'failed') {
    const isRecent = rules.now.getTime() - state.decidedAt.getTime() < rules.retryFailedAfter;
    return isRecent ? { kind: 'failed', code: state.code ?? 'UNKNOWN' } : { kind: 'changed' };
  }
  if (state.status === 'waiting' || !state.isMatched) return { kind: 'recheck' };
  return { kind: 'unchanged' };
}

/** The decision of the gates, or why they could not decide. Never throws: one Bill does not end a sweep. */
export function decideSafely(
  bill: Bill,
  account: Account | undefined,
  { integration, logger }: Pick<TriageRules, 'integration' | 'logger'>,
): Decision | Extract<Triage, { kind: 'invalid' | 'unreadable' }> {
  try {
    return readingBill(bill, logger, isFilterError, () => {
      const decision = decide(bill, account, integration);
      if (decision.send) assertReadable(bill);
      return decision;
    });
  } catch (error) {
    if (isFilterError(error)) return { kind: 'invalid', error };
    return { kind: 'unreadable', error: error as UnreadableBillError };
  }
}

function isFilterError(error: unknown): error is FilterSyntaxError | FilterEvaluationError {
  return error instanceof FilterSyntaxError || error instanceof FilterEvaluationError;
}

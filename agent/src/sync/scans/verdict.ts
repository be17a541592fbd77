import {
  FilterEvaluationError,
  FilterSyntaxError,
} from '../../../../force-app/main/default/lwc/accountFilter/accountFilter.ts';
import type { Account, Bill } from '../../m3ter/resources.ts';
import { decide, type SkipReason } from '../../rules/gates.ts';
import type { Integration } from '../../rules/integration.ts';
import { ownerBefore } from '../../rules/ownership.ts';
import type { Logger } from '../../runtime.ts';
import type { ReadyIntegration } from '../orgs/orgView.ts';
import { assertReadable, readingBill, type UnreadableBillError } from '../pushes/unreadableBill.ts';

/** What the rules of an integration say of a Bill, as far as m3ter alone can tell. */
export type Verdict =
  | { readonly kind: 'pass' }
  | { readonly kind: 'skip'; readonly reason: SkipReason; readonly detail: string }
  | { readonly kind: 'invalid'; readonly error: FilterSyntaxError | FilterEvaluationError }
  | { readonly kind: 'unreadable'; readonly error: UnreadableBillError };

/** Whether a Bill's Account must be known before `verdictOf` can tell. */
export function needsAccounts({ integration, before }: ReadyIntegration): boolean {
  return [integration, ...before].some(({ accountFilter }) => accountFilter.trim() !== '');
}

/** Takes a Bill through the gates and asks who owns it. Never throws: one Bill does not stop the others. */
export function verdictOf(bill: Bill, account: Account | undefined, ready: ReadyIntegration, logger: Logger): Verdict {
  const own = throughGates(bill, account, ready.integration, logger);
  if (own.kind !== 'pass') return own;
  const owner = ownerBefore(ready.before, (each) => throughGates(bill, account, each, logger).kind === 'pass');
  if (!owner) return own;
  const detail = `Integration ${owner.name}, which comes first by name, sends Bill ${bill.id} to this org.`;
  return { kind: 'skip', reason: 'ownedByOther', detail };
}

function throughGates(bill: Bill, account: Account | undefined, integration: Integration, logger: Logger): Verdict {
  try {
    return readingBill(bill, logger, isFilterError, () => {
      const decision = decide(bill, account, integration);
      if (!decision.send) return { kind: 'skip', reason: decision.reason, detail: decision.detail };
      assertReadable(bill);
      return { kind: 'pass' };
    });
  } catch (error) {
    if (isFilterError(error)) return { kind: 'invalid', error };
    return { kind: 'unreadable', error: error as UnreadableBillError };
  }
}

function isFilterError(error: unknown): error is FilterSyntaxError | FilterEvaluationError {
  return error instanceof FilterSyntaxError || error instanceof FilterEvaluationError;
}

import { evaluateFilter, parseFilter } from '../../../force-app/main/default/lwc/accountFilter/accountFilter.ts';
import type { Account, Bill } from '../m3ter/resources.ts';
import type { Integration } from './integration.ts';

export type SkipReason = 'restricted' | 'notAllowed' | 'accountFilter' | 'notApproved';
export type Decision =
  { readonly send: true } | { readonly send: false; readonly reason: SkipReason; readonly detail: string };

export type IdleReason = 'disabled' | 'notConnected' | 'otherOrg';
export type Readiness =
  { readonly ready: true } | { readonly ready: false; readonly reason: IdleReason; readonly detail: string };

type Rules = Pick<
  Integration,
  'name' | 'accountIds' | 'restrictedAccountIds' | 'accountFilter' | 'onlySendBillOnApproval'
>;

/** Whether an integration may work in the org that the agent is signed in to. */
export function checkIntegration(
  integration: Pick<Integration, 'name' | 'enabled' | 'connectionStatus' | 'pinnedOrgId'>,
  orgId: string,
): Readiness {
  const idle = (reason: IdleReason, why: string): Readiness => ({
    ready: false,
    reason,
    detail: `Integration ${integration.name} ${why}`,
  });
  if (!integration.enabled) return idle('disabled', 'is disabled. Enable it in Salesforce.');
  if (integration.connectionStatus !== 'CONNECTED')
    return idle('notConnected', 'has no connected credential. Connect it in Salesforce.');
  const pinned = integration.pinnedOrgId;
  // An org id has 15 characters; the three that may follow only repeat its case.
  if (pinned && pinned.slice(0, 15) !== orgId.slice(0, 15))
    return idle('otherOrg', `belongs to org ${pinned}, not to ${orgId}. Connect it anew to move it to this org.`);
  return { ready: true };
}

/**
 * Decides by the integration's rules, in the order of design section 5, whether a Bill is sent.
 *
 * @param account the Bill's m3ter Account; undefined when m3ter does not have it (any more).
 * @throws {FilterSyntaxError} when the account filter does not parse.
 * @throws {FilterEvaluationError} when it is neither true nor false for this Account.
 */
export function decide(bill: Bill, account: Account | undefined, rules: Rules): Decision {
  const skip = (reason: SkipReason, detail: string): Decision => ({ send: false, reason, detail });
  const accountId = bill.accountId ?? '';
  const who = accountId === '' ? `Bill ${bill.id} names no m3ter Account` : `m3ter Account ${accountId}`;
  if (includes(rules.restrictedAccountIds, accountId))
    return skip('restricted', `${who} is among the restricted Account ids of ${rules.name}.`);
  const isOpenToAll = rules.accountIds.every((id) => id.trim() === '');
  if (!isOpenToAll && !includes(rules.accountIds, accountId))
    return skip('notAllowed', `${who} is not among the allowed Account ids of ${rules.name}.`);
  const filter = parseFilter(rules.accountFilter);
  if (rules.accountFilter.trim() !== '') {
    if (account === undefined)
      return skip('accountFilter', `${who}: the account filter has nothing to look at, m3ter has no such Account.`);
    if (!evaluateFilter(filter, account))
      return skip('accountFilter', `${who} does not satisfy the account filter of ${rules.name}.`);
  }
  if (rules.onlySendBillOnApproval && bill.status !== 'APPROVED')
    return skip('notApproved', `Bill ${bill.id} is ${bill.status ?? 'without status'}; only approved Bills are sent.`);
  return { send: true };
}

function includes(ids: readonly string[], id: string): boolean {
  return id !== '' && ids.some((listed) => listed.trim().toLowerCase() === id.toLowerCase());
}

import { evaluateFilter, parseFilter } from '../../../force-app/main/default/lwc/accountFilter/accountFilter.ts';
import type { Account, Bill } from '../m3ter/resources.ts';
import type { Integration } from './integration.ts';

/** Why the gates stop a Bill. */
export type GateReason = 'restricted' | 'notAllowed' | 'accountFilter' | 'notApproved';
/** `ownedByOther`: an integration before this one sends the Bill to the same org. */
export type SkipReason = GateReason | 'ownedByOther';
export type Decision =
  { readonly send: true } | { readonly send: false; readonly reason: GateReason; readonly detail: string };

export type IdleReason = 'disabled' | 'noCredential' | 'unknownCredential' | 'rejected' | 'notConnected' | 'otherOrg';
export type Readiness =
  { readonly ready: true } | { readonly ready: false; readonly reason: IdleReason; readonly detail: string };

type Rules = Pick<
  Integration,
  'name' | 'accountIds' | 'restrictedAccountIds' | 'accountFilter' | 'onlySendBillOnApproval'
>;

/** What decides whether an integration may work, beside its rules. */
export interface ConnectionFacts extends Pick<Integration, 'name' | 'enabled' | 'connectionStatus' | 'pinnedOrgId'> {
  /** The agent's name of the credential that is chosen in the org. */
  readonly credentialKey: string | null;
}

/** Credentials that the agent has for an org, by name, and whether the org takes them. */
export type OrgCredentials = ReadonlyMap<string, 'working' | 'rejected'>;

/** Whether an integration may work in the org that the agent is signed in to. */
export function checkIntegration(integration: ConnectionFacts, orgId: string, credentials: OrgCredentials): Readiness {
  const { name, credentialKey: key, pinnedOrgId: pinned } = integration;
  const idle = (reason: IdleReason, why: string): Readiness => ({
    ready: false,
    reason,
    detail: `Integration ${name} ${why}`,
  });
  if (!integration.enabled)
    return idle(
      'disabled',
      `is disabled. Enable it on its page in Salesforce, or: m3ter-bills integration enable "${name}"`,
    );
  if (isOtherOrg(pinned, orgId))
    return idle(
      'otherOrg',
      `is bound to org ${pinned}, not to ${orgId}: this looks like a copy of that org. ` +
        `To use it here on purpose: m3ter-bills integration connect "${name}" --credential CREDENTIAL`,
    );
  if (key === null)
    return idle(
      'noCredential',
      'has no credential. Choose one on its page in Salesforce, or: ' +
        `m3ter-bills integration connect "${name}" --credential CREDENTIAL`,
    );
  const state = credentials.get(key);
  if (state === undefined)
    return idle(
      'unknownCredential',
      `uses credential ${key}, which this agent does not have for this org. ` +
        `Choose another one, or: m3ter-bills credential add ${key}`,
    );
  if (state === 'rejected')
    return idle(
      'rejected',
      `uses credential ${key}, which Salesforce refuses. See: m3ter-bills credential test ${key}`,
    );
  if (integration.connectionStatus !== 'CONNECTED')
    return idle('notConnected', 'is not connected yet. The agent connects it when it next looks at the org.');
  return { ready: true };
}

/** What the agent has to write about an integration's connection. */
export interface ConnectionChange {
  readonly status: 'CONNECTED' | 'NOT_CONNECTED' | 'REJECTED';
  /** Set at the first connection: the org that the integration is bound to from then on. */
  readonly pinnedOrgId?: string;
}

/**
 * Follows what a person chose in the org: connects an integration whose credential works, and pins it to the org at
 * the first time; disconnects one whose credential was taken away. One that is pinned to another org stays as it is.
 */
export function connectionChange(
  integration: ConnectionFacts,
  orgId: string,
  credentials: OrgCredentials,
): ConnectionChange | undefined {
  const { connectionStatus: now, credentialKey: key, pinnedOrgId: pinned } = integration;
  if (isOtherOrg(pinned, orgId)) return undefined;
  const state = key === null ? undefined : credentials.get(key);
  const status = state === undefined ? 'NOT_CONNECTED' : state === 'working' ? 'CONNECTED' : 'REJECTED';
  if (status === 'CONNECTED' && !pinned) return { status, pinnedOrgId: orgId };
  // What another agent's credential does is that agent's business.
  const isOurs = key === null || state !== undefined;
  return isOurs && (now || 'NOT_CONNECTED') !== status ? { status } : undefined;
}

/** An org id has 15 characters; the three that may follow only repeat its case. */
function isOtherOrg(pinned: string | null, orgId: string): boolean {
  return Boolean(pinned) && pinned?.slice(0, 15) !== orgId.slice(0, 15);
}

/**
 * Decides by the integration's rules, in the order of design section 5, whether a Bill is sent.
 *
 * @param account the Bill's m3ter Account; undefined when m3ter does not have it (any more).
 * @throws {FilterSyntaxError} when the account filter does not parse.
 * @throws {FilterEvaluationError} when it is neither true nor false for this Account.
 */
export function decide(bill: Bill, account: Account | undefined, rules: Rules): Decision {
  const skip = (reason: GateReason, detail: string): Decision => ({ send: false, reason, detail });
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

import type { Store } from '../../store/types.ts';
import type { OrgSession } from '../orgs/orgSession.ts';
import type { ReadyIntegration } from '../orgs/orgView.ts';

/**
 * Makes what is remembered of Bills doubtful before they are written, so that neither a kill nor rules that are changed
 * back meanwhile leave it as if nothing had been written.
 *
 * @param ready the rules that decided about the Bills
 * @returns false when these rules hold no more: then nothing may be written, and the Bills are decided about anew
 */
export async function beginWriting(
  { bills, states }: Pick<Store, 'bills' | 'states'>,
  session: OrgSession,
  { integration, rulesHash }: ReadyIntegration,
  billIds: readonly string[],
): Promise<boolean> {
  if (billIds.length === 0) return true;
  const { orgId } = session;
  await bills.distrustLines(orgId, billIds);
  await states.forgetOthers({ orgId, integrationId: integration.id }, rulesHash, billIds);
  // Only now: a scan by newer rules either finds nothing remembered, or began after the agent saw them.
  return session.ready(integration.id)?.rulesHash === rulesHash;
}

import { createHash } from 'node:crypto';
import { rulesHash, type Integration } from './integration.ts';

/**
 * Integrations in the order in which they own Bills: by name as Salesforce sorts names, without regard to case, then
 * by record id.
 */
export function inOwnershipOrder<T extends Pick<Integration, 'id' | 'name'>>(integrations: readonly T[]): T[] {
  const key = ({ name, id }: T): string => `${name.toLowerCase()}\n${id}`;
  return integrations.toSorted((a, b) => (key(a) < key(b) ? -1 : 1));
}

/**
 * A text that changes when the rules that decide about an integration's Bills change: its own, and those of the ready
 * integrations before it, which may own a Bill instead.
 *
 * @param before ready integrations of the same org, in the order of `inOwnershipOrder`
 */
export function effectiveRulesHash(integration: Integration, before: readonly Integration[]): string {
  const own = rulesHash(integration);
  if (before.length === 0) return own;
  const others = before.map((each) => [each.id, gateRules(each)]);
  return createHash('sha256')
    .update(JSON.stringify([own, others]))
    .digest('hex');
}

/** Of an earlier integration only the gates matter: how it shapes a Bill is its own business. */
function gateRules(integration: Integration): string {
  return rulesHash({
    ...integration,
    useExternalMappingAccountCode: false,
    excludedLineItemTypes: [],
    sortLineItemsBy: 'NONE',
  });
}

/**
 * The integration that sends a Bill instead of this one: the first before it whose gates let the Bill pass. One whose
 * gates cannot decide does not own.
 *
 * @param passes whether the Bill passes the gates of an integration
 */
export function ownerBefore<T extends Integration>(
  before: readonly T[],
  passes: (integration: T) => boolean,
): T | undefined {
  return before.find(passes);
}

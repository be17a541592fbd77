import type { PresentBill } from '../../salesforce/orgReader.ts';
import type { OrgView } from '../orgs/orgView.ts';

/**
 * Bills that the org holds otherwise than the agent sent them last: an older call was carried out late, or they are
 * half-written.
 *
 * @param remembered the hash of what was sent last, by m3ter id
 * @param held what the org holds, by m3ter id. What an integration of another agent wrote is not for this one to correct
 * @returns m3ter ids
 */
export function driftedBills(
  { all, ready }: Pick<OrgView, 'all' | 'ready'>,
  remembered: ReadonlyMap<string, string>,
  held: ReadonlyMap<string, PresentBill>,
): Set<string> {
  const own = new Set(ready.map(({ integration }) => integration.id));
  const others = new Set(all.filter(({ id, enabled }) => enabled && !own.has(id)).map(({ id }) => id));
  const drifted = new Set<string>();
  for (const [billId, { hash, integrationId }] of held) {
    const known = remembered.get(billId);
    if (known !== undefined && known !== hash && !others.has(integrationId ?? '')) drifted.add(billId);
  }
  return drifted;
}

import type { M3terClient } from '../../m3ter/client.ts';
import type { Bill } from '../../m3ter/resources.ts';
import type { Runtime } from '../../runtime.ts';
import type { Store } from '../../store/types.ts';
import type { OrgSession } from '../orgs/orgSession.ts';

interface DeletionParts {
  readonly m3ter: M3terClient;
  readonly store: Pick<Store, 'bills'>;
  readonly runtime: Runtime;
}

/** Bills that are asked for one by one at the same time. */
const ASKED_AT_ONCE = 50;

/**
 * Asks m3ter for each of these Bills by its id, and marks in the org those that m3ter does not have, so that one that
 * only slipped through a list is not taken for deleted.
 *
 * @param recordIds of Bills that the store may not know
 * @returns which are gone, and the others as they are now
 */
export async function markDeleted(
  { m3ter, store, runtime }: DeletionParts,
  { orgId, control, reader }: Pick<OrgSession, 'orgId' | 'control' | 'reader'>,
  billIds: readonly string[],
  recordIds: ReadonlyMap<string, string> = new Map(),
): Promise<{ gone: string[]; stillThere: Bill[] }> {
  const gone: string[] = [];
  const stillThere: Bill[] = [];
  for (let from = 0; from < billIds.length; from += ASKED_AT_ONCE) {
    const ids = billIds.slice(from, from + ASKED_AT_ONCE);
    const bills = await Promise.all(ids.map((id) => m3ter.getBill(id)));
    ids.forEach((id, index) => {
      const bill = bills[index];
      if (bill) stillThere.push(bill);
      else gone.push(id);
    });
  }
  if (gone.length === 0) return { gone, stillThere };
  const stored = await store.bills.stored(orgId, gone);
  const known = (id: string): string | undefined => recordIds.get(id) ?? stored.get(id)?.recordId;
  const { bills: found } = await reader.find({ billIds: gone.filter((id) => known(id) === undefined) });
  const records = [...gone.flatMap((id) => known(id) ?? []), ...found.map(({ recordId }) => recordId)];
  if (records.length > 0) {
    for (const { code, message } of await control.markDeleted(records)) {
      runtime.logger.warn({ code, orgId }, `Salesforce did not mark a Bill that m3ter deleted: ${message}`);
    }
    runtime.logger.info({ orgId, bills: records.length }, 'Marked Bills in Salesforce that m3ter no longer has.');
  }
  await store.bills.markDeleted(orgId, gone);
  return { gone, stillThere: await Promise.all(stillThere.map((bill) => m3ter.withLineItems(bill))) };
}

/**
 * Marks Bills in the org that a full list of m3ter's does not hold.
 *
 * @param seen ids of all Bills that m3ter listed
 * @param held record ids, by m3ter id, of Bills that the org held before the list was read
 */
export async function markMissing(
  parts: DeletionParts,
  session: Pick<OrgSession, 'orgId' | 'control' | 'reader'>,
  seen: ReadonlySet<string>,
  held: ReadonlyMap<string, string>,
): Promise<void> {
  const present = await parts.store.bills.present(session.orgId);
  const all = new Map([...trusted(held, seen, present, parts.runtime), ...present]);
  const missing = [...all.keys()].filter((id) => !seen.has(id));
  if (missing.length > 0) await markDeleted(parts, session, missing, all);
}

/**
 * What the org holds, unless m3ter lists not one of it: then it is more likely another m3ter organization's than all
 * deleted.
 */
function trusted(
  held: ReadonlyMap<string, string>,
  seen: ReadonlySet<string>,
  present: ReadonlyMap<string, string>,
  { logger }: Runtime,
): ReadonlyMap<string, string> {
  if (held.size === 0 || [...held.keys()].some((id) => seen.has(id) || present.has(id))) return held;
  logger.warn(
    { bills: held.size },
    'm3ter lists none of the Bills that Salesforce holds, so none is marked as deleted. Check M3TER_ORG_ID.',
  );
  return new Map<string, string>();
}

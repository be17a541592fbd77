import type { Session } from './session.ts';

/**
 * Marks Bills in Salesforce that m3ter no longer has. A Bill that was missing in the list is asked for by its id, so
 * that one that only slipped through the paging is not taken for deleted.
 *
 * @param seen ids of all Bills that m3ter listed in this sweep
 * @param forgotten record ids, by m3ter id, of Bills that the org held before this sweep and the store may not know
 * @returns how many were marked
 */
export async function markDeletedBills(
  session: Session,
  seen: ReadonlySet<string>,
  forgotten: ReadonlyMap<string, string>,
): Promise<number> {
  const { store, m3ter, control, runtime } = session;
  const present = new Map([...trusted(forgotten, seen, session), ...(await store.presentBills())]);
  const missing = [...present].filter(([id]) => !seen.has(id));
  const verified = await Promise.all(
    missing.map(async ([id, recordId]) => ((await m3ter.getBill(id)) ? [] : [{ id, recordId }])),
  );
  const deleted = verified.flat();
  if (deleted.length === 0) return 0;
  const refusals = await control.markDeleted(deleted.map(({ recordId }) => recordId));
  for (const { code, message } of refusals) {
    runtime.logger.warn({ code }, `Salesforce did not mark a Bill that m3ter deleted: ${message}`);
  }
  await store.markDeleted(deleted.map(({ id }) => id));
  runtime.logger.info({ bills: deleted.length }, 'Marked Bills in Salesforce that m3ter no longer has.');
  return deleted.length;
}

/**
 * The Bills that the store may have forgotten, unless m3ter lists not one of them: then they are more likely another m3ter
 * organization's than all deleted.
 */
function trusted(forgotten: ReadonlyMap<string, string>, seen: ReadonlySet<string>, { runtime }: Session) {
  if (forgotten.size === 0 || [...forgotten.keys()].some((id) => seen.has(id))) return forgotten;
  runtime.logger.warn(
    { bills: forgotten.size },
    'm3ter lists none of the Bills that Salesforce holds, so none is marked as deleted. Check M3TER_ORG_ID.',
  );
  return new Map<string, string>();
}

/**
 * What the org holds that the store may have forgotten: everything for a store that was made anew, nothing once
 * `noteComparedBills` was called.
 */
export async function forgottenBills({ store, reader }: Session): Promise<Map<string, string>> {
  return (await store.hasComparedBills()) ? new Map() : reader.presentBills();
}

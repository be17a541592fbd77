import type { Session } from './session.ts';

/**
 * Marks Bills in Salesforce that m3ter no longer has. A Bill that was missing in the list is asked for by its id, so
 * that one that only slipped through the paging is not taken for deleted.
 *
 * @param seen ids of all Bills that m3ter listed in this sweep
 * @returns how many were marked
 */
export async function markDeletedBills(session: Session, seen: ReadonlySet<string>): Promise<number> {
  const { store, m3ter, control, runtime } = session;
  const missing = [...(await store.presentBills())].filter(([id]) => !seen.has(id));
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

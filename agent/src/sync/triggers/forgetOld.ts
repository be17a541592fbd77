import type { Runtime } from '../../runtime.ts';
import { deleteOld } from '../../salesforce/retention.ts';
import type { OrgSession } from '../orgs/orgSession.ts';
import type { AgentParts } from '../types.ts';

const BITE = 2000;
const DAY_MS = 24 * 3_600_000;

/** Deletes old Runs, Events and requests, a bite at a time until none is left. */
export async function forgetOld(
  { connection, names, orgId }: OrgSession,
  { store, settings }: Pick<AgentParts, 'store' | 'settings'>,
  runtime: Runtime,
): Promise<void> {
  const before = new Date(runtime.now().getTime() - settings.retentionDays * DAY_MS);
  for (let isDone = false; !isDone && !runtime.signal.aborted;) {
    const result = await deleteOld(connection, names, { before, limit: BITE });
    isDone = result.isDone;
    const kept = result.refusals.length;
    runtime.logger.info({ orgId, ...result.deleted, kept }, 'Deleted what is older than RETENTION_DAYS.');
  }
  await store.events.forgetBefore(before);
  await store.tidy();
}

import { BulkLoader } from '../../salesforce/bulk/bulkLoader.ts';
import type { Runtime } from '../../runtime.ts';
import type { FactStore } from '../../store/types.ts';
import type { OrgSession } from '../orgs/orgSession.ts';
import { BackfillMemory } from './progress.ts';

/**
 * Ends the bulk jobs of backfills that were killed, before anything else is sent: Salesforce would go on with them, and
 * write the Line Items of then over newer ones.
 */
export async function endAbandonedJobs(session: OrgSession, facts: FactStore, runtime: Runtime): Promise<void> {
  const { orgId, view, connection } = session;
  const loader = new BulkLoader(connection, runtime, () => Promise.resolve());
  for (const { id: integrationId } of view.all) {
    const memory = new BackfillMemory(facts, { orgId, integrationId });
    const jobId = (await memory.read())?.jobId;
    if (!jobId) continue;
    await loader.abort(jobId);
    await memory.change({ jobId: null });
    runtime.logger.warn({ orgId, integrationId, jobId }, 'Ended the bulk job of a backfill that was broken off.');
  }
}

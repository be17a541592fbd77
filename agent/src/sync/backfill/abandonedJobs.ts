import { BulkLoader } from '../../salesforce/bulk/bulkLoader.ts';
import { SalesforceSetupError } from '../../salesforce/errors.ts';
import type { Runtime } from '../../runtime.ts';
import type { FactStore } from '../../store/types.ts';
import type { OrgSession } from '../orgs/orgSession.ts';
import { BackfillMemory } from './progress.ts';

/**
 * Ends the bulk jobs of backfills that were killed, before anything else is sent: Salesforce would go on with them, and
 * write the Line Items of then over newer ones.
 *
 * @throws {SalesforceError} when the org could not be asked now
 */
export async function endAbandonedJobs(
  { orgId, connection }: Pick<OrgSession, 'orgId' | 'connection'>,
  integrationIds: readonly string[],
  { facts, runtime }: { readonly facts: FactStore; readonly runtime: Runtime },
): Promise<void> {
  const loader = new BulkLoader(connection, runtime, () => Promise.resolve());
  for (const integrationId of integrationIds) {
    const memory = new BackfillMemory(facts, { orgId, integrationId });
    const jobId = (await memory.read())?.jobId;
    if (!jobId) continue;
    try {
      await loader.abort(jobId);
      runtime.logger.warn({ orgId, integrationId, jobId }, 'Ended the bulk job of a backfill that was broken off.');
    } catch (error) {
      // An org that allows no bulk jobs any more does not work on this one either.
      if (!(error instanceof SalesforceSetupError)) throw error;
    }
    await memory.change({ jobId: null });
  }
}

/**
 * What the log says of the work on Bills: ids, codes and counts. The sentences of Salesforce are left to Runs and Events,
 * because they may quote what stands in a field.
 */
import type { Logger } from '../runtime.ts';
import type { CountedBatch } from '../store/types.ts';
import { failedCount, reportOf } from './report.ts';
import type { BillResult } from './types.ts';

/** Says what became of a Bill; what is as usual only at the level debug. */
export function logResult(logger: Logger, result: BillResult): void {
  const { billId, orgId, integrationId, runKey, outcome, code } = result;
  const fields = { orgId, integrationId, runKey, billId, outcome, ...(code === null ? {} : { code }) };
  if (outcome === 'failed') logger.warn(fields, 'A Bill failed. Its Run and its Event say why and what to do.');
  else if (outcome === 'retrying') logger.info(fields, 'A Bill could not be sent and is tried again later.');
  else logger.debug(fields, 'A Bill was looked at.');
}

/** Says what a batch came to; one in which nothing was to be done only at the level debug. */
export function logBatch(logger: Logger, batch: CountedBatch, now: Date): void {
  const { orgId, integrationId, runKey, trigger, counts, startedAt } = batch;
  const { billsRead, billsSent, waiting, ...report } = reportOf('', counts);
  const failed = failedCount(report);
  const fields = {
    ...{ orgId, integrationId, runKey, trigger, ms: now.getTime() - startedAt.getTime() },
    ...{ read: billsRead, sent: billsSent, waiting: waiting.missingAccountMapping, failed },
  };
  const isQuiet = billsSent + waiting.missingAccountMapping + failed === 0;
  logger[isQuiet ? 'debug' : 'info'](fields, 'A batch is finished.');
}

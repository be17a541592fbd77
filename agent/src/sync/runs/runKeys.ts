import { childRunKey } from '../../rules/records.ts';
import type { Batch } from '../../store/types.ts';

/** What the Run of a Bill says of its batch. */
export function childOf({ runKey, integrationId, trigger }: Batch, billId: string) {
  return { key: childRunKey(runKey, billId), parentKey: runKey, integrationId, trigger };
}

/** Batches of which every Bill is sent though Salesforce holds the same: a person asked for it. */
const FORCED = 'resend-';

export function forcedRunKey(id: string): string {
  return FORCED + id;
}

export function isForced({ runKey, replayedFrom }: Batch): boolean {
  return replayedFrom !== null || runKey.startsWith(FORCED);
}

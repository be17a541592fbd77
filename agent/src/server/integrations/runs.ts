import { RUN_STATUSES } from '../../rules/records.ts';
import type { EventRow } from '../../salesforce/control/events.ts';
import type { RunRow } from '../../salesforce/control/runs.ts';
import { DESTINATION, ENTITY_TYPE } from './configs.ts';
import type { Found } from './gateway.ts';
import type { IntegrationRunResponse } from './schemas.ts';

/**
 * A Run of an org in m3ter's shape. The entity of the Run of a batch, which is about many Bills, is its integration.
 */
export function toRunAnswer({ org, row }: Found<RunRow>): IntegrationRunResponse {
  return {
    id: row.id,
    ...audit(row),
    entityType: ENTITY_TYPE,
    entityId: row.m3terBillId ?? row.integrationId ?? row.key,
    status: RUN_STATUSES.find((status) => status === row.status) ?? 'ERROR',
    destination: DESTINATION,
    destinationId: org.orgId,
    ...(row.startedAt ? { dtStarted: row.startedAt.toISOString() } : {}),
    ...(row.completedAt ? { dtCompleted: row.completedAt.toISOString() } : {}),
    ...(row.error === null ? {} : { error: row.error }),
    ...(row.billRecordId === null
      ? {}
      : { externalId: row.billRecordId, url: `${org.instanceUrl}/${row.billRecordId}` }),
    ...(row.parentRunId === null ? {} : { parentIntegrationRunId: row.parentRunId }),
    ...(row.replayedFromId === null ? {} : { replayedFromIntegrationRunId: row.replayedFromId }),
  };
}

function audit(
  row: RunRow,
): Pick<IntegrationRunResponse, 'dtCreated' | 'dtLastModified' | 'createdBy' | 'lastModifiedBy'> {
  return {
    ...(row.createdAt ? { dtCreated: row.createdAt.toISOString() } : {}),
    ...(row.modifiedAt ? { dtLastModified: row.modifiedAt.toISOString() } : {}),
    ...(row.createdById ? { createdBy: row.createdById } : {}),
    ...(row.modifiedById ? { lastModifiedBy: row.modifiedById } : {}),
  };
}

/** The log of a Run: everything that the org holds of it, as JSON in base64 (m3ter's `Payload`). */
export function toLog(run: RunRow, children: readonly RunRow[], events: readonly EventRow[]): { Payload: string } {
  const log = { run: withCounts(run), bills: children.map(withCounts), events };
  return { Payload: Buffer.from(JSON.stringify(log, undefined, 2)).toString('base64') };
}

function withCounts({ skippedByReason, ...run }: RunRow): object {
  return { ...run, skippedByReason: countsIn(skippedByReason) };
}

function countsIn(text: string | null): unknown {
  try {
    return JSON.parse(text ?? 'null');
  } catch {
    return text;
  }
}

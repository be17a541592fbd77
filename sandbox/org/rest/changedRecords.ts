import { OrgError } from '../orgError.ts';
import { query } from '../soql/query.ts';
import type { QueryRecord } from '../soql/query.ts';
import type { ApiCall } from './message.ts';
import type { Routes } from './router.ts';
import { urlObject } from './rows.ts';

/** Salesforce answers for the last 30 days. */
const LONGEST_MS = 30 * 24 * 60 * 60 * 1000;

/**
 * Which records of an object were deleted or changed in a span of time.
 * https://developer.salesforce.com/docs/platform/api-rest/guide/resources-getdeleted.html
 */
export const changedRecordRoutes: Routes = {
  'GET sobjects/:object/deleted': (call) => {
    const { start, end } = spanOf(call);
    const records = changed(call, start, end, true);
    const deletedRecords = records.map(({ Id: id, SystemModstamp: deletedDate }) => ({ id, deletedDate }));
    const earliest = new Date(call.org.now().getTime() - LONGEST_MS);
    return {
      status: 200,
      body: { deletedRecords, earliestDateAvailable: wire(earliest), latestDateCovered: wire(end) },
    };
  },
  'GET sobjects/:object/updated': (call) => {
    const { start, end } = spanOf(call);
    const ids = changed(call, start, end, false).map(({ Id: id }) => id);
    return { status: 200, body: { ids, latestDateCovered: wire(end) } };
  },
};

function spanOf({ org, request }: ApiCall): { start: Date; end: Date } {
  const [start, end] = ['start', 'end'].map((name) => new Date(request.query.get(name) ?? '')) as [Date, Date];
  if (Number.isNaN(start.getTime()) || Number.isNaN(end.getTime())) {
    throw new OrgError('MISSING_ARGUMENT', 'The parameters start and end must be given as ISO 8601 instants.');
  }
  if (start >= end) throw new OrgError('INVALID_REPLICATION_DATE', 'startDate must be before endDate');
  if (org.now().getTime() - start.getTime() > LONGEST_MS) {
    throw new OrgError('INVALID_REPLICATION_DATE', 'startDate before org replication enablement date');
  }
  return { start, end };
}

function changed(call: ApiCall, start: Date, end: Date, isDeleted: boolean): QueryRecord[] {
  const object = urlObject(call, call.params['object'] ?? '');
  const span = `SystemModstamp >= ${start.toISOString()} AND SystemModstamp < ${end.toISOString()}`;
  const soql = `SELECT Id, SystemModstamp FROM ${object.name} WHERE IsDeleted = ${isDeleted} AND ${span} ORDER BY Id`;
  return query(call.org, call.request.user, soql, { all: true }).records;
}

const wire = (date: Date): string => date.toISOString().replace('Z', '+0000');

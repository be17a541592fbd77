import { AsyncLocalStorage } from 'node:async_hooks';
import type { FaultTarget } from '../../shared/faultRules.ts';
import type { Org, RecordError, SaveResult } from '../model.ts';
import type { RecordWrite } from '../rest/recordWrites.ts';
import type { Faults } from './faults.ts';
import type { RowLocks } from './rowLocks.ts';
import { rowToBe, touchedRows } from './touchedRows.ts';

/** What a request meets while its records are written. As the holder of rows it stands for its transaction. */
export interface RequestTrouble {
  target: FaultTarget;
  isSpared: boolean;
  /** Rows that it had to wait for. */
  waitedFor: ReadonlySet<string>;
  hasWritten: boolean;
  /** Records in the answer to a query. */
  recordsRead: number;
}

const current = new AsyncLocalStorage<RequestTrouble>();

/** Does the work of a request, and what it leaves to be done later, under its trouble. */
export const runUnder = (trouble: RequestTrouble, work: () => void): void => current.run(trouble, work);

/** Tells the latency of the request how many records its answer holds. */
export function noteRecordsRead(count: number): void {
  const trouble = current.getStore();
  if (trouble) trouble.recordsRead = count;
}

/** The org, with those records refused whose row another holds, or that a `rowLock` or `refuse` fault hits. */
export function troubledOrg(org: Org, faults: Faults, locks: RowLocks): Org {
  const refusal = (write: RecordWrite): SaveResult | undefined => {
    const trouble = current.getStore();
    const error = trouble && !trouble.isSpared ? errorFor(org, faults, locks, trouble, write) : undefined;
    return error && { id: null, success: false, created: false, errors: [error] };
  };
  return {
    ...org,
    save: (user, request) => refusal(request) ?? org.save(user, request),
    remove: (user, id) => refusal({ operation: 'delete', id }) ?? org.remove(user, id),
  };
}

function errorFor(
  org: Org,
  faults: Faults,
  locks: RowLocks,
  trouble: RequestTrouble,
  write: RecordWrite,
): RecordError | undefined {
  const isFirst = !trouble.hasWritten;
  trouble.hasWritten = true;
  if (isFirst && faults.takeFor(trouble.target, 'lock')) return UNABLE_TO_LOCK_ROW;
  if (!locks.isIdle && touchedRows(org, write).some((row) => locks.isHeld(row, trouble))) return UNABLE_TO_LOCK_ROW;
  if (write.operation === 'delete') return undefined;
  if (write.operation === 'upsert' && trouble.waitedFor.has(rowToBe(org, write))) return duplicateValue(write);
  const record = {
    object: write.object,
    // Written out for a fault that looks into it, not for each of a thousand records.
    get text() {
      return JSON.stringify(write);
    },
  };
  const fault = faults.takeRefusal(trouble.target, record);
  return fault && { statusCode: fault.code, message: fault.message, fields: [] };
}

const UNABLE_TO_LOCK_ROW: RecordError = {
  statusCode: 'UNABLE_TO_LOCK_ROW',
  message: 'unable to obtain exclusive access to this record',
  fields: [],
};

/** An upsert is not atomic: of two at once that both found no record, the second meets the first one's. */
function duplicateValue({ externalIdField }: Extract<RecordWrite, { operation: 'upsert' }>): RecordError {
  return {
    statusCode: 'DUPLICATE_VALUE',
    message: `duplicate value found: ${externalIdField}`,
    fields: [externalIdField],
  };
}

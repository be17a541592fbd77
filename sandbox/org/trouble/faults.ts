import { isDuration } from '../../shared/duration.ts';
import type { Duration } from '../../shared/duration.ts';
import { FaultRules } from '../../shared/faultRules.ts';
import type { FaultRule as RuleOf, FaultTarget } from '../../shared/faultRules.ts';

/**
 * A fault to play. A request meets at most one of each sort.
 *
 * Time: `latency` waits before the work is done, and a further time for each record that the request writes or reads.
 * Outcome: `status` answers without doing anything; `dropBefore` and `dropAfterCommit` close the connection without an
 * answer before or after the work is done; `halfOpen` keeps the connection open and never says anything, before or
 * (`afterCommit`) after the work is done; `expireSession` ends the caller's session; `limit` refuses as an org does
 * whose calls are used up. Body: `slowBody` sends the answer's body piece by piece over a time; `cutBody` closes the
 * connection in the middle of it. Records: `rowLock` refuses the first record that a request writes with
 * UNABLE_TO_LOCK_ROW; `refuse` refuses records with any error.
 */
export type Fault =
  | LatencyFault
  | { kind: 'status'; status: number; body?: unknown }
  | { kind: 'dropBefore' }
  | { kind: 'dropAfterCommit' }
  | { kind: 'halfOpen'; afterCommit?: boolean }
  | { kind: 'expireSession' }
  | { kind: 'limit'; of: 'TotalRequests' | 'ConcurrentRequests' }
  | BodyFault
  | { kind: 'rowLock' }
  | RecordFault;

export interface LatencyFault {
  kind: 'latency';
  ms: Duration;
  perRecordMs?: number;
}

export type BodyFault = { kind: 'slowBody'; ms: Duration } | { kind: 'cutBody' };

/** Refuses single records with an error. */
export interface RecordFault {
  kind: 'refuse';
  code: string;
  message: string;
  /** Only records of this object. */
  object?: string;
  /** Only records with this text in one of their values or in their external id. */
  containing?: string;
}

export type FaultRule = RuleOf<Fault>;

type Sort = 'latency' | 'outcome' | 'body' | 'lock' | 'record';

/** A record that is written, as JSON. */
export interface WrittenRecord {
  object: string;
  text: string;
}

const SORTS: Record<Fault['kind'], Sort> = {
  latency: 'latency',
  status: 'outcome',
  dropBefore: 'outcome',
  dropAfterCommit: 'outcome',
  halfOpen: 'outcome',
  expireSession: 'outcome',
  limit: 'outcome',
  slowBody: 'body',
  cutBody: 'body',
  rowLock: 'lock',
  refuse: 'record',
};

/** The faults in force. Only requests below /services/ meet them. */
export class Faults extends FaultRules<Fault> {
  /** The rule whose fault of a sort the request meets, counted down; undefined for none. */
  takeFor(target: FaultTarget, sort: Exclude<Sort, 'record'>): FaultRule | undefined {
    if (!target.path.startsWith('/services/')) return undefined;
    return this.take(target, ({ kind }) => SORTS[kind] === sort);
  }

  /** The refusal for one record that a request writes, counted down; undefined for none. */
  takeRefusal(target: FaultTarget, record: WrittenRecord): RecordFault | undefined {
    return this.take(target, (fault) => concerns(fault, record))?.fault as RecordFault | undefined;
  }
}

function concerns(fault: Fault, { object, text }: WrittenRecord): boolean {
  if (fault.kind !== 'refuse') return false;
  if (fault.object !== undefined && fault.object.toLowerCase() !== object.toLowerCase()) return false;
  return fault.containing === undefined || text.includes(fault.containing);
}

/** Whether a value from outside is a fault that can be played. */
export function isFault({ kind, status, ms, perRecordMs, code, message, of }: Record<string, unknown>): boolean {
  if (kind === 'status') return typeof status === 'number';
  if (kind === 'latency') return isDuration(ms) && (perRecordMs === undefined || typeof perRecordMs === 'number');
  if (kind === 'slowBody') return isDuration(ms);
  if (kind === 'refuse') return typeof code === 'string' && typeof message === 'string';
  if (kind === 'limit') return of === 'TotalRequests' || of === 'ConcurrentRequests';
  return Object.hasOwn(SORTS, String(kind));
}

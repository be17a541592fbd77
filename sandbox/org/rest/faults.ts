import { FaultRules } from '../../shared/faultRules.ts';
import type { FaultRule as RuleOf } from '../../shared/faultRules.ts';

/**
 * A fault to play. On the whole request: `status` answers without doing anything; `latency` waits first; `dropBefore`
 * and `dropAfterCommit` close the connection without an answer before or after the work is done; `halfOpen` keeps the
 * connection open and never says anything, before or (`afterCommit`) after the work is done; `expireSession` ends the
 * caller's session; `limit` refuses as an org does whose calls are used up. On writes: `rowLock` refuses a write with
 * UNABLE_TO_LOCK_ROW, of a composite its first one; `refuse` refuses records with any error.
 */
export type Fault =
  | { kind: 'status'; status: number; body?: unknown }
  | { kind: 'latency'; ms: number }
  | { kind: 'dropBefore' }
  | { kind: 'dropAfterCommit' }
  | { kind: 'halfOpen'; afterCommit?: boolean }
  | { kind: 'expireSession' }
  | { kind: 'limit'; of: 'TotalRequests' | 'ConcurrentRequests' }
  | { kind: 'rowLock' }
  | RecordFault;

/** Refuses single records with an error. */
export interface RecordFault {
  kind: 'refuse';
  code: string;
  message: string;
  /** Only records of this object. */
  object?: string;
  /** Only records with this text in one of their values or in their external id. */
  containing?: string;
  /** How many such records pass first, so that the n-th write of a composite can be met. */
  after?: number;
}

export type FaultRule = RuleOf<Fault>;

/** At which point of a request a fault is met. */
type FaultPoint = 'request' | 'lock' | 'record';

const pointOf = ({ kind }: Fault): FaultPoint =>
  kind === 'rowLock' ? 'lock' : kind === 'refuse' ? 'record' : 'request';

/** What a record write brings. */
export interface RecordWrite {
  object: string;
  /** Its fields and its external id, as JSON. */
  text: string;
}

/** The faults in force. Those of requests are met below /services/ only. */
export class Faults extends FaultRules<Fault> {
  private readonly passed = new WeakMap<FaultRule, number>();

  /** The fault for a request, counted down; undefined for none. Locks are met by themselves, later than the rest. */
  takeFor(method: string, path: string, point: 'request' | 'lock'): Fault | undefined {
    if (!path.startsWith('/services/')) return undefined;
    return this.take({ method, path }, (fault) => pointOf(fault) === point);
  }

  /** The refusal for one record that is written, counted down; undefined for none. */
  takeRefusal(write: RecordWrite): RecordFault | undefined {
    const fault = this.takeRule((rule) => concerns(rule.fault, write) && !this.letsPass(rule));
    return fault?.kind === 'refuse' ? fault : undefined;
  }

  private letsPass(rule: FaultRule): boolean {
    const passed = this.passed.get(rule) ?? 0;
    this.passed.set(rule, passed + 1);
    return rule.fault.kind === 'refuse' && passed < (rule.fault.after ?? 0);
  }
}

function concerns(fault: Fault, { object, text }: RecordWrite): boolean {
  if (fault.kind !== 'refuse') return false;
  if (fault.object !== undefined && fault.object.toLowerCase() !== object.toLowerCase()) return false;
  return fault.containing === undefined || text.includes(fault.containing);
}

/** Whether a value from outside is a fault that can be played. */
export function isFault({ kind, status, ms, code, message, of }: Record<string, unknown>): boolean {
  if (kind === 'status') return typeof status === 'number';
  if (kind === 'latency') return typeof ms === 'number';
  if (kind === 'refuse') return typeof code === 'string' && typeof message === 'string';
  if (kind === 'limit') return of === 'TotalRequests' || of === 'ConcurrentRequests';
  return ['dropBefore', 'dropAfterCommit', 'halfOpen', 'expireSession', 'rowLock'].includes(String(kind));
}

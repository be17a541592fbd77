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

export interface FaultRule {
  /** Which requests: by method, and by a text that the path contains. Empty: all below /services/. */
  match: { method?: string; path?: string };
  /** How many requests (`refuse`: records) it hits before it goes; without it, it stays. */
  times?: number;
  fault: Fault;
}

/** At which point of a request a fault is met. */
export type FaultPoint = 'request' | 'lock' | 'record';

export const pointOf = ({ kind }: Fault): FaultPoint =>
  kind === 'rowLock' ? 'lock' : kind === 'refuse' ? 'record' : 'request';

/** What a record write brings. */
export interface RecordWrite {
  object: string;
  /** Its fields and its external id, as JSON. */
  text: string;
}

/** The rules in force; the first that matches is played. */
export class Faults {
  readonly rules: FaultRule[] = [];
  private readonly passed = new WeakMap<FaultRule, number>();

  /** The fault for a request, counted down; undefined for none. Locks are met by themselves, later than the rest. */
  take(method: string, path: string, point: 'request' | 'lock'): Fault | undefined {
    if (!path.startsWith('/services/')) return undefined;
    const rule = this.rules.find(
      (one) =>
        pointOf(one.fault) === point &&
        (one.times === undefined || one.times > 0) &&
        (one.match.method === undefined || one.match.method.toUpperCase() === method) &&
        (one.match.path === undefined || path.includes(one.match.path)),
    );
    if (rule?.times !== undefined) rule.times -= 1;
    return rule?.fault;
  }

  /** The refusal for one record that is written, counted down; undefined for none. */
  takeRefusal(write: RecordWrite): RecordFault | undefined {
    for (const rule of this.rules) {
      if (rule.fault.kind !== 'refuse' || rule.times === 0 || !concerns(rule.fault, write)) continue;
      const passed = this.passed.get(rule) ?? 0;
      this.passed.set(rule, passed + 1);
      if (passed < (rule.fault.after ?? 0)) continue;
      if (rule.times !== undefined) rule.times -= 1;
      return rule.fault;
    }
    return undefined;
  }
}

function concerns({ object, containing }: RecordFault, write: RecordWrite): boolean {
  if (object !== undefined && object.toLowerCase() !== write.object.toLowerCase()) return false;
  return containing === undefined || write.text.includes(containing);
}

/** Whether a value from outside is a rule that can be played. */
export function isFaultRule(value: unknown): value is FaultRule {
  const { match, times, fault } = (value ?? {}) as { match?: unknown; times?: unknown; fault?: object };
  return (
    typeof match === 'object' &&
    match !== null &&
    (times === undefined || typeof times === 'number') &&
    isFault((fault ?? {}) as Record<string, unknown>)
  );
}

function isFault({ kind, status, ms, code, message, of }: Record<string, unknown>): boolean {
  if (kind === 'status') return typeof status === 'number';
  if (kind === 'latency') return typeof ms === 'number';
  if (kind === 'refuse') return typeof code === 'string' && typeof message === 'string';
  if (kind === 'limit') return of === 'TotalRequests' || of === 'ConcurrentRequests';
  return ['dropBefore', 'dropAfterCommit', 'halfOpen', 'expireSession', 'rowLock'].includes(String(kind));
}

import { SalesforceError } from './errors.ts';
import type { Outcome, RootError } from './packAnswer.ts';
import type { WriteItem } from './packRequest.ts';

/** What follows from a call that was refused and therefore wrote nothing. */
export interface Verdict {
  /** Bills that are done: superseded, or refused for a reason that lies in them. */
  readonly outcomes: readonly Outcome[];
  /** Bills to send again. */
  readonly rest: readonly WriteItem[];
  /** Of these, lines to delete are gone: which ones are left must be read again first. */
  readonly gone: ReadonlySet<WriteItem>;
  /** Sending the same again after a while may work. */
  readonly isTransient: boolean;
  /** Every error could be told to be one Bill's. */
  readonly isMapped: boolean;
}

export function failed(item: WriteItem, code: string, message: string): Outcome {
  return { kind: 'failed', item, code, message };
}

/** Whether an error of a whole call may be the fault of one Bill in it, so that smaller calls are worth a try. */
export function isolates(error: unknown): error is SalesforceError {
  if (!(error instanceof SalesforceError)) return false;
  const { code, errorClass } = error;
  return errorClass === 'badData' || code === 'TIMEOUT' || code === 'UNKNOWN_EXCEPTION' || code === 'ERROR_HTTP_500';
}

/**
 * Tells culprits from bystanders.
 *
 * @param mayWait whether an error that passes is still worth waiting for; else its Bill fails with it
 */
export function settle(items: readonly WriteItem[], roots: readonly RootError[], mayWait: boolean): Verdict {
  const done = new Map<WriteItem, Outcome>();
  const gone = new Set<WriteItem>();
  let isTransient = false;
  for (const { item, code, message, errorClass } of roots) {
    const passes = errorClass === 'transient' || errorClass === 'limit' || errorClass === 'auth';
    if (passes && mayWait) isTransient = true;
    else if (item && errorClass === 'gone') gone.add(item);
    else if (item && errorClass === 'superseded') done.set(item, { kind: 'superseded', item });
    else if (item && done.get(item)?.kind !== 'superseded') done.set(item, failed(item, code, message));
  }
  const rest = items.filter((item) => !done.has(item));
  return {
    outcomes: [...done.values()],
    rest,
    gone: new Set([...gone].filter((item) => !done.has(item))),
    isTransient: isTransient && done.size === 0,
    isMapped: roots.length > 0 && roots.every(({ item }) => item !== undefined),
  };
}

import pRetry from 'p-retry';
import { asError } from './errors.ts';
import type { Runtime } from './runtime.ts';

export interface RetryPolicy {
  /** Tries after the first one. */
  readonly retries: number;
  /** Milliseconds to wait before the next try, or undefined when the error is final. `attempt` counts from 1. */
  delayOf(error: Error, attempt: number): number | undefined;
}

/**
 * Runs `work` again while the policy says so, and throws the last error. An attempt under way always gets to its end,
 * so that the answer of a write is never thrown away; the runtime's sleep is what an abort ends.
 */
export function withRetries<T>(
  work: () => Promise<T>,
  policy: RetryPolicy,
  runtime: Pick<Runtime, 'sleep'>,
): Promise<T> {
  return pRetry(work, {
    retries: policy.retries,
    // The policy waits in onFailedAttempt, with the runtime's clock: p-retry itself adds nothing.
    minTimeout: 0,
    onFailedAttempt: async ({ error, attemptNumber, retriesLeft }) => {
      const delay = retriesLeft > 0 ? policy.delayOf(error, attemptNumber) : undefined;
      if (delay === undefined) throw asError(error);
      await runtime.sleep(delay);
    },
    shouldRetry: () => true,
  });
}

/** A random time that doubles with each attempt: between half and all of `base * 2^(attempt - 1)`, at most `most`. */
export function jitter(random: () => number, attempt: number, base: number, most: number): number {
  const full = Math.min(most, base * 2 ** (attempt - 1));
  return Math.round(full / 2 + (full / 2) * random());
}

/** A wait that was asked for, and up to a quarter more at random: those who were told the same must not come back together. */
export function spread(random: () => number, milliseconds: number): number {
  return Math.round(milliseconds * (1 + random() / 4));
}

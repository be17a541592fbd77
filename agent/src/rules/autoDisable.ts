/** So many successive error Events disable an integration (m3ter's documentation of its own integrations says 10). */
export const SUCCESSIVE_ERROR_LIMIT = 10;

/** The error Events since the last Bill that was sent, or since the integration was enabled. */
export interface ErrorStreak {
  readonly count: number;
  /** What happened, oldest first: a line for each. */
  readonly evidence: readonly string[];
}

/** What became of one Bill, as far as the count of errors is concerned. */
export type StreakOutcome =
  | { readonly kind: 'sent' }
  /** `isNew`: the org did not have this Event yet. The same Event written again does not count. */
  | { readonly kind: 'error'; readonly isNew: boolean; readonly evidence: string }
  /** Skipped, unchanged, or to be tried again: neither a success nor an error. */
  | { readonly kind: 'neutral' };

export interface StreakResult {
  readonly streak: ErrorStreak;
  /** The index of the outcome that reached the limit; undefined when none did. */
  readonly disabledAt: number | undefined;
}

export const NO_ERRORS: ErrorStreak = { count: 0, evidence: [] };

/**
 * Counts the errors of an integration over outcomes in the order of the Bills, up to the one that disables it (design
 * section 6): a new error Event counts one, a Bill that was sent begins anew.
 */
export function extendStreak(before: ErrorStreak, outcomes: readonly StreakOutcome[]): StreakResult {
  let streak = before;
  for (const [index, outcome] of outcomes.entries()) {
    if (outcome.kind === 'sent') streak = NO_ERRORS;
    if (outcome.kind !== 'error' || !outcome.isNew) continue;
    const evidence = [...streak.evidence, outcome.evidence].slice(-SUCCESSIVE_ERROR_LIMIT);
    streak = { count: streak.count + 1, evidence };
    if (streak.count >= SUCCESSIVE_ERROR_LIMIT) return { streak, disabledAt: index };
  }
  return { streak, disabledAt: undefined };
}

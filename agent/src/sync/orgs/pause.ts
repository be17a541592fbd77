import type { Trouble, TroubleKind } from '../failure.ts';

/** Milliseconds until the next try: the first time, and at most. Each time in a row doubles it. */
const WAITS: Readonly<Record<TroubleKind, { readonly first: number; readonly most: number }>> = {
  authentication: { first: 15_000, most: 15 * 60_000 },
  setup: { first: 15_000, most: 5 * 60_000 },
  limit: { first: 30_000, most: 5 * 60_000 },
  unavailable: { first: 1000, most: 60_000 },
};

/**
 * Keeps the agent from calling an org, or m3ter, that cannot take calls. When the pause is over one caller tries again;
 * a success ends the trouble, a failure begins a longer pause.
 */
export class Pause {
  private trouble: Trouble | undefined;
  private until = 0;
  private wait = 0;
  private failures = 0;

  /** The trouble that lasts, also while somebody tries again. */
  get reason(): Trouble | undefined {
    return this.trouble;
  }

  /** The end of the pause; null while there is none. */
  get end(): Date | null {
    return this.trouble ? new Date(this.until) : null;
  }

  /** Milliseconds for which nobody should call; 0: go ahead. */
  remaining(now: Date): number {
    // Never longer than it was meant, though the clock be set back.
    return this.trouble ? Math.max(0, Math.min(this.wait, this.until - now.getTime())) : 0;
  }

  /** After an error: begins a pause, a longer one than the last if nothing worked since. True when it is news. */
  begin(trouble: Trouble, now: Date): boolean {
    const isNews = this.trouble?.kind !== trouble.kind;
    if (isNews) this.failures = 0;
    // Several calls that fail together are one failure.
    if (isNews || this.remaining(now) === 0) {
      const { first, most } = WAITS[trouble.kind];
      this.wait = trouble.retryAfter ?? Math.min(most, first * 2 ** this.failures);
      this.until = now.getTime() + this.wait;
      this.failures += 1;
    }
    this.trouble = trouble;
    return isNews;
  }

  /** After a call that worked. The trouble that is over, if there was any. */
  finish(): Trouble | undefined {
    const { trouble } = this;
    this.trouble = undefined;
    this.failures = 0;
    return trouble;
  }
}

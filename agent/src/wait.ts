/** A time to wait for, by a clock that people may set. */
export interface Wait {
  /** Milliseconds of the clock. */
  readonly since: number;
  readonly milliseconds: number;
}

/**
 * Milliseconds that are left of a wait. A clock that was set back to before its begin ends it: else it would last for as
 * long as the clock was set back.
 */
export function leftOf({ since, milliseconds }: Wait, now: Date): number {
  const time = now.getTime();
  return time < since ? 0 : Math.max(0, since + milliseconds - time);
}

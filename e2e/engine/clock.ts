import { setTimeout as delay } from 'node:timers/promises';

/** How much faster time goes in the model than outside. */
export const PACE = 60;

/** A fast clock: what waits for minutes is over in seconds. */
export class Clock {
  private readonly start: number;
  private readonly begun = performance.now();

  constructor(start: Date) {
    this.start = start.getTime();
  }

  readonly now = (): Date => new Date(this.start + (performance.now() - this.begun) * PACE);

  readonly sleep = (milliseconds: number, signal?: AbortSignal): Promise<void> =>
    delay(milliseconds / PACE, undefined, signal ? { signal } : {});
}

import { setTimeout as delay } from 'node:timers/promises';

/** How much faster time goes in the model than outside. */
export const PACE = 60;

/** A fast clock: what waits for minutes is over in seconds. */
export class Clock {
  private start: number;
  readonly pace: number;
  private readonly begun = performance.now();

  constructor(start: Date, pace = PACE) {
    this.start = start.getTime();
    this.pace = pace;
  }

  readonly now = (): Date => new Date(this.start + (performance.now() - this.begun) * this.pace);

  readonly sleep = (milliseconds: number, signal?: AbortSignal): Promise<void> =>
    delay(milliseconds / this.pace, undefined, signal ? { signal } : {});

  /** Sets the clock forward; who sleeps does not notice. */
  skipTo(time: Date): void {
    this.start += time.getTime() - this.now().getTime();
  }
}

import type { Progress } from '../operations/operations.ts';
import type { Terminal } from './context.ts';
import { duration } from './text/time.ts';

/** Shorter work shows no progress. */
const QUIET_MS = 2000;
const REDRAW_EVERY_MS = 200;
const CLEAR_LINE = '\r\u001b[K';

/** One line on a terminal that tells how far work has come, with rate and time left; nothing elsewhere. */
export class ProgressLine {
  private readonly terminal: Terminal;
  private readonly now: () => Date;
  private readonly startedAt: number;
  private drawnAt: number | undefined;

  constructor(terminal: Terminal, now: () => Date) {
    this.terminal = terminal;
    this.now = now;
    this.startedAt = now().getTime();
  }

  show(progress: Progress): void {
    const at = this.now().getTime();
    if (!this.terminal.isTTY || at - this.startedAt < QUIET_MS) return;
    if (this.drawnAt !== undefined && at - this.drawnAt < REDRAW_EVERY_MS) return;
    this.drawnAt = at;
    this.terminal.write(CLEAR_LINE + progressText(progress, (at - this.startedAt) / 1000));
  }

  /** Takes the line away. */
  clear(): void {
    if (this.drawnAt !== undefined) this.terminal.write(CLEAR_LINE);
    this.drawnAt = undefined;
  }
}

/** @param seconds since the work began */
export function progressText({ what, done, total }: Progress, seconds: number): string {
  const rate = seconds > 0 ? done / seconds : 0;
  const parts = [total === undefined ? `${what}: ${done}` : `${what}: ${done} of ${total}`];
  if (rate > 0) parts.push(`${rate >= 10 ? Math.round(rate) : rate.toFixed(1)}/s`);
  if (rate > 0 && total !== undefined && total > done) parts.push(`${duration((total - done) / rate)} left`);
  return parts.join(', ');
}

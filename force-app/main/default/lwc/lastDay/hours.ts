import { nodes } from 'c/connection';
import type { LastDayData } from './lastDayQuery';

const HOUR_MS = 3_600_000;
const HOURS = 24;

/** Numbers of Bills by what became of them. */
export interface Outcomes {
  sent: number;
  skipped: number;
  failed: number;
}
export interface Hour extends Outcomes {
  /** When it began (ISO). */
  start: string;
}

/** The 24 hours up to now, oldest first, with what the batches that began in each made of their Bills. */
export function hoursOf(data: LastDayData, now: Date): Hour[] {
  const last = Math.floor(now.getTime() / HOUR_MS);
  const hours = Array.from({ length: HOURS }, (_, index) => ({
    start: new Date((last - HOURS + 1 + index) * HOUR_MS).toISOString(),
    ...{ sent: 0, skipped: 0, failed: 0 },
  }));
  for (const { started, sent, skipped, failed } of nodes(data.uiapi.query.runs)) {
    const hour = hours[Math.floor(Date.parse(started.value ?? '') / HOUR_MS) - last + HOURS - 1];
    if (!hour) continue;
    hour.sent += sent.value ?? 0;
    hour.skipped += skipped.value ?? 0;
    hour.failed += failed.value ?? 0;
  }
  return hours;
}

export function totalOf(hours: readonly Outcomes[]): Outcomes {
  const total = { sent: 0, skipped: 0, failed: 0 };
  for (const { sent, skipped, failed } of hours) {
    total.sent += sent;
    total.skipped += skipped;
    total.failed += failed;
  }
  return total;
}

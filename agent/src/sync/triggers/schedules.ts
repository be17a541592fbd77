import { dueDay, dueHour } from '../../rules/schedule.ts';
import type { Runtime } from '../../runtime.ts';
import type { FactStore } from '../../store/types.ts';

export interface SchedulesParts {
  readonly facts: FactStore;
  readonly runtime: Runtime;
  /** 0 to 23 */
  readonly reconcileHour: number;
}

export type Due = 'hour' | 'day';

/** A clock that was set back by more than this leaves marks in the future that have to be forgotten. */
const FUTURE_MS = 2 * 3_600_000;

/** Which hours and days are due: each at least once, and once but for a kill or another process in the same moment. */
export class Schedules {
  private readonly parts: SchedulesParts;
  /** What was asked last, so that the store is asked once for each hour and not for each tick. */
  private readonly asked = new Map<string, string>();

  constructor(parts: SchedulesParts) {
    this.parts = parts;
  }

  /**
   * Asks for what is due in an org; several hours that passed unnoticed are due once.
   *
   * @param ask comes before the claim: after a kill, or an error, in between it is asked for again
   */
  async run(orgId: string, timeZone: string, ask: (due: Due) => Promise<void>): Promise<void> {
    const { reconcileHour, runtime } = this.parts;
    const now = runtime.now();
    await this.claim(`hour ${orgId}`, dueHour(now, timeZone), now, () => ask('hour'));
    await this.claim(`day ${orgId}`, dueDay(now, timeZone, reconcileHour), now, () => ask('day'));
  }

  private async claim(name: string, due: string, now: Date, ask: () => Promise<void>): Promise<void> {
    if (this.asked.get(name) === due) return;
    const { facts } = this.parts;
    const last = await facts.get(name);
    // The first look at an org scans everything anyway.
    if (last !== undefined && last < due) await ask();
    await claimTime(facts, name, due, now);
    this.asked.set(name, due);
  }
}

/**
 * Claims a time that no process claimed before.
 *
 * @param due ISO 8601, UTC
 */
export async function claimTime(facts: FactStore, name: string, due: string, now: Date): Promise<boolean> {
  const last = await facts.get(name);
  if (last !== undefined && Date.parse(last) - now.getTime() > FUTURE_MS) await facts.set(name, due);
  return facts.claimLater(name, due);
}

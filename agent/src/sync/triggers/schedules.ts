import { dueDay, dueHour } from '../../rules/schedule.ts';
import type { Runtime } from '../../runtime.ts';
import type { FactStore } from '../../store/types.ts';

export interface SchedulesParts {
  readonly facts: FactStore;
  readonly runtime: Runtime;
  /** 0 to 23 */
  readonly reconcileHour: number;
}

export interface Due {
  readonly hour: boolean;
  readonly day: boolean;
}

/** A clock that was set back by more than this leaves marks in the future that have to be forgotten. */
const FUTURE_MS = 2 * 3_600_000;

/** Which hours and days are due, each claimed once over restarts and processes. */
export class Schedules {
  private readonly parts: SchedulesParts;
  /** What was asked last, so that the store is asked once for each hour and not for each tick. */
  private readonly asked = new Map<string, string>();

  constructor(parts: SchedulesParts) {
    this.parts = parts;
  }

  /** What is due in an org; several hours that passed unnoticed are due once. */
  async due(orgId: string, timeZone: string): Promise<Due> {
    const now = this.parts.runtime.now();
    return {
      hour: await this.claim(`hour ${orgId}`, dueHour(now, timeZone), now),
      day: await this.claim(`day ${orgId}`, dueDay(now, timeZone, this.parts.reconcileHour), now),
    };
  }

  private async claim(name: string, due: string, now: Date): Promise<boolean> {
    if (this.asked.get(name) === due) return false;
    const { facts } = this.parts;
    // The first look at an org scans everything anyway.
    const isFirst = (await facts.get(name)) === undefined;
    const isOurs = await claimTime(facts, name, due, now);
    this.asked.set(name, due);
    return isOurs && !isFirst;
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

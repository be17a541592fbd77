import { errorMessage } from '../../errors.ts';
import type { Check } from '../shapes.ts';

export function pass(name: string, detail: string, subject: string | null = null): Check {
  return { name, subject, outcome: 'pass', detail, fix: null };
}

export function warn(name: string, detail: string, fix: string, subject: string | null = null): Check {
  return { name, subject, outcome: 'warn', detail, fix };
}

export function fail(name: string, detail: string, fix: string, subject: string | null = null): Check {
  return { name, subject, outcome: 'fail', detail, fix };
}

/** The checks that `work` makes; what it throws is a failed check of its own. */
export async function guarded(
  name: string,
  subject: string | null,
  fix: string,
  work: () => Promise<Check[]> | Check[],
): Promise<Check[]> {
  try {
    return await work();
  } catch (error) {
    return [fail(name, errorMessage(error), fix, subject)];
  }
}

/** Tokens last hours and assertions minutes: a clock that is off by more than this will be refused. */
const MOST_SKEW_MS = 60_000;
const MUCH_SKEW_MS = 10_000;

/** @param theirs the Date header of an answer; undefined when there was none */
export function clockCheck(name: string, subject: string, theirs: Date | undefined, now: Date): Check {
  if (!theirs)
    return warn(name, 'the answer did not tell the time', 'Check the clock of this machine by hand', subject);
  const skew = now.getTime() - theirs.getTime();
  const seconds = Math.round(Math.abs(skew) / 1000);
  const detail = `this machine is ${seconds} s ${skew < 0 ? 'behind' : 'ahead'}`;
  const fix = 'Let this machine take its time from the network (NTP)';
  if (Math.abs(skew) > MOST_SKEW_MS) return fail(name, detail, fix, subject);
  return Math.abs(skew) > MUCH_SKEW_MS ? warn(name, detail, fix, subject) : pass(name, detail, subject);
}

const DAY = 86_400_000;

/** A billing period; the end is exclusive. */
export interface Period {
  start: string;
  end: string;
}

export const dateOf = (instant: Date): string => instant.toISOString().slice(0, 10);

export const instantOf = (date: string, hours = 0): Date =>
  new Date(Date.parse(`${date}T00:00:00.000Z`) + (hours * DAY) / 24);

export const addDays = (date: string, days: number): string => dateOf(new Date(instantOf(date).getTime() + days * DAY));

/** The first day of the month that lies `months` after that of `date`. */
export function monthStart(date: string, months = 0): string {
  const instant = instantOf(date);
  return dateOf(new Date(Date.UTC(instant.getUTCFullYear(), instant.getUTCMonth() + months, 1)));
}

/** How much of a period has passed, from 0 to 1, in thousandths. */
export function elapsedShare(period: Period, now: Date): number {
  const [start, end] = [instantOf(period.start).getTime(), instantOf(period.end).getTime()];
  const share = (now.getTime() - start) / (end - start);
  return Math.min(1, Math.max(0, Math.round(share * 1000) / 1000));
}

/**
 * The period of a billing frequency that ends with the day `last`.
 *
 * @param interval how many of the frequency's units the period spans
 */
export function periodEndingWith(last: string, frequency: string, interval: number): Period {
  const end = addDays(last, 1);
  return { start: moved(end, frequency, -interval), end };
}

/** The period that follows another one of the same frequency and interval. */
export const periodAfter = ({ end }: Period, frequency: string, interval: number): Period => ({
  start: end,
  end: moved(end, frequency, interval),
});

function moved(date: string, frequency: string, units: number): string {
  const instant = instantOf(date);
  if (frequency === 'DAILY' || frequency === 'AD_HOC') instant.setUTCDate(instant.getUTCDate() + units);
  else if (frequency === 'WEEKLY') instant.setUTCDate(instant.getUTCDate() + 7 * units);
  else instant.setUTCMonth(instant.getUTCMonth() + units * (frequency === 'ANNUALLY' ? 12 : 1));
  return dateOf(instant);
}

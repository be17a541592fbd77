import LOCALE from '@salesforce/i18n/locale';
import TIME_ZONE from '@salesforce/i18n/timeZone';

const DAY_MS = 86_400_000;
const RELATIVE_UNITS: ReadonlyArray<{ unit: Intl.RelativeTimeFormatUnit; seconds: number }> = [
  { unit: 'day', seconds: 86_400 },
  { unit: 'hour', seconds: 3_600 },
  { unit: 'minute', seconds: 60 },
];
const SECOND = { unit: 'second', seconds: 1 } as const;
/** From where on a duration is said in this unit: `90 sec` tells more than `2 min`. */
const DURATION_UNITS = [
  { unit: 'hour', seconds: 3_600, from: 7_200 },
  { unit: 'minute', seconds: 60, from: 120 },
] as const;

const dayFormat = new Intl.DateTimeFormat(LOCALE, { dateStyle: 'medium', timeZone: 'UTC' });
const instantFormat = new Intl.DateTimeFormat(LOCALE, { dateStyle: 'medium', timeStyle: 'short', timeZone: TIME_ZONE });
const relativeFormat = new Intl.RelativeTimeFormat(LOCALE, { numeric: 'auto' });

/** A calendar date (`YYYY-MM-DD`) in words of the user's locale; empty text for none. */
export function formatDay(day: string | null | undefined): string {
  return day ? dayFormat.format(toUtc(day)) : '';
}

/** The last day of a period whose end (`YYYY-MM-DD`) is not part of it, as m3ter gives periods. */
export function lastDay(endExclusive: string): string {
  return new Date(toUtc(endExclusive).getTime() - DAY_MS).toISOString().slice(0, 10);
}

/** A period from its first day to the day before `endExclusive`, such as `Sep 1 – 30, 2026`. */
export function formatPeriod(start: string | null | undefined, endExclusive: string | null | undefined): string {
  if (!start || !endExclusive) return formatDay(start ?? (endExclusive ? lastDay(endExclusive) : undefined));
  const last = lastDay(endExclusive);
  return last > start ? dayFormat.formatRange(toUtc(start), toUtc(last)) : formatDay(start);
}

/**
 * The days of a period between two instants, the second of which is not part of it.
 *
 * @param timeZone an IANA name, in which the days are meant; UTC where it is missing or unknown
 */
export function formatPeriodOf(
  start: string | null | undefined,
  endExclusive: string | null | undefined,
  timeZone: string | null | undefined,
): string {
  const zone = dayFormatIn(timeZone);
  const first = start ? new Date(parseInstant(start)) : undefined;
  const last = endExclusive ? new Date(parseInstant(endExclusive) - 1) : undefined;
  if (first && last && last > first) return zone.formatRange(first, last);
  const only = first ?? last;
  return only ? zone.format(only) : '';
}

function dayFormatIn(timeZone: string | null | undefined): Intl.DateTimeFormat {
  try {
    return new Intl.DateTimeFormat(LOCALE, { dateStyle: 'medium', timeZone: timeZone || 'UTC' });
  } catch {
    return dayFormat;
  }
}

/** An instant in the user's locale and time zone; empty text for none. */
export function formatInstant(instant: string | null | undefined): string {
  return instant ? instantFormat.format(new Date(parseInstant(instant))) : '';
}

/** How long before or after `now` an instant is, such as `4 minutes ago`; empty text for none. */
export function formatRelative(instant: string | null | undefined, now: Date): string {
  if (!instant) return '';
  const seconds = Math.round((parseInstant(instant) - now.getTime()) / 1000);
  const fit = RELATIVE_UNITS.find((candidate) => Math.abs(seconds) >= candidate.seconds);
  if (!fit) return relativeFormat.format(seconds, 'second');
  return relativeFormat.format(Math.trunc(seconds / fit.seconds), fit.unit);
}

/** How long something took, such as `41 sec` or `2 min`; empty text while it has no end. */
export function formatDuration(start: string | null | undefined, end: string | null | undefined): string {
  if (!start || !end) return '';
  const seconds = Math.max(0, Math.round((parseInstant(end) - parseInstant(start)) / 1000));
  const { unit, seconds: size } = DURATION_UNITS.find((candidate) => seconds >= candidate.from) ?? SECOND;
  const options = { style: 'unit', unit, maximumFractionDigits: 0 } as const;
  return new Intl.NumberFormat(LOCALE, options).format(Math.round(seconds / size));
}

/** A month (`YYYY-MM`) in words, `short` such as `Sep` or `long` such as `September 2026`. */
export function formatMonth(month: string, style: 'short' | 'long'): string {
  const options: Intl.DateTimeFormatOptions =
    style === 'short' ? { month: 'short', timeZone: 'UTC' } : { month: 'long', year: 'numeric', timeZone: 'UTC' };
  return new Intl.DateTimeFormat(LOCALE, options).format(toUtc(`${month}-01`));
}

/** The last `count` months up to the one of `now` in UTC, oldest first, as `YYYY-MM`. */
export function lastMonths(count: number, now: Date): string[] {
  return Array.from({ length: count }, (_, index) => {
    const first = Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - (count - 1 - index), 1);
    return new Date(first).toISOString().slice(0, 7);
  });
}

function toUtc(day: string): Date {
  return new Date(`${day}T00:00:00Z`);
}

/** Milliseconds since 1970 of an ISO instant; the platform may write its offset without the colon. */
function parseInstant(instant: string): number {
  return Date.parse(instant.replace(/([+-]\d\d)(\d\d)$/, '$1:$2'));
}

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
/** Zones shift their clocks by two hours at most, so an hour of the clock begins at least this often. */
const LONGEST_HOUR_MINUTES = 180;

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known) return known;
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
  formats.set(timeZone, format);
  return format;
}

/** What the clocks of a zone show, as milliseconds of the same reading in UTC. */
function localTime(instant: number, timeZone: string): number {
  const parts = Object.fromEntries(
    formatOf(timeZone)
      .formatToParts(instant)
      .map(({ type, value }) => [type, value]),
  );
  const { year, month, day, hour, minute, second } = parts;
  return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
}

/**
 * The last instant at which the clocks of a zone began an hour, as ISO text in UTC, which sorts by time. Each such
 * instant is one hourly batch; when several passed unnoticed, only the last one is due.
 *
 * @param timeZone an IANA name, such as Asia/Kolkata
 * @throws {RangeError} for a zone that there is not
 */
export function dueHour(now: Date, timeZone: string): string {
  const minute = Math.floor(now.getTime() / MINUTE) * MINUTE;
  for (let back = 0; back < LONGEST_HOUR_MINUTES; back += 1) {
    const instant = minute - back * MINUTE;
    if (localTime(instant, timeZone) % (60 * MINUTE) === 0) return new Date(instant).toISOString();
  }
  return new Date(minute).toISOString();
}

/**
 * The last instant at which a day's clocks first showed an hour, as ISO text in UTC. On a day whose clocks leave out
 * that hour it is the instant of the leap; when they show it twice it is the first time.
 *
 * @param hour 0 to 23
 * @throws {RangeError} for a zone that there is not
 */
export function dueDay(now: Date, timeZone: string, hour: number): string {
  const today = Math.floor(localTime(now.getTime(), timeZone) / DAY) * DAY;
  const due = [today, today - DAY, today - 2 * DAY]
    .map((day) => firstInstantAt(day + hour * 60 * MINUTE, timeZone))
    .find((instant) => instant <= now.getTime());
  return new Date(due ?? now.getTime()).toISOString();
}

/** The first instant at which the clocks show this reading or a later one. */
function firstInstantAt(reading: number, timeZone: string): number {
  // Offsets from UTC are between -12 and +14 hours.
  let before = reading - DAY;
  let reached = reading + DAY;
  while (reached - before > MINUTE) {
    const middle = before + Math.floor((reached - before) / 2 / MINUTE) * MINUTE;
    if (localTime(middle, timeZone) >= reading) reached = middle;
    else before = middle;
  }
  return earlierShowing(reading, reached, timeZone);
}

/** Where clocks are set back the search may have ended at the second showing: the first is hours before it. */
function earlierShowing(reading: number, found: number, timeZone: string): number {
  for (let back = LONGEST_HOUR_MINUTES; back > 0; back -= 1) {
    const instant = found - back * MINUTE;
    if (localTime(instant, timeZone) >= reading) return instant;
  }
  return found;
}

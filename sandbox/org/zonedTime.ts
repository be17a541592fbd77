// Building an Intl formatter costs far more than using it, and a query formats thousands of values.
const formats = new Map<string, Intl.DateTimeFormat>();

/** The wall clock of a time zone at an instant, as `YYYY-MM-DDTHH:mm:ss`; `timeZone` is an IANA name. */
export function localText(instant: Date, timeZone: string): string {
  let format = formats.get(timeZone);
  if (!format) {
    // Swedish writes dates and times as ISO 8601 does, but for the T.
    format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' });
    formats.set(timeZone, format);
  }
  return format.format(instant).replace(' ', 'T');
}

/** The instant at which a calendar day begins in a time zone, as UTC text with milliseconds and Z. */
export function startOfDay(day: string, timeZone: string): string {
  const wallClock = Date.parse(`${day}T00:00:00Z`);
  const offsetAt = (instant: number): number => Date.parse(`${localText(new Date(instant), timeZone)}Z`) - instant;
  // The offset at the first guess may be the one from before or after a change of the clock.
  const guess = wallClock - offsetAt(wallClock);
  return new Date(wallClock - offsetAt(guess)).toISOString();
}

import { formatInstant } from 'c/dates';

/** The agent adds three digits to an instant in milliseconds, so that changes within one can be told apart. */
const VERSIONS_PER_MILLISECOND = 1000;
/** Less than any instant of this century is a bare version number. */
const FIRST_INSTANT = Date.UTC(2000) * VERSIONS_PER_MILLISECOND;

/** When m3ter had last changed what was sent, in the user's time zone; else the version; empty text for none. */
export function sourceVersionWords(version: number | null): string {
  if (version === null) return '';
  if (version < FIRST_INSTANT) return String(version);
  return formatInstant(new Date(Math.floor(version / VERSIONS_PER_MILLISECOND)).toISOString());
}

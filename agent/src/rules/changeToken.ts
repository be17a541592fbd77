import type { Bill } from '../m3ter/resources.ts';

/**
 * A text that differs whenever m3ter did something to the Bill. Which operation moves which of these fields is not
 * documented, so all of them are in it.
 */
export function changeToken(bill: Bill): string {
  const marks = [bill.version, bill.dtLastModified, bill.lastCalculatedDate, bill.status, bill.locked];
  return JSON.stringify(marks.map((mark) => mark ?? null));
}

/** Three more digits than an instant in milliseconds leave a number that JavaScript holds exactly until 2255. */
const VERSIONS_PER_MILLISECOND = 1000;

/**
 * The number that only grows over a Bill's life, on which Salesforce refuses older writes: the newest of m3ter's two
 * instants in milliseconds, followed by the last three digits of the version, which tells changes within a millisecond
 * apart. Where m3ter gives no instant it is the version alone, where there is none either 0: both are less than any
 * instant, so that a Bill that gets its instants later is not taken for an older one. See docs/adr/0005.
 */
export function sourceVersion(bill: Bill): number {
  const version = Number.isSafeInteger(bill.version) ? Math.max(0, Number(bill.version)) : 0;
  const instants = [bill.dtLastModified, bill.lastCalculatedDate].map((text) => Date.parse(text ?? ''));
  const newest = Math.max(...instants.filter((instant) => !Number.isNaN(instant)), 0);
  return newest === 0 ? version : newest * VERSIONS_PER_MILLISECOND + (version % VERSIONS_PER_MILLISECOND);
}

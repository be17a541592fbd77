import type { Bill } from '../m3ter/resources.ts';

/**
 * A text that differs whenever m3ter did something to the Bill. Which operation moves which of these fields is not
 * documented, so all of them are in it.
 */
export function changeToken(bill: Bill): string {
  const marks = [bill.version, bill.dtLastModified, bill.lastCalculatedDate, bill.status, bill.locked];
  return JSON.stringify(marks.map((mark) => mark ?? null));
}

/**
 * The number that only grows over a Bill's life, on which Salesforce refuses older writes: the version; where there
 * is none, the instant of the last change in milliseconds; where there is none either, 0.
 */
export function sourceVersion(bill: Bill): number {
  if (Number.isSafeInteger(bill.version)) return Number(bill.version);
  const instants = [bill.dtLastModified, bill.lastCalculatedDate].map((text) => Date.parse(text ?? ''));
  return instants.find((instant) => !Number.isNaN(instant)) ?? 0;
}

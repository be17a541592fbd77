import { stringifyExact } from '../json/exactJson.ts';
import type { SalesforceRecord } from './records.ts';

const written = new WeakMap<SalesforceRecord, string>();

/** The JSON text of a record, written once: for its Bill's hash and for each call that sends it. */
export function recordText(record: SalesforceRecord): string {
  const known = written.get(record);
  if (known !== undefined) return known;
  const text = stringifyExact(record);
  written.set(record, text);
  return text;
}

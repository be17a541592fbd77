import { createHash } from 'node:crypto';
import { stringifyExact } from '../json/exactJson.ts';
import type { Names } from './names.ts';
import type { SalesforceRecord } from './records.ts';
import { recordText } from './recordText.ts';

/**
 * A sha256 (hex) of what a Bill says: its header and line records without versions, instants of calculation and the
 * marks of the sync itself. m3ter recalculates Bills as often as every 15 minutes; a Bill that says the same as
 * before has the same hash and need not be sent again.
 */
export function payloadHash(header: SalesforceRecord, lines: readonly SalesforceRecord[], names: Names): string {
  const volatile = new Set([
    names.bill.Source_Version__c,
    names.bill.M3ter_Last_Modified__c,
    names.bill.Last_Calculated__c,
    names.bill.Sync_State__c,
    names.bill.Payload_Hash__c,
    names.bill.Last_Sync__c,
  ]);
  const said = Object.entries(header).filter(([field]) => !volatile.has(field));
  const hash = createHash('sha256').update(stringifyExact(said));
  for (const line of lines) hash.update(recordText(line));
  return hash.digest('hex');
}

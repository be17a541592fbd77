import { hash } from 'node:crypto';
import { stringifyExact } from '../json/exactJson.ts';
import type { Names } from './names.ts';
import type { SalesforceRecord } from './records.ts';
import { recordText } from './recordText.ts';

/** The header fields that say nothing of the Bill itself: versions, instants of calculation and the sync's own marks. */
export const volatileFields = ({ bill }: Names): ReadonlySet<string> =>
  new Set([
    bill.Source_Version__c,
    bill.M3ter_Last_Modified__c,
    bill.Last_Calculated__c,
    bill.Sync_State__c,
    bill.Payload_Hash__c,
    bill.Last_Sync__c,
    bill.Changes__c,
    bill.Changed_After_Approval__c,
  ]);

/**
 * A sha256 (hex) of what a Bill says: its header and line records without `volatileFields`. m3ter recalculates Bills as
 * often as every 15 minutes; a Bill that says the same as before has the same hash and need not be sent again.
 */
export function payloadHash(header: SalesforceRecord, lines: readonly SalesforceRecord[], names: Names): string {
  const volatile = volatileFields(names);
  const said = Object.entries(header).filter(([field]) => !volatile.has(field));
  return hash('sha256', stringifyExact(said) + lines.map(recordText).join(''));
}

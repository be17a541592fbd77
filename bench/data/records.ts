import { createNames } from '../../agent/src/rules/names.ts';
import { billPayload } from '../../agent/src/rules/records.ts';
import { shapeLines } from '../../agent/src/rules/lines.ts';
import { readBill } from '../../agent/src/m3ter/readResource.ts';
import { parseExact, stringifyExact } from '../../agent/src/json/exactJson.ts';
import { stringifyExact as writeBill } from '../../sandbox/shared/exactJson.ts';
import type { Bill } from '../../sandbox/data/model.ts';

/** A record by API names, as JSON: ready to be sent. */
export type PlainRecord = Record<string, unknown>;

/** A Bill as the agent maps it, so that every peer writes the same values and has none of the work of mapping. */
export interface BillRecords {
  readonly header: PlainRecord;
  readonly lines: readonly PlainRecord[];
}

const NAMES = createNames('');
const KEEP_ALL = { excludedLineItemTypes: [], sortLineItemsBy: 'NONE' } as const;

/** @param integrationId the record id of the integration that the Bills are of */
export function recordsOf(bill: Bill, integrationId: string, syncedAt: Date): BillRecords {
  const read = readBill(parseExact(writeBill(bill)));
  if (!read) throw new Error('A Bill of the bench has no id.');
  const shaped = shapeLines(read, KEEP_ALL);
  const input = { bill: read, shaped, integrationId, accountId: null, syncState: 'Complete' as const, syncedAt };
  const { header, lines } = billPayload(input, NAMES);
  return JSON.parse(stringifyExact({ header, lines })) as BillRecords;
}

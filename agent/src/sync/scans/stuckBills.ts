import { queryAll, quote, textOf } from '../../salesforce/soql.ts';
import type { OrgSession } from '../orgs/orgSession.ts';

/** A Bill that is written in several calls is through in a minute or two. */
const STUCK_AFTER_MS = 15 * 60_000;

export interface StuckBill {
  readonly billId: string;
  /** The record id of the integration that last wrote it. */
  readonly integrationId: string;
}

/** Bills that have been half-written for longer than writing them takes. */
export async function stuckBills(
  { connection, names }: Pick<OrgSession, 'connection' | 'names'>,
  now: Date,
): Promise<StuckBill[]> {
  const { object, M3ter_Bill_Id__c, Integration__c, Sync_State__c, Last_Sync__c } = names.bill;
  const before = new Date(now.getTime() - STUCK_AFTER_MS).toISOString();
  const rows = await queryAll(
    connection,
    `SELECT ${M3ter_Bill_Id__c}, ${Integration__c} FROM ${object} ` +
      `WHERE ${Sync_State__c} = ${quote('Writing')} AND ${Last_Sync__c} < ${before}`,
  );
  return rows.map((row) => ({
    billId: textOf(row, M3ter_Bill_Id__c) ?? '',
    integrationId: textOf(row, Integration__c) ?? '',
  }));
}

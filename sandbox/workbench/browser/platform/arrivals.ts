/** Looks in Salesforce for Bills of m3ter. */
import { prefix } from '@workbench/pages';
import { callOrg } from './org.ts';
import { toUrl } from './pageReference.ts';

/** API name of the object that holds Bills. */
export const BILL_OBJECT = `${prefix}Bill__c`;
const M3TER_ID = `${prefix}M3ter_Bill_Id__c`;

type Row = Record<string, string>;

/** The page of the Bill of a m3ter id if it was written at `since` (an ISO instant) or later. Throws a FetchResponse. */
export async function findArrived(m3terBillId: string, since: string): Promise<string | undefined> {
  const id = m3terBillId.replace(/[^\w-]/g, '');
  // The org keeps whole seconds: a write in the same second would lie before the instant.
  const second = `${since.slice(0, 19)}Z`;
  const [row] = await bills(`${M3TER_ID} = '${id}' AND LastModifiedDate >= ${second}`);
  return (
    row?.['Id'] &&
    toUrl({ type: 'standard__recordPage', attributes: { objectApiName: BILL_OBJECT, recordId: row['Id'] } })
  );
}

/** The m3ter id of a Bill in Salesforce; undefined when there is no such Bill. Throws a FetchResponse. */
export async function m3terBillIdOf(recordId: string): Promise<string | undefined> {
  const [row] = await bills(`Id = '${recordId.replace(/\W/g, '')}'`);
  return row?.[M3TER_ID];
}

async function bills(condition: string): Promise<Row[]> {
  const soql = `SELECT Id, ${M3TER_ID} FROM ${BILL_OBJECT} WHERE ${condition}`;
  return (await callOrg<{ records: Row[] }>('GET', `/query?q=${encodeURIComponent(soql)}`)).records;
}

/** Looks in Salesforce for Bills of m3ter. */
import { callOrg } from './org.ts';
import { toUrl } from './pageReference.ts';

interface Row {
  Id: string;
  M3ter_Bill_Id__c: string;
}

/** The page of the Bill of a m3ter id if it was written at `since` (an ISO instant) or later. Throws a FetchResponse. */
export async function findArrived(m3terBillId: string, since: string): Promise<string | undefined> {
  const id = m3terBillId.replace(/[^\w-]/g, '');
  // The org keeps whole seconds: a write in the same second would lie before the instant.
  const second = `${since.slice(0, 19)}Z`;
  const [row] = await bills(`M3ter_Bill_Id__c = '${id}' AND LastModifiedDate >= ${second}`);
  return row && toUrl({ type: 'standard__recordPage', attributes: { objectApiName: 'Bill__c', recordId: row.Id } });
}

/** The m3ter id of a Bill in Salesforce; undefined when there is no such Bill. Throws a FetchResponse. */
export async function m3terBillIdOf(recordId: string): Promise<string | undefined> {
  const [row] = await bills(`Id = '${recordId.replace(/\W/g, '')}'`);
  return row?.M3ter_Bill_Id__c;
}

async function bills(condition: string): Promise<Row[]> {
  const soql = `SELECT Id, M3ter_Bill_Id__c FROM Bill__c WHERE ${condition}`;
  return (await callOrg<{ records: Row[] }>('GET', `/query?q=${encodeURIComponent(soql)}`)).records;
}

/** What people do in an org, and what they see there. */
import type { JsonRecord } from '../../sandbox/run/records.ts';
import { until } from './until.ts';
import type { Answer } from './world.ts';

/** An org with its administrator: a World, or one of several orgs. */
export interface OrgDesk {
  query(soql: string): Promise<JsonRecord[]>;
  salesforce(method: string, target: string, body?: unknown): Promise<Answer>;
}

const INTEGRATION = 'Integration_Configuration__c';

/** The first record of a query. Throws when there is none. */
export async function one(org: OrgDesk, soql: string): Promise<JsonRecord> {
  const [record] = await org.query(soql);
  if (!record) throw new Error(`No record: ${soql}`);
  return record;
}

/** Creates a record and tells its id. Throws on a refusal. */
export async function create(org: OrgDesk, object: string, fields: object): Promise<string> {
  const { status, body } = await org.salesforce('POST', `/sobjects/${object}`, fields);
  if (status !== 201) throw new Error(`${object} was refused: ${JSON.stringify(body)}`);
  return (body as { id: string }).id;
}

/** Changes a record. Throws on a refusal. */
export async function change(org: OrgDesk, object: string, id: string, fields: object): Promise<void> {
  const { status, body } = await org.salesforce('PATCH', `/sobjects/${object}/${id}`, fields);
  if (status !== 204) throw new Error(`${object} ${id} was not changed: ${JSON.stringify(body)}`);
}

export async function integrationId(org: OrgDesk, name: string): Promise<string> {
  return String((await one(org, `SELECT Id FROM ${INTEGRATION} WHERE Name = '${name}'`))['Id']);
}

/** Changes fields of an integration on its page. */
export async function changeIntegration(org: OrgDesk, name: string, fields: object): Promise<void> {
  await change(org, INTEGRATION, await integrationId(org, name), fields);
}

/** An integration with the fields that a test asks for. */
export function readIntegration(org: OrgDesk, name: string, fields: string): Promise<JsonRecord> {
  return one(org, `SELECT ${fields} FROM ${INTEGRATION} WHERE Name = '${name}'`);
}

/** How a request ended. */
export interface Ending {
  status: string;
  text: string;
  data: JsonRecord | null;
  code: string | null;
}

/** Makes a request, as the pages do, and waits until the agent has ended it. */
export async function ask(org: OrgDesk, type: string, fields: object = {}): Promise<Ending> {
  const id = await create(org, 'Sync_Request__c', { Type__c: type, ...fields });
  const names = 'Status__c, Result__c, Result_Data__c, Error_Code__c, Completed__c';
  return until(`the end of a request of type ${type}`, async () => {
    const row = await one(org, `SELECT ${names} FROM Sync_Request__c WHERE Id = '${id}'`);
    if (row['Completed__c'] === null) return undefined;
    const data = row['Result_Data__c'];
    return {
      status: String(row['Status__c']),
      text: String(row['Result__c']),
      data: typeof data === 'string' ? (JSON.parse(data) as JsonRecord) : null,
      code: row['Error_Code__c'] as string | null,
    };
  });
}

/** The m3ter ids of the Bills that an org holds. */
export async function heldBills(org: OrgDesk, where = 'Id != null'): Promise<string[]> {
  const rows = await org.query(`SELECT M3ter_Bill_Id__c FROM Bill__c WHERE ${where}`);
  return rows.map((row) => String(row['M3ter_Bill_Id__c'])).sort();
}

/** Waits until the org holds exactly these Bills. */
export async function untilHeld(org: OrgDesk, ids: readonly string[], where?: string): Promise<void> {
  const wanted = [...ids].sort().join();
  let held: string[] = [];
  try {
    await until('the Bills', async () => (held = await heldBills(org, where)).join() === wanted);
  } catch (error) {
    throw new Error(`The org holds ${held.join()} and not ${wanted}.`, { cause: error });
  }
}

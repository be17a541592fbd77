/** Writes the Bills of a data set to the local org as the agent would, without m3ter and the agent. */
import { createNames } from '../../agent/src/rules/names.ts';
import { billPayload } from '../../agent/src/rules/records.ts';
import type { SalesforceRecord } from '../../agent/src/rules/records.ts';
import { shapeLines } from '../../agent/src/rules/lines.ts';
import type { DataSet } from '../../sandbox/data/model.ts';
import type { LocalOrg } from '../../sandbox/org/server.ts';
import { parseExact, stringifyExact } from '../../sandbox/shared/exactJson.ts';

const API = '/services/data/v67.0';
const NAMES = createNames('');
const RULES = { excludedLineItemTypes: [], sortLineItemsBy: 'NONE' } as const;

/** Records in one call. */
const PACK = 200;

/** Writes the Bills with their lines, linked to the Accounts, as the agent's user. Throws on the first refused record. */
export async function seedBills(org: LocalOrg, dataSet: DataSet): Promise<void> {
  const token = org.users.find(({ alias }) => alias === 'agent')?.accessToken ?? '';
  const call = async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const response = await fetch(org.instanceUrl + API + path, {
      method,
      headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
      ...(body === undefined ? {} : { body: stringifyExact(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text}`);
    return parseExact(text);
  };
  const upsert = async (object: string, key: string, records: SalesforceRecord[]): Promise<void> => {
    for (let at = 0; at < records.length; at += PACK) {
      const pack = records.slice(at, at + PACK).map((record) => ({ attributes: { type: object }, ...record }));
      const results = (await call('PATCH', `/composite/sobjects/${object}/${key}`, {
        allOrNone: true,
        records: pack,
      })) as Array<{
        success: boolean;
        errors: unknown;
      }>;
      const bad = results.find(({ success }) => !success);
      if (bad) throw new Error(`${object} was refused: ${JSON.stringify(bad.errors)}`);
    }
  };
  const integration = (await call(
    'GET',
    `/query?q=${encodeURIComponent('SELECT Id FROM Integration_Configuration__c')}`,
  )) as {
    records: Array<{ Id: string }>;
  };
  const accounts = new Map(dataSet.salesforceAccounts.map((one) => [one['M3ter_Account_Id__c'], one.Id]));
  const payloads = dataSet.bills.map((bill) =>
    billPayload(
      {
        bill,
        shaped: shapeLines(bill, RULES),
        integrationId: integration.records[0]?.Id ?? '',
        accountId: accounts.get(bill.accountId) ?? null,
        syncState: 'Complete',
        syncedAt: new Date(),
      },
      NAMES,
    ),
  );
  await upsert(
    'Bill__c',
    'M3ter_Bill_Id__c',
    payloads.map(({ header }) => header),
  );
  await upsert(
    'Bill_Line_Item__c',
    'Line_Item_Key__c',
    payloads.flatMap(({ lines }) => lines),
  );
}

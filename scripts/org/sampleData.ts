/** Sample records for a scratch org, as files for `sf data import tree`: the sandbox's Accounts and Bills. */
import { parseExact, stringifyExact } from '../../agent/src/json/exactJson.ts';
import { readBill } from '../../agent/src/m3ter/readResource.ts';
import { shapeLines } from '../../agent/src/rules/lines.ts';
import { createNames } from '../../agent/src/rules/names.ts';
import { billRecord, lineRecord } from '../../agent/src/rules/records.ts';
import { DEFAULT_INTEGRATION } from '../../sandbox/data/model.ts';
import type { DataSet } from '../../sandbox/data/model.ts';

/** A record as the tree resource takes it; a value `@Ref` is the id of the record with that reference. */
export interface TreeRecord {
  readonly attributes: { readonly type: string; readonly referenceId: string };
  readonly [field: string]: unknown;
}

export interface SampleFile {
  readonly name: string;
  readonly text: string;
}

export const PLAN_FILE = 'plan.json';
/** Masters before their details, so that every reference is known when it is needed. */
const OBJECTS = ['Account', 'Bill__c', 'Bill_Line_Item__c'] as const;
type SampleObject = (typeof OBJECTS)[number];

/**
 * The plan and one file for each object. Bills and lines are shaped as the agent shapes them.
 * @param syncedAt when the Bills shall have been sent
 */
export function sampleFiles(dataSet: DataSet, syncedAt: Date): SampleFile[] {
  const records = sampleRecords(dataSet, syncedAt);
  const plan = OBJECTS.map((sobject) => ({ sobject, files: [fileName(sobject)] }));
  return [
    ...OBJECTS.map((object) => ({
      name: fileName(object),
      text: `${stringifyExact({ records: records[object] })}\n`,
    })),
    { name: PLAN_FILE, text: `${JSON.stringify(plan, null, 2)}\n` },
  ];
}

const fileName = (object: SampleObject): string => `${object}.json`;

export function sampleRecords(dataSet: DataSet, syncedAt: Date): Record<SampleObject, TreeRecord[]> {
  const names = createNames('');
  const accountRefs = new Map(dataSet.salesforceAccounts.map(({ Id }, index) => [Id, reference('Account', index)]));
  const accountOf = new Map(
    dataSet.salesforceAccounts.map((account) => [account['M3ter_Account_Id__c'], accountRefs.get(account.Id)]),
  );
  // The agent reads Bills from JSON, with its own exact numbers.
  const bills = (parseExact(stringifyExact(dataSet.bills)) as unknown[])
    .map(readBill)
    .filter((bill) => bill !== undefined);
  const shaped = bills.map((bill) => ({ bill, shaped: shapeLines(bill, DEFAULT_INTEGRATION) }));
  const billRecords = shaped.map(({ bill, shaped: lines }, index) => {
    const of = { bill, shaped: lines, integrationId: '', accountId: null, syncState: 'Complete', syncedAt } as const;
    const account = accountOf.get(bill.accountId);
    return tree('Bill__c', index, { ...billRecord(of, names), Account__c: account && `@${account}` });
  });
  const lines = shaped.flatMap(({ bill, shaped: { lines: all } }, index) =>
    all.map((line) => {
      const { Bill__r: _master, ...fields } = lineRecord(bill, line, names);
      return { ...fields, Bill__c: `@${reference('Bill__c', index)}` };
    }),
  );
  return {
    Account: dataSet.salesforceAccounts.map(({ Id: _own, ...fields }, index) => tree('Account', index, fields)),
    Bill__c: billRecords,
    Bill_Line_Item__c: lines.map((fields, index) => tree('Bill_Line_Item__c', index, fields)),
  };
}

const reference = (object: SampleObject, index: number): string => `${object}Ref${index + 1}`;

/** Without what is empty: a new record needs none of it. */
function tree(type: SampleObject, index: number, fields: Readonly<Record<string, unknown>>): TreeRecord {
  const given = Object.entries(fields).filter(([, value]) => value !== null && value !== undefined && value !== '');
  return { attributes: { type, referenceId: reference(type, index) }, ...Object.fromEntries(given) };
}

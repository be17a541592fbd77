import path from 'node:path';
import { openOrg } from '../../sandbox/org/org.ts';
import { ROOT } from '../../sandbox/run/system.ts';

const SOURCES = ['force-app', 'unpackaged'].map((name) => path.join(ROOT, name));
export const API = '/services/data/v67.0';
export const LINES_PER_BILL = 10;
export const ACCOUNTS = 1000;
/** Bills that are loaded in one transaction. */
const BATCH = 1000;

export const billKey = (bill: number): string => `bill-${String(bill).padStart(7, '0')}`;
const lineKey = (bill: number, position: number): string => `${billKey(bill)}:${position}`;

function billRow(bill: number, version = 1): Record<string, unknown> {
  return {
    M3ter_Bill_Id__c: billKey(bill),
    Name: `INV-${bill}`,
    Source_Version__c: version,
    Line_Item_Count__c: LINES_PER_BILL,
    Sync_State__c: 'Complete',
    Currency_Code__c: 'USD',
    Bill_Date__c: `2026-${String((bill % 12) + 1).padStart(2, '0')}-01`,
    Bill_Total__c: (bill % 10_000) + 0.25,
    Account__r: { M3ter_Account_Id__c: `account-${bill % ACCOUNTS}` },
  };
}

function lineRow(bill: number, position: number): Record<string, unknown> {
  return {
    Line_Item_Key__c: lineKey(bill, position),
    Bill__r: { M3ter_Bill_Id__c: billKey(bill) },
    Position__c: position,
    Line_Item_Type__c: 'USAGE',
    Description__c: `API calls, part ${position}`,
    Product_Name__c: 'API calls',
    Quantity__c: 1000 + position,
    Subtotal__c: 12.5 + position,
    Currency_Code__c: 'USD',
  };
}

const positions = Array.from({ length: LINES_PER_BILL }, (_, position) => position);
export const range = (from: number, to: number): number[] =>
  Array.from({ length: to - from }, (_, index) => from + index);

/** Loads what is missing up to so many Bills. */
export function load(stateFile: string, bills: number): void {
  const org = openOrg({ sourceDirs: SOURCES, stateFile });
  try {
    const agent = org.users.find(({ alias }) => alias === 'agent')?.id;
    const count = (object: string): number =>
      Number(org.sql.prepare(`SELECT COUNT(*) AS n FROM "${object}"`).get()?.['n']);
    if (count('Account') === 0) {
      org.seed(
        'Account',
        range(0, ACCOUNTS).map((n) => ({ Name: `Customer ${n}`, M3ter_Account_Id__c: `account-${n}` })),
      );
    }
    for (let from = count('Bill__c'); from < bills; from += BATCH) {
      const batch = range(from, Math.min(bills, from + BATCH));
      org.transaction(() => {
        org.seed(
          'Bill__c',
          batch.map((bill) => ({ ...billRow(bill), OwnerId: agent })),
        );
        org.seed(
          'Bill_Line_Item__c',
          batch.flatMap((bill) => positions.map((position) => lineRow(bill, position))),
        );
      });
    }
  } finally {
    org.close();
  }
}

/** 80 Bills with 10 Line Items each, as the agent writes them: headers, then lines, 880 records in one transaction. */
export function composite(bills: number[], version: number): string {
  const part = (type: string, externalId: string, name: string, records: Array<Record<string, unknown>>) => ({
    method: 'PATCH',
    referenceId: name,
    url: `${API}/composite/sobjects/${type}/${externalId}`,
    body: { allOrNone: true, records: records.map((record) => ({ attributes: { type }, ...record })) },
  });
  const lines = bills.flatMap((bill) => positions.map((position) => lineRow(bill, position)));
  const lineParts = range(0, lines.length / 200).map((n) =>
    part('Bill_Line_Item__c', 'Line_Item_Key__c', `lines${n}`, lines.slice(n * 200, (n + 1) * 200)),
  );
  const headers = part(
    'Bill__c',
    'M3ter_Bill_Id__c',
    'bills',
    bills.map((bill) => billRow(bill, version)),
  );
  return JSON.stringify({ allOrNone: true, collateSubrequests: false, compositeRequest: [headers, ...lineParts] });
}

/** What Salesforce holds, in the oracle's notation, and the comparison of the two. */
import assert from 'node:assert/strict';
import type { Bill } from '../../sandbox/data/model.ts';
import type { JsonRecord } from '../../sandbox/run/records.ts';
import { plain } from './decimal.ts';
import { expectedBill, expectedLines, readM3ter, verdictOf } from './oracle.ts';
import type { M3terState, OracleIntegration, Verdict } from './oracle.ts';
import type { World } from './world.ts';

const BILL_FIELDS =
  'Name, M3ter_Bill_Id__c, Source_Version__c, Account__c, M3ter_Account_Id__c, M3ter_Account_Code__c, Status__c, ' +
  'Locked__c, Period_Start__c, Period_End__c, Bill_Date__c, Due_Date__c, Currency_Code__c, Billing_Frequency__c, ' +
  'Bill_Total__c, Sent_Lines_Total__c, Line_Item_Count__c, Line_Items_Written__c, Excluded_Line_Item_Count__c, ' +
  'Sync_State__c, Is_Complete__c, Deleted_In_M3ter__c, Integration__r.Name';
const LINE_FIELDS =
  'Bill__r.M3ter_Bill_Id__c, Line_Item_Key__c, Position__c, Line_Item_Type__c, Description__c, Full_Description__c, ' +
  'Quantity__c, Units__c, Unit__c, Average_Unit_Price__c, Subtotal__c, Currency_Code__c, Conversion_Rate__c, ' +
  'Converted_Subtotal__c, Product_Name__c, Product_Code__c, Aggregation_Id__c, Segment__c, ' +
  'Service_Period_Start__c, Service_Period_End__c';

const DECIMALS =
  /^(?:Source_Version|Position|Quantity|Units|Line_Items_Written|.*(?:Total|Subtotal|Count|Price|Rate))__c$/;

export interface Held {
  /** By m3ter Bill id. */
  bills: Map<string, JsonRecord>;
  /** By m3ter Bill id, in the order of their positions. */
  lines: Map<string, JsonRecord[]>;
}

/** Every Bill and Line Item of the org. */
export async function readHeld(world: World): Promise<Held> {
  const bills = await world.query(`SELECT ${BILL_FIELDS} FROM Bill__c`);
  const lines = await world.query(`SELECT ${LINE_FIELDS} FROM Bill_Line_Item__c ORDER BY Bill__c, Position__c`);
  const byBill = new Map<string, JsonRecord[]>();
  for (const line of lines.map(normal)) {
    const { 'Bill__r.M3ter_Bill_Id__c': billId, ...fields } = line;
    byBill.set(String(billId), [...(byBill.get(String(billId)) ?? []), fields]);
  }
  return { bills: new Map(bills.map(normal).map((bill) => [String(bill['M3ter_Bill_Id__c']), bill])), lines: byBill };
}

/** Decimals as text, parents as `Parent__r.Field`. */
function normal(record: JsonRecord): JsonRecord {
  return Object.fromEntries(
    Object.entries(record).map(([name, value]) => {
      if (!name.endsWith('__r')) return [name, DECIMALS.test(name) ? plain(value) : value];
      const fields = Object.entries((value ?? {}) as JsonRecord).filter(([field]) => field !== 'attributes');
      const [field, text] = fields[0] ?? ['Name', null];
      return [`${name}.${field}`, text];
    }),
  );
}

export interface Expectation {
  bill: Bill;
  rules: OracleIntegration;
  verdict: Verdict;
}

/** Each integration's verdict on each Bill of m3ter's. */
export async function expectations(world: World, integrations: OracleIntegration[]): Promise<Expectation[]> {
  return expectationsOf(await readM3ter(world), await readAccounts(world), integrations);
}

const readAccounts = (world: World): Promise<JsonRecord[]> =>
  world.query('SELECT Id, AccountNumber, M3ter_Account_Id__c FROM Account');

function expectationsOf(m3ter: M3terState, accounts: JsonRecord[], integrations: OracleIntegration[]): Expectation[] {
  return integrations.flatMap((rules) =>
    m3ter.bills.map((bill) => ({ bill, rules, verdict: verdictOf(bill, rules, m3ter, accounts) })),
  );
}

/** Salesforce holds exactly the Bills that the integrations' rules allow, each exactly as m3ter has it now. */
export async function assertHoldsExactly(world: World, integrations: OracleIntegration[]): Promise<Held> {
  const sent = (await expectations(world, integrations)).filter(({ verdict }) => verdict.kind === 'sent');
  const held = await readHeld(world);
  assert.deepEqual([...held.bills.keys()].sort(), sent.map(({ bill }) => bill.id).sort());
  assert.deepEqual(
    [...held.lines.keys()].filter((id) => !held.bills.has(id)),
    [],
  );
  for (const expectation of sent) assertHolds(held, expectation);
  return held;
}

/** One Bill and its Line Items are in Salesforce as expected. */
export function assertHolds(held: Held, { bill, rules, verdict }: Expectation): void {
  assert.equal(verdict.kind, 'sent', `Bill ${bill.id} is not to be sent.`);
  const accountId = verdict.kind === 'sent' ? verdict.accountId : null;
  assert.deepEqual(held.bills.get(bill.id), expectedBill(bill, rules, accountId));
  const [lines, wanted] = [held.lines.get(bill.id) ?? [], expectedLines(bill, rules)];
  assert.equal(lines.length, wanted.length, `Bill ${bill.id} has ${lines.length} of ${wanted.length} Line Items.`);
  wanted.forEach((line, index) => assert.deepEqual(lines[index], line));
}

/** The ids of all records of the agent's in the org, with the time of the last write of Bills and Line Items. */
export async function fingerprint(world: World): Promise<Record<string, string[]>> {
  const ids = async (object: string, ...fields: string[]): Promise<string[]> => {
    const records = await world.query(`SELECT ${['Id', ...fields].join(', ')} FROM ${object} ORDER BY Id`);
    return records.map((record) => Object.values(record).join(' '));
  };
  return {
    bills: await ids('Bill__c', 'SystemModstamp', 'Last_Sync__c'),
    lines: await ids('Bill_Line_Item__c', 'SystemModstamp'),
    runs: await ids('Integration_Run__c'),
    events: await ids('Integration_Event__c'),
  };
}

/**
 * What Salesforce must hold, by a plain reading of design section 5 that shares no code with the agent. Amounts are
 * decimal text without trailing zeros.
 */
import type { Account, Bill, ExternalMapping, IntegrationSettings, LineItem } from '../../sandbox/data/model.ts';
import type { JsonRecord } from '../../sandbox/run/records.ts';
import { compare, roundHalfEven, sum } from './decimal.ts';
import type { World } from './world.ts';

/** An integration, and in JavaScript what its account filter says. */
export interface OracleIntegration extends IntegrationSettings {
  passes?: (account: Account) => boolean;
}

export interface M3terState {
  accounts: Account[];
  bills: Bill[];
  mappings: ExternalMapping[];
}

export type Verdict =
  | { kind: 'sent'; accountId: string | null }
  | { kind: 'restricted' | 'notAllowed' | 'accountFilter' | 'notApproved' | 'missingAccountMapping' };

/** Everything that m3ter holds now, over its API. */
export async function readM3ter(world: World): Promise<M3terState> {
  return {
    accounts: await world.listM3ter<Account>('/accounts'),
    bills: await world.listM3ter<Bill>('/bills?includeBillTotal=true'),
    mappings: await world.listM3ter<ExternalMapping>('/externalmappings'),
  };
}

/** What the rules say of a Bill. `salesforceAccounts` are the Accounts of the org. */
export function verdictOf(
  bill: Bill,
  rules: OracleIntegration,
  m3ter: M3terState,
  salesforceAccounts: JsonRecord[],
): Verdict {
  const id = bill.accountId ?? '';
  if (rules.restrictedAccountIds.includes(id)) return { kind: 'restricted' };
  if (rules.accountIds.length > 0 && !rules.accountIds.includes(id)) return { kind: 'notAllowed' };
  const account = m3ter.accounts.find((one) => one.id === id);
  if (rules.passes && !(account && rules.passes(account))) return { kind: 'accountFilter' };
  if (rules.onlySendBillOnApproval && bill.status !== 'APPROVED') return { kind: 'notApproved' };
  if (!rules.useExternalMappingAccountCode) {
    const found = salesforceAccounts.find((one) => one['M3ter_Account_Id__c'] === id && id !== '');
    return { kind: 'sent', accountId: found ? String(found['Id']) : null };
  }
  const mapping = m3ter.mappings.find(
    (one) =>
      one.m3terEntity === 'Account' &&
      one.m3terId === id &&
      one.externalSystem === 'Salesforce' &&
      one.externalTable === 'Account',
  );
  const found = salesforceAccounts.find((one) => isNamedBy(one, mapping?.externalId ?? ''));
  return found ? { kind: 'sent', accountId: String(found['Id']) } : { kind: 'missingAccountMapping' };
}

function isNamedBy(account: JsonRecord, externalId: string): boolean {
  const id = String(account['Id']);
  return [id, id.slice(0, 15), account['AccountNumber']].includes(externalId) && externalId !== '';
}

/** The Line Items to send, in their order. */
export function linesToSend(bill: Bill, rules: OracleIntegration): LineItem[] {
  const lines = (bill.lineItems ?? []).filter(
    ({ lineItemType }) => !rules.excludedLineItemTypes.includes(lineItemType ?? ''),
  );
  const by = { NONE: undefined, SUBTOTAL: 'subtotal', AGGREGATION_ID: 'aggregationId' }[rules.sortLineItemsBy];
  if (by === undefined) return lines;
  const [valued, rest] = [lines.filter((line) => isThere(line[by])), lines.filter((line) => !isThere(line[by]))];
  const order = (a: LineItem, b: LineItem): number =>
    by === 'subtotal' ? compare(a[by], b[by]) : String(a[by]) < String(b[by]) ? -1 : Number(a[by] !== b[by]);
  return [...valued.toSorted(order), ...rest];
}

const isThere = (value: unknown): boolean => value !== undefined && value !== null && value !== '';

/** The Bill's header as Salesforce must show it. */
export function expectedBill(bill: Bill, rules: OracleIntegration, accountId: string | null): JsonRecord {
  const lines = linesToSend(bill, rules);
  return {
    Name: bill.sequentialInvoiceNumber ?? `INV-${bill.id.slice(-4)}`,
    M3ter_Bill_Id__c: bill.id,
    Source_Version__c: sourceVersion(bill),
    Account__c: accountId,
    M3ter_Account_Id__c: bill.accountId ?? null,
    M3ter_Account_Code__c: bill.accountCode ?? null,
    Status__c: bill.status ?? null,
    Locked__c: bill.locked === true,
    Period_Start__c: bill.startDate ?? null,
    Period_End__c: bill.endDate ?? null,
    Bill_Date__c: bill.billDate ?? null,
    Due_Date__c: bill['dueDate'] ?? null,
    Currency_Code__c: bill.currency ?? null,
    Billing_Frequency__c: bill.billingFrequency ?? null,
    Bill_Total__c: roundHalfEven(bill.billTotal, 4),
    Sent_Lines_Total__c: roundHalfEven(sum(lines.map(inBillCurrency)), 4),
    Line_Item_Count__c: String(lines.length),
    Line_Items_Written__c: String(lines.length),
    Excluded_Line_Item_Count__c: String((bill.lineItems ?? []).length - lines.length),
    Sync_State__c: 'Complete',
    Is_Complete__c: true,
    Deleted_In_M3ter__c: false,
    'Integration__r.Name': rules.name,
  };
}

const inBillCurrency = (line: LineItem): unknown => line.convertedSubtotal ?? line.subtotal;

/** The newest instant in milliseconds and the last three digits of the version; the version where there is no instant. */
export function sourceVersion({ version = 0, dtLastModified, lastCalculatedDate }: Bill): string {
  const instants = [dtLastModified, lastCalculatedDate].flatMap((text) =>
    text === undefined ? [] : [Date.parse(text)],
  );
  if (instants.length === 0) return String(version);
  return `${Math.max(...instants)}${String(version % 1000).padStart(3, '0')}`;
}

/** The Bill's Line Items as Salesforce must show them, by position. */
export function expectedLines(bill: Bill, rules: OracleIntegration): JsonRecord[] {
  return linesToSend(bill, rules).map((line, index) => ({
    Line_Item_Key__c: line.id ?? `${bill.id}:${index + 1}`,
    Position__c: String(index + 1),
    Line_Item_Type__c: line.lineItemType ?? null,
    Description__c: cut(line.description, 255),
    Full_Description__c: (line.description ?? '').length > 255 ? line.description : null,
    Quantity__c: roundHalfEven(line.quantity, 6),
    Units__c: roundHalfEven(line.units, 6),
    Unit__c: line.unit ?? null,
    Average_Unit_Price__c: roundHalfEven(line.averageUnitPrice, 10),
    Subtotal__c: roundHalfEven(line.subtotal, 6),
    Currency_Code__c: line.currency ?? null,
    Conversion_Rate__c: roundHalfEven(line.conversionRate, 10),
    Converted_Subtotal__c: roundHalfEven(line.convertedSubtotal, 6),
    Product_Name__c: cut(line['productName'], 255),
    Product_Code__c: cut(line['productCode'], 255),
    Aggregation_Id__c: line['aggregationId'] ?? null,
    Segment__c: line.segment === undefined ? null : JSON.stringify(line.segment),
    Service_Period_Start__c: line.servicePeriodStartDate?.replace('Z', '+0000') ?? null,
    Service_Period_End__c: line.servicePeriodEndDate?.replace('Z', '+0000') ?? null,
  }));
}

/** A text that is too long ends in an ellipsis, and not in half a character. */
function cut(value: unknown, length: number): unknown {
  if (typeof value !== 'string' || value.length <= length) return value ?? null;
  return `${value.slice(0, length - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
}

import type { Bill, LineItem } from '../m3ter/resources.ts';
import { BILL_FIELDS, EVENT_FIELDS, LINE_ITEM_FIELDS, RUN_FIELDS, type FieldSpec } from './fields.ts';
import { toFieldValue, type FieldValue } from './fieldValue.ts';
import { sentLinesTotal, type ShapedLine, type ShapedLines } from './lines.ts';
import type { Names } from './names.ts';
import { payloadHash } from './payloadHash.ts';
import { sourceVersion } from './changeToken.ts';
import { firstText, fitKey, jsonText } from './text.ts';

/** A record by API names. A nested object refers to a parent by its external id. Has no `attributes`. */
export type SalesforceRecord = Readonly<Record<string, FieldValue | Readonly<Record<string, string>>>>;

/** `Writing` while the lines of a Bill are spread over several calls. */
export type SyncState = 'Writing' | 'Complete';

export interface BillInput {
  readonly bill: Bill;
  readonly shaped: ShapedLines;
  /** The record id of the Integration Configuration. */
  readonly integrationId: string;
  /** The record id of the Salesforce Account; null when there is none. */
  readonly accountId: string | null;
  readonly syncState: SyncState;
  readonly syncedAt: Date;
}

/** One Bill as it is written: the header holds the hash. */
export interface BillPayload {
  readonly header: SalesforceRecord;
  readonly lines: readonly SalesforceRecord[];
  readonly hash: string;
}

type Values<Table> = { readonly [Field in keyof Table]?: unknown };

function toRecord<Table extends Readonly<Record<string, FieldSpec>>>(
  table: Table,
  names: { readonly [Field in keyof Table]: string },
  values: Values<Table>,
  billId: string,
): Record<string, FieldValue> {
  const record: Record<string, FieldValue> = {};
  for (const field of Object.keys(values)) {
    const spec = table[field];
    const name = names[field];
    if (spec && name) record[name] = toFieldValue(values[field], spec, field, billId);
  }
  return record;
}

/** The values that are there: a record of only these leaves the other fields as they are in the org. */
function given<T extends object>(values: T): Partial<T> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Partial<T>;
}

/** The reference that m3ter's Console shows: the sequential invoice number, else `INV-` and the id's last 4. */
export function billName(bill: Bill): string {
  return firstText(bill.sequentialInvoiceNumber) ?? `INV-${bill.id.slice(-4)}`;
}

/**
 * Header, lines and hash of a Bill.
 *
 * @throws {FieldValueError} when a value does not fit its field.
 */
export function billPayload(input: BillInput, names: Names): BillPayload {
  const header = billRecord(input, names);
  const lines = input.shaped.lines.map((line) => lineRecord(input.bill, line, names));
  const hash = payloadHash(header, lines, names);
  return { header: { ...header, [names.bill.Payload_Hash__c]: hash }, lines, hash };
}

/**
 * The Bill's header record, without hash; every field that m3ter leaves empty is emptied.
 *
 * @throws {FieldValueError} when a value does not fit its field.
 */
export function billRecord(input: BillInput, names: Names): SalesforceRecord {
  const { bill, shaped } = input;
  const values: Values<typeof BILL_FIELDS> = {
    Name: billName(bill),
    M3ter_Bill_Id__c: bill.id,
    Source_Version__c: sourceVersion(bill),
    Account__c: input.accountId,
    M3ter_Account_Id__c: bill.accountId,
    M3ter_Account_Code__c: bill.accountCode,
    Status__c: bill.status,
    Locked__c: bill.locked,
    Period_Start__c: bill.startDate,
    Period_End__c: bill.endDate,
    Bill_Date__c: bill.billDate,
    Due_Date__c: bill.dueDate,
    External_Invoice_Date__c: bill.externalInvoiceDate,
    Billing_Frequency__c: bill.billingFrequency,
    Billing_Frequency_Interval__c: bill.billFrequencyInterval,
    Time_Zone__c: bill.timezone,
    Currency_Code__c: bill.currency,
    Bill_Total__c: bill.billTotal,
    Sent_Lines_Total__c: sentLinesTotal(bill, shaped.lines),
    Line_Item_Count__c: shaped.lines.length,
    Excluded_Line_Item_Count__c: shaped.excludedCount,
    Purchase_Order_Number__c: bill.purchaseOrderNumber,
    External_Invoice_Reference__c: bill.externalInvoiceReference,
    JSON_Statement_Generated__c: bill.jsonStatementGenerated,
    CSV_Statement_Generated__c: bill.csvStatementGenerated,
    Statement_Stale__c: bill.statementStale,
    Last_Calculated__c: bill.lastCalculatedDate,
    M3ter_Last_Modified__c: bill.dtLastModified,
    Sync_State__c: input.syncState,
    Last_Sync__c: input.syncedAt.toISOString(),
    Integration__c: input.integrationId,
    Deleted_In_M3ter__c: false,
  };
  return toRecord(BILL_FIELDS, names.bill, values, bill.id);
}

/**
 * A Line Item's record, which refers to its Bill by the Bill's m3ter id. A description longer than its field is cut
 * there and kept whole in Full_Description__c.
 *
 * @throws {FieldValueError} when a value does not fit its field.
 */
export function lineRecord(bill: Bill, { line, key, position }: ShapedLine, names: Names): SalesforceRecord {
  const description = line.description ?? '';
  const isCut = description.length > LINE_ITEM_FIELDS.Description__c.length;
  const values: Values<typeof LINE_ITEM_FIELDS> = {
    Name: firstText(line.description, line.productName, line.lineItemType) ?? `Line ${position}`,
    Line_Item_Key__c: key,
    Position__c: position,
    Line_Item_Type__c: line.lineItemType,
    Description__c: description,
    Full_Description__c: isCut ? description : null,
    Quantity__c: line.quantity,
    Units__c: line.units,
    Unit__c: line.unit,
    Average_Unit_Price__c: line.averageUnitPrice,
    Subtotal__c: line.subtotal,
    Currency_Code__c: line.currency,
    Conversion_Rate__c: line.conversionRate,
    Converted_Subtotal__c: line.convertedSubtotal,
    Service_Period_Start__c: line.servicePeriodStartDate,
    Service_Period_End__c: line.servicePeriodEndDate,
    ...lineSources(line),
    Segment__c: jsonText(line.segment, LINE_ITEM_FIELDS.Segment__c.length),
    Pricing_Bands__c: jsonText(line.usagePerPricingBand ?? line.bandUsage, LINE_ITEM_FIELDS.Pricing_Bands__c.length),
  };
  const record: Record<string, SalesforceRecord[string]> = toRecord(LINE_ITEM_FIELDS, names.lineItem, values, bill.id);
  record[names.lineItem.Bill__r] = { [names.bill.M3ter_Bill_Id__c]: bill.id };
  return record;
}

/** What in m3ter made the charge. */
function lineSources(line: LineItem): Values<typeof LINE_ITEM_FIELDS> {
  return {
    Product_Id__c: line.productId,
    Product_Name__c: line.productName,
    Product_Code__c: line.productCode,
    Accounting_Product_Id__c: line.accountingProductId,
    Accounting_Product_Name__c: line.accountingProductName,
    Accounting_Product_Code__c: line.accountingProductCode,
    Aggregation_Id__c: line.aggregationId,
    Compound_Aggregation_Id__c: line.compoundAggregationId,
    Meter_Id__c: line.meterId,
    Plan_Id__c: line.planId,
    Pricing_Id__c: line.pricingId,
    Contract_Id__c: line.contractId,
    Commitment_Id__c: line.commitmentId,
    Balance_Id__c: line.balanceId,
    Child_Account_Code__c: line.childAccountCode,
  };
}

/** m3ter's eleven. */
export const RUN_STATUSES = [
  'WAITING',
  'STARTED',
  'COMPLETE',
  'ERROR',
  'AWAITING_RETRY',
  'AUTH_FAILED',
  'ACCOUNTING_PERIOD_CLOSED',
  'INVOICE_ALREADY_PAID',
  'DISABLED',
  'TIMEOUT_LIMIT_EXCEEDED',
  'RATE_LIMIT_RETRY',
] as const;
export type RunStatus = (typeof RUN_STATUSES)[number];
export const RUN_TRIGGERS = ['EVENT', 'SCHEDULE', 'MANUAL', 'RECONCILE'] as const;
export type RunTrigger = (typeof RUN_TRIGGERS)[number];

/** A batch, or with `parentKey` and `bill` the attempt to send one Bill. What is left out stays as it is. */
export interface RunInput {
  readonly key: string;
  readonly integrationId: string;
  readonly status: RunStatus;
  readonly trigger: RunTrigger;
  readonly parentKey?: string;
  /** The key of the Run that this one repeats, which the org holds. */
  readonly replayedFromKey?: string;
  /** `exists`: the org holds the Bill, or gets it earlier in the same call. */
  readonly bill?: { readonly id: string; readonly version: number; readonly exists: boolean };
  readonly startedAt?: Date;
  readonly completedAt?: Date;
  readonly billsRead?: number;
  readonly billsSent?: number;
  readonly billsSkipped?: number;
  readonly billsWaiting?: number;
  readonly billsFailed?: number;
  readonly skippedByReason?: Readonly<Record<string, number>>;
  readonly lineItemsSent?: number;
  readonly apiCalls?: number;
  readonly errorCode?: string;
  readonly error?: string;
}

/** The key of the Run of one Bill in a batch. */
export function childRunKey(parentKey: string, billId: string): string {
  return fitKey(`${parentKey}:${billId}`, RUN_FIELDS.Run_Key__c.length);
}

export function runRecord(run: RunInput, names: Names): SalesforceRecord {
  const values: Values<typeof RUN_FIELDS> = given({
    Run_Key__c: run.key,
    Integration__c: run.integrationId,
    M3ter_Bill_Id__c: run.bill?.id,
    Source_Version__c: run.bill?.version,
    Status__c: run.status,
    Trigger__c: run.trigger,
    Started__c: run.startedAt?.toISOString(),
    Completed__c: run.completedAt?.toISOString(),
    Bills_Read__c: run.billsRead,
    Bills_Sent__c: run.billsSent,
    Bills_Skipped__c: run.billsSkipped,
    Bills_Waiting__c: run.billsWaiting,
    Bills_Failed__c: run.billsFailed,
    Skipped_By_Reason__c: run.skippedByReason && jsonText(run.skippedByReason, RUN_FIELDS.Skipped_By_Reason__c.length),
    Line_Items_Sent__c: run.lineItemsSent,
    API_Calls__c: run.apiCalls,
    Error_Code__c: run.errorCode,
    Error__c: run.error,
  });
  return {
    ...toRecord(RUN_FIELDS, names.run, values, run.bill?.id ?? run.key),
    ...(run.parentKey === undefined ? {} : { [names.run.Parent_Run__r]: { [names.run.Run_Key__c]: run.parentKey } }),
    ...(run.replayedFromKey === undefined
      ? {}
      : { [names.run.Replayed_From__r]: { [names.run.Run_Key__c]: run.replayedFromKey } }),
    ...(run.bill?.exists ? { [names.run.Bill__r]: { [names.bill.M3ter_Bill_Id__c]: run.bill.id } } : {}),
  };
}

/** m3ter's five. */
export const EVENT_NAMES = [
  'integration.validation.error',
  'integration.missingaccountmapping.error',
  'integration.authentication.error',
  'integration.perform.error',
  'integration.disabled.error',
] as const;
export type EventName = (typeof EVENT_NAMES)[number];

/** An error to act on. What is left out stays as it is. */
export interface EventInput {
  readonly key: string;
  readonly integrationId: string;
  readonly eventName: EventName;
  readonly eventTime: Date;
  readonly message: string;
  /** The key of a Run that the org holds. */
  readonly runKey?: string;
  readonly bill?: { readonly id: string; readonly exists: boolean };
  readonly m3terAccountId?: string;
  readonly m3terAccountCode?: string;
}

/** The key of an Event: the same error of the same thing has the same key. */
export function eventKey(
  integrationId: string,
  eventName: EventName,
  ...subject: readonly (string | number)[]
): string {
  return fitKey([integrationId, eventName, ...subject].join(':'), EVENT_FIELDS.Event_Key__c.length);
}

export function eventRecord(event: EventInput, names: Names): SalesforceRecord {
  const values: Values<typeof EVENT_FIELDS> = given({
    Event_Key__c: event.key,
    Event_Name__c: event.eventName,
    Event_Time__c: event.eventTime.toISOString(),
    Message__c: event.message,
    Integration__c: event.integrationId,
    M3ter_Account_Id__c: event.m3terAccountId,
    M3ter_Account_Code__c: event.m3terAccountCode,
    M3ter_Bill_Id__c: event.bill?.id,
  });
  return {
    ...toRecord(EVENT_FIELDS, names.event, values, event.bill?.id ?? event.key),
    ...(event.runKey === undefined ? {} : { [names.event.Run__r]: { [names.run.Run_Key__c]: event.runKey } }),
    ...(event.bill?.exists ? { [names.event.Bill__r]: { [names.bill.M3ter_Bill_Id__c]: event.bill.id } } : {}),
  };
}

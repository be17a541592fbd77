/**
 * What the package's metadata says about every field that the agent reads or writes. A test compares this table with
 * the field-meta.xml files, so that a changed length or scale cannot be missed.
 */
export type FieldSpec =
  /** `isKey`: identifies a record, therefore never cut. */
  | { readonly kind: 'text'; readonly length: number; readonly isKey?: true }
  | { readonly kind: 'longText'; readonly length: number }
  | { readonly kind: 'number'; readonly precision: number; readonly scale: number }
  | { readonly kind: 'picklist'; readonly restricted: boolean }
  | { readonly kind: 'multiPicklist' | 'checkbox' | 'date' | 'dateTime' | 'lookup' }
  /** Formula fields and roll-ups: the org computes them. */
  | { readonly kind: 'computed' };

type FieldTable = Readonly<Record<string, FieldSpec>>;

const text = (length: number) => ({ kind: 'text', length }) as const;
const key = (length: number) => ({ kind: 'text', length, isKey: true }) as const;
const longText = (length: number) => ({ kind: 'longText', length }) as const;
const number = (precision: number, scale: number) => ({ kind: 'number', precision, scale }) as const;
const count = number(9, 0);
const checkbox = { kind: 'checkbox' } as const;
const date = { kind: 'date' } as const;
const dateTime = { kind: 'dateTime' } as const;
const lookup = { kind: 'lookup' } as const;
const computed = { kind: 'computed' } as const;
const openPicklist = { kind: 'picklist', restricted: false } as const;
const restrictedPicklist = { kind: 'picklist', restricted: true } as const;
/** The length of a custom object's Name field, which has no metadata file. */
const recordName = text(80);

export const BILL_FIELDS = {
  Name: recordName,
  M3ter_Bill_Id__c: key(80),
  Source_Version__c: number(18, 0),
  Account__c: lookup,
  M3ter_Account_Id__c: text(80),
  M3ter_Account_Code__c: text(80),
  Status__c: openPicklist,
  Locked__c: checkbox,
  Period_Start__c: date,
  Period_End__c: date,
  Bill_Date__c: date,
  Due_Date__c: date,
  External_Invoice_Date__c: date,
  Billing_Frequency__c: openPicklist,
  Billing_Frequency_Interval__c: number(6, 0),
  Time_Zone__c: text(80),
  Currency_Code__c: text(20),
  Bill_Total__c: number(18, 4),
  Sent_Lines_Total__c: number(18, 4),
  Line_Item_Count__c: count,
  Excluded_Line_Item_Count__c: count,
  Purchase_Order_Number__c: text(100),
  External_Invoice_Reference__c: text(255),
  JSON_Statement_Generated__c: checkbox,
  CSV_Statement_Generated__c: checkbox,
  Statement_Stale__c: checkbox,
  Last_Calculated__c: dateTime,
  M3ter_Last_Modified__c: dateTime,
  Sync_State__c: restrictedPicklist,
  Payload_Hash__c: text(64),
  Last_Sync__c: dateTime,
  Integration__c: lookup,
  Deleted_In_M3ter__c: checkbox,
  Changes__c: longText(32_768),
  Changed_After_Approval__c: dateTime,
  Line_Items_Written__c: computed,
  Is_Complete__c: computed,
} as const satisfies FieldTable;

export const LINE_ITEM_FIELDS = {
  Name: recordName,
  Line_Item_Key__c: key(255),
  Bill__c: lookup,
  Position__c: count,
  Line_Item_Type__c: openPicklist,
  Description__c: text(255),
  Full_Description__c: longText(131_072),
  Product_Id__c: text(80),
  Product_Name__c: text(255),
  Product_Code__c: text(255),
  Accounting_Product_Id__c: text(80),
  Accounting_Product_Name__c: text(255),
  Accounting_Product_Code__c: text(255),
  Quantity__c: number(18, 6),
  Units__c: number(18, 6),
  Unit__c: text(255),
  Average_Unit_Price__c: number(18, 10),
  Subtotal__c: number(18, 6),
  Currency_Code__c: text(20),
  Conversion_Rate__c: number(18, 10),
  Converted_Subtotal__c: number(18, 6),
  Service_Period_Start__c: dateTime,
  Service_Period_End__c: dateTime,
  Aggregation_Id__c: text(80),
  Compound_Aggregation_Id__c: text(80),
  Meter_Id__c: text(80),
  Plan_Id__c: text(80),
  Pricing_Id__c: text(80),
  Contract_Id__c: text(80),
  Commitment_Id__c: text(80),
  Balance_Id__c: text(80),
  Child_Account_Code__c: text(80),
  Segment__c: longText(32_768),
  Pricing_Bands__c: longText(131_072),
} as const satisfies FieldTable;

export const INTEGRATION_FIELDS = {
  Name: recordName,
  Entity_Type__c: restrictedPicklist,
  Destination__c: restrictedPicklist,
  Enabled__c: checkbox,
  Trigger_Type__c: restrictedPicklist,
  Account_Ids__c: longText(131_072),
  Restricted_Account_Ids__c: longText(131_072),
  Account_Filter__c: longText(4000),
  Only_Send_Bill_On_Approval__c: checkbox,
  Use_External_Mapping_Account_Code__c: checkbox,
  Excluded_Line_Item_Types__c: { kind: 'multiPicklist' },
  Sort_Line_Items_By__c: restrictedPicklist,
  Connection_Status__c: restrictedPicklist,
  Pinned_Org_Id__c: text(18),
  Successive_Errors__c: count,
  Disabled_Reason__c: text(255),
  Disabled_At__c: dateTime,
  Last_Check__c: dateTime,
  Credential__c: lookup,
  Disabled_Notification_User_Ids__c: longText(4000),
} as const satisfies FieldTable;

export const CREDENTIAL_FIELDS = {
  Name: recordName,
  Credential_Key__c: key(80),
  Type__c: restrictedPicklist,
  Destination__c: restrictedPicklist,
  My_Domain__c: text(255),
  Status__c: restrictedPicklist,
  Status_Message__c: text(255),
  Last_Verified__c: dateTime,
} as const satisfies FieldTable;

export const REQUEST_FIELDS = {
  Type__c: restrictedPicklist,
  Status__c: restrictedPicklist,
  Integration__c: lookup,
  Bill__c: lookup,
  Run__c: lookup,
  Credential__c: lookup,
  Account__c: lookup,
  Account_Filter__c: longText(4000),
  Draft_Settings__c: longText(131_072),
  M3ter_Account_Id__c: text(80),
  External_Id__c: text(255),
  Result__c: longText(32_768),
  Result_Data__c: longText(131_072),
  Error_Code__c: text(80),
  Started__c: dateTime,
  Completed__c: dateTime,
} as const satisfies FieldTable;

export const AGENT_FIELDS = {
  Name: recordName,
  Agent_Key__c: key(80),
  Version__c: text(40),
  Started__c: dateTime,
  Last_Seen__c: dateTime,
  Queue_Depth__c: count,
  API_Calls_Used__c: number(18, 0),
  API_Call_Limit__c: number(18, 0),
  API_Budget__c: number(18, 0),
} as const satisfies FieldTable;

export const RUN_FIELDS = {
  Run_Key__c: key(255),
  Integration__c: lookup,
  Parent_Run__c: lookup,
  Replayed_From__c: lookup,
  Bill__c: lookup,
  M3ter_Bill_Id__c: text(80),
  Source_Version__c: number(18, 0),
  Status__c: restrictedPicklist,
  Trigger__c: restrictedPicklist,
  Started__c: dateTime,
  Completed__c: dateTime,
  Bills_Read__c: count,
  Bills_Sent__c: count,
  Bills_Skipped__c: count,
  Bills_Waiting__c: count,
  Bills_Failed__c: count,
  Skipped_By_Reason__c: longText(32_768),
  Line_Items_Sent__c: count,
  API_Calls__c: count,
  Error_Code__c: text(80),
  Error__c: longText(32_768),
} as const satisfies FieldTable;

export const EVENT_FIELDS = {
  Event_Key__c: key(255),
  Event_Name__c: restrictedPicklist,
  Event_Time__c: dateTime,
  Message__c: longText(32_768),
  Actioned__c: checkbox,
  Actioned_At__c: dateTime,
  Integration__c: lookup,
  Run__c: lookup,
  Bill__c: lookup,
  M3ter_Account_Id__c: text(80),
  M3ter_Account_Code__c: text(80),
  M3ter_Bill_Id__c: text(80),
} as const satisfies FieldTable;

export const ACCOUNT_FIELDS = {
  M3ter_Account_Id__c: key(80),
  M3ter_Account_Code__c: text(80),
} as const satisfies FieldTable;

import Big from 'big.js';
import { BILL_FIELDS, LINE_ITEM_FIELDS, type FieldSpec } from './fields.ts';
import type { Names } from './names.ts';
import { volatileFields } from './payloadHash.ts';
import type { SalesforceRecord } from './records.ts';

/** A record as the org holds it. */
type HeldRecord = Readonly<Record<string, unknown>>;

/** A field that a send would change: its API name in the org, and its values as text; null is an empty field. */
export interface FieldDifference {
  readonly field: string;
  readonly before: string | null;
  readonly after: string | null;
}

/** A Line Item that a send would add, change or remove. */
export interface LineDifference {
  /** What the Line Item is called. */
  readonly line: string;
  readonly kind: 'added' | 'changed' | 'removed';
  /** Of a changed one. */
  readonly fields: readonly FieldDifference[];
}

/** What the org holds of a Bill, field by field. */
export interface HeldBill {
  readonly header: HeldRecord;
  readonly lines: readonly HeldRecord[];
}

export interface BillDifferences {
  readonly fields: readonly FieldDifference[];
  readonly lines: readonly LineDifference[];
}

type Records = { readonly header: SalesforceRecord; readonly lines: readonly SalesforceRecord[] };

/** What a Bill as it would be written changes of what the org holds; without `held` every Line Item is added. */
export function billDifferences(held: HeldBill | undefined, bill: Records, names: Names): BillDifferences {
  const key = (record: HeldRecord): string => String(record[names.lineItem.Line_Item_Key__c]).toLowerCase();
  const heldLines = new Map((held?.lines ?? []).map((line) => [key(line), line]));
  const sentKeys = new Set(bill.lines.map(key));
  const sent = bill.lines.flatMap((record) => lineDifference(heldLines.get(key(record)), record, names));
  const removed = [...heldLines].flatMap(([heldKey, record]): LineDifference[] =>
    sentKeys.has(heldKey) ? [] : [{ line: nameOf(record), kind: 'removed', fields: [] }],
  );
  const fields = held ? differences(held.header, bill.header, BILL_FIELDS, names.bill, volatileFields(names)) : [];
  return { fields, lines: [...sent, ...removed] };
}

const nameOf = (record: HeldRecord): string => record['Name'] as string;

function lineDifference(held: HeldRecord | undefined, record: SalesforceRecord, names: Names): LineDifference[] {
  const line = nameOf(record);
  if (!held) return [{ line, kind: 'added', fields: [] }];
  const fields = differences(held, record, LINE_ITEM_FIELDS, names.lineItem, new Set());
  return fields.length > 0 ? [{ line, kind: 'changed', fields }] : [];
}

function differences<Table extends Readonly<Record<string, FieldSpec>>>(
  held: HeldRecord,
  record: SalesforceRecord,
  table: Table,
  names: { readonly [Field in keyof Table]: string },
  skipped: ReadonlySet<string>,
): FieldDifference[] {
  return Object.entries(table).flatMap(([field, spec]) => {
    const name = names[field] ?? field;
    if (!(name in record) || skipped.has(name)) return [];
    const [before, after] = [valueText(held[name], spec), valueText(record[name], spec)];
    return before === after || isSameNumber(before, after, spec) ? [] : [{ field: name, before, after }];
  });
}

/** The org's answers pass through binary numbers: of those only as many digits can be compared as they have. */
function isSameNumber(before: string | null, after: string | null, spec: FieldSpec): boolean {
  return spec.kind === 'number' && before !== null && after !== null && Number(before) === Number(after);
}

function valueText(value: unknown, spec: FieldSpec): string | null {
  if (spec.kind === 'checkbox') return String(value === true);
  if (value === undefined || value === null || value === '') return null;
  if (value instanceof Big) return value.toFixed();
  if (typeof value === 'number') return new Big(value).toFixed();
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return spec.kind === 'dateTime' ? new Date(text).toISOString() : text;
}

import Big from 'big.js';
import { BILL_FIELDS } from './fields.ts';
import { toBig } from './money.ts';
import type { Names } from './names.ts';
import type { SalesforceRecord } from './records.ts';
import { cutText, jsonText } from './text.ts';

/** Fields of a Bill whose change a finance user wants to hear of. */
export const TOLD_FIELDS = [
  'Status__c',
  'Locked__c',
  'Bill_Total__c',
  'Currency_Code__c',
  'Period_Start__c',
  'Period_End__c',
  'Due_Date__c',
  'External_Invoice_Date__c',
  'Purchase_Order_Number__c',
] as const satisfies ReadonlyArray<keyof typeof BILL_FIELDS>;

/** What a Bill said when it was sent, as far as a later send tells what has changed since. Numbers are plain decimals. */
export interface BillDigest {
  /** By the names that the package's sources give the fields. */
  readonly fields: Readonly<Record<string, string | null>>;
  /** The amounts of the Line Items by key in lower case; in the Bill's currency where m3ter converted them. */
  readonly amounts: Readonly<Record<string, string | null>>;
  /** ISO instant. */
  readonly syncedAt: string | null;
}

/** Line Items that came, went or have another amount; `amount` is what they add to the Bill or take from it. */
interface LineChanges {
  readonly count: number;
  readonly amount: string;
}

/** The content of `Changes__c`, as JSON. */
export interface BillChanges {
  /** When the Bill was sent before: ISO instant. */
  readonly since: string | null;
  /** Before and after, by the names that the package's sources give the fields. */
  readonly fields: Readonly<Record<string, readonly [string | null, string | null]>>;
  readonly added: LineChanges;
  readonly removed: LineChanges;
  readonly changed: LineChanges;
  /** The Line Items that changed most, the largest difference first. `from` is null for one that was added. */
  readonly lines: readonly LineChange[];
}

interface LineChange {
  readonly position: number;
  readonly text: string;
  readonly from: string | null;
  readonly to: string | null;
}

type Row = Readonly<Record<string, unknown>>;

const MOST_LINES = 20;
const TEXT_LENGTH = 80;

/** The told fields of a Bill, from its record or from a row of a query. */
export function toldFields(record: Row, names: Names): BillDigest['fields'] {
  return Object.fromEntries(TOLD_FIELDS.map((field) => [field, plainText(record[names.bill[field]])]));
}

/** The amount of a Line Item, from its record or from a row of a query. */
export function lineAmount(record: Row, { lineItem }: Names): string | null {
  return plainText(record[lineItem.Converted_Subtotal__c] ?? record[lineItem.Subtotal__c]);
}

/** The key under which a digest knows a Line Item: Salesforce compares keys without regard to case. */
export const digestKey = (key: string): string => key.toLowerCase();

export function digestOf(header: Row, lines: readonly Row[], names: Names): BillDigest {
  return {
    fields: toldFields(header, names),
    amounts: Object.fromEntries(lines.map((line) => [keyOf(line, names), lineAmount(line, names)])),
    syncedAt: plainText(header[names.bill.Last_Sync__c]),
  };
}

/**
 * What the header says of changes since the Bill was sent before; without fields when there are none to tell, so that
 * the org keeps what it says of earlier ones.
 *
 * @param lines the records of the Line Items that are sent now
 */
export function changeFields(
  before: BillDigest,
  after: BillDigest,
  lines: readonly Row[],
  names: Names,
): SalesforceRecord {
  const changes = changesBetween(before, after, lines, names);
  if (!changes) return {};
  const { added, removed, changed } = changes;
  const isOtherAmount = 'Bill_Total__c' in changes.fields || added.count + removed.count + changed.count > 0;
  const wasApproved = before.fields['Status__c'] === 'APPROVED';
  return {
    [names.bill.Changes__c]: jsonText(changes, BILL_FIELDS.Changes__c.length),
    ...(wasApproved && isOtherAmount ? { [names.bill.Changed_After_Approval__c]: after.syncedAt } : {}),
  };
}

function changesBetween(
  before: BillDigest,
  after: BillDigest,
  lines: readonly Row[],
  names: Names,
): BillChanges | undefined {
  const fields = Object.fromEntries(
    Object.entries(after.fields)
      .map(([name, to]): [string, [string | null, string | null]] => [name, [before.fields[name] ?? null, to]])
      .filter(([, [from, to]]) => from !== to),
  );
  const added: LineChange[] = [];
  const changed: LineChange[] = [];
  for (const line of lines) {
    const key = keyOf(line, names);
    const [from, to] = [before.amounts[key], after.amounts[key] ?? null];
    if (from === to) continue;
    (from === undefined ? added : changed).push(lineChange(line, from ?? null, to, names));
  }
  const removed = Object.keys(before.amounts)
    .filter((key) => !(key in after.amounts))
    .map((key) => ({ from: before.amounts[key] ?? null, to: null }));
  if (Object.keys(fields).length + added.length + changed.length + removed.length === 0) return undefined;
  return {
    since: before.syncedAt,
    fields,
    added: summed(added),
    removed: summed(removed),
    changed: summed(changed),
    lines: [...added, ...changed].sort((a, b) => difference(b).abs().cmp(difference(a).abs())).slice(0, MOST_LINES),
  };
}

function lineChange(line: Row, from: string | null, to: string | null, { lineItem }: Names): LineChange {
  const text = plainText(line[lineItem.Description__c]) ?? plainText(line[lineItem.Name]) ?? '';
  return { position: Number(line[lineItem.Position__c] ?? 0), text: cutText(text, TEXT_LENGTH), from, to };
}

const difference = ({ from, to }: Pick<LineChange, 'from' | 'to'>): Big => new Big(to ?? 0).minus(from ?? 0);

function summed(changes: ReadonlyArray<Pick<LineChange, 'from' | 'to'>>): LineChanges {
  const amount = changes.reduce((sum, change) => sum.plus(difference(change)), new Big(0));
  return { count: changes.length, amount: amount.toFixed() };
}

const keyOf = (line: Row, { lineItem }: Names): string => digestKey(plainText(line[lineItem.Line_Item_Key__c]) ?? '');

/** A value as text that is the same whether it is about to be written or was read: numbers without zeros at the end. */
function plainText(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string') return value;
  return typeof value === 'boolean' ? String(value) : (toBig(value)?.toFixed() ?? null);
}

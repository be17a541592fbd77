import type { Names } from '../rules/names.ts';
import type { OrgReader } from './orgReader.ts';
import { lineKey, type WriteItem } from './packRequest.ts';

/** The record ids of known lines whose key is not among the keys; keys compare as Salesforce compares them. */
export function staleLineIds(known: Readonly<Record<string, string>>, keys: readonly string[]): string[] {
  const kept = new Set(keys.map((key) => key.toLowerCase()));
  return Object.entries(known)
    .filter(([key]) => !kept.has(key.toLowerCase()))
    .map(([, id]) => id);
}

/** Each item with the lines to delete that the org holds now. */
export async function withCurrentLines(
  items: readonly WriteItem[],
  reader: OrgReader,
  names: Names,
): Promise<Map<WriteItem, WriteItem>> {
  const { bills } = await reader.find({ billIds: items.map(({ billId }) => billId) });
  const lines = await reader.linesOf(bills.map(({ recordId }) => recordId));
  const recordIds = new Map(bills.map(({ billId, recordId }) => [billId, recordId]));
  return new Map(
    items.map((item) => {
      const known = lines.get(recordIds.get(item.billId) ?? '')?.ids ?? {};
      const keys = item.lines.map((line) => lineKey(line, names.lineItem.Line_Item_Key__c));
      const staleIds = staleLineIds(known, keys);
      return [item, { ...item, staleIds, staleCount: staleIds.length }];
    }),
  );
}

import type { FieldModel } from '../model.ts';

/**
 * The chosen values of a multi-select picklist, each once and in the order in which the field lists them, whatever order
 * they came in; values outside an open list follow. Source: Salesforce Help, "Multi-Select Picklist Value Ordering
 * Behavior (UI vs SOQL)".
 */
export function chosenInOrder(field: FieldModel, text: string): string[] {
  const chosen = new Set(text.split(';').map((one) => one.trim()));
  chosen.delete('');
  const listed = (field.picklist?.values ?? []).map(({ value }) => value).filter((value) => chosen.delete(value));
  return [...listed, ...chosen];
}

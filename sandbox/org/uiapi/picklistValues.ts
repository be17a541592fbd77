import type { FieldModel } from '../model.ts';
import { eTagOf } from './eTag.ts';

/**
 * The values of a picklist as the UI API shows them.
 *
 * Source: UI API Developer Guide, "Picklist Values" response body (ui_api_responses_picklist_values_collection).
 *
 * @param url the path under which the values are found again.
 */
export function picklistValues(field: FieldModel, url: string) {
  const values = (field.picklist?.values ?? []).map(({ value, label }) => ({
    attributes: null,
    label,
    validFor: [] as number[],
    value,
  }));
  const chosen = field.picklist?.values.find(({ isDefault }) => isDefault)?.value;
  return {
    controllerValues: {},
    defaultValue: values.find(({ value }) => value === chosen) ?? null,
    eTag: eTagOf(values),
    url,
    values,
  };
}

/** Whether a field has a list of values. */
export const hasPicklist = (field: FieldModel): boolean => field.picklist !== undefined;

import type { FieldModel, ObjectModel, PicklistValue } from '../../model.ts';
import { addField } from '../object.ts';
import { standardField, systemFields } from '../systemFields.ts';

/** Of fields that the platform sets. */
export const BY_PLATFORM = { createable: false, updateable: false } as const;

export const text = (name: string, label: string, length = 255, more: Partial<FieldModel> = {}): FieldModel =>
  standardField(name, 'string', label, { length, ...more });

export const longText = (name: string, label: string, length = 32_000): FieldModel =>
  standardField(name, 'textarea', label, { length });

export const phone = (name: string, label: string): FieldModel => standardField(name, 'phone', label, { length: 40 });

export const date = (name: string, label: string, more: Partial<FieldModel> = {}): FieldModel =>
  standardField(name, 'date', label, more);

export const amount = (name: string, label: string, more: Partial<FieldModel> = {}): FieldModel =>
  standardField(name, 'currency', label, { precision: 18, scale: 2, ...more });

export const whole = (name: string, label: string, precision: number, more: Partial<FieldModel> = {}): FieldModel =>
  standardField(name, 'int', label, { precision, scale: 0, ...more });

/** A checkbox that the platform keeps. */
export const flag = (name: string, label: string, more: Partial<FieldModel> = {}): FieldModel =>
  standardField(name, 'boolean', label, { ...BY_PLATFORM, ...more });

/** A picklist that takes other values too, as an administrator may add some. */
export const picklist = (name: string, label: string, values: string[], more: Partial<FieldModel> = {}): FieldModel =>
  standardField(name, 'picklist', label, {
    length: 255,
    picklist: { restricted: false, values: values.map(asValue) },
    ...more,
  });

const asValue = (value: string): PicklistValue => ({ value, label: value, isDefault: false });

export const nameField = (label: string, length: number, more: Partial<FieldModel> = {}): FieldModel =>
  text('Name', label, length, { required: true, isNameField: true, ...more });

/** The name of a person, which the platform puts together from its parts. */
export const personName = (): FieldModel =>
  nameField('Full Name', 121, { ...BY_PLATFORM, required: false, formula: 'TRIM(FirstName & " " & LastName)' });

/** The parts of an address; the compound field that Salesforce has beside them is absent. */
export const address = (prefix: string, label: string): FieldModel[] => [
  standardField(`${prefix}Street`, 'textarea', `${label} Street`, { length: 255 }),
  text(`${prefix}City`, `${label} City`, 40),
  text(`${prefix}State`, `${label} State/Province`, 80),
  text(`${prefix}PostalCode`, `${label} Zip/Postal Code`, 20),
  text(`${prefix}Country`, `${label} Country`, 80),
];

export function standardObject(name: string, label: string, keyPrefix: string, fields: FieldModel[]): ObjectModel {
  const model: ObjectModel = {
    name,
    label,
    pluralLabel: label.endsWith('y') ? `${label.slice(0, -1)}ies` : `${label}s`,
    custom: false,
    keyPrefix,
    sharing: 'ReadWrite',
    fields: new Map(),
    validationRules: [],
    childRelationships: [],
    listViews: [],
  };
  [...systemFields(), ...fields].forEach((field) => addField(model, field));
  return model;
}

/** An object that only the engine writes. */
export function setupObject(name: string, label: string, keyPrefix: string, fields: FieldModel[]): ObjectModel {
  return standardObject(
    name,
    label,
    keyPrefix,
    fields.map((field) => ({ ...field, ...BY_PLATFORM })),
  );
}

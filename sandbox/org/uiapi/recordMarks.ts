import type { FieldModel, FieldValue, ObjectModel, StoredRecord } from '../model.ts';

/** The name field of an object, such as `Name`; undefined for objects without one. */
export function nameField(object: ObjectModel): FieldModel | undefined {
  return [...object.fields.values()].find((field) => field.isNameField);
}

/** What a record is called: the text of its name field, or null. */
export function recordName(object: ObjectModel, record: StoredRecord): string | null {
  const field = nameField(object);
  const value: FieldValue = field ? (record[field.name] ?? null) : null;
  return typeof value === 'string' ? value : null;
}

/** Milliseconds of the record's last change; the UI API calls it `weakEtag`. */
export function weakEtag(record: StoredRecord): number {
  const changed = record['SystemModstamp'] ?? record['LastModifiedDate'];
  return typeof changed === 'string' ? Date.parse(changed) : 0;
}

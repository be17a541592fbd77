import type { FieldModel, FieldValue, ObjectModel, Org } from '../model.ts';
import { coerce } from '../records/coerce.ts';
import { RecordFailure } from '../records/recordFailure.ts';
import { normalizeRecordId } from '../recordIds.ts';
import type { RecordWrite } from '../rest/recordWrites.ts';
import { columnForm, encode } from '../store/codec.ts';
import { quote } from '../store/database.ts';

/**
 * The rows that writing a record locks: its own, and its masters' of master-detail relationships. A record that an
 * upsert is about to create has no row yet; the entry of its external id stands for it.
 *
 * Source: "Record-Level Locking" (Designing Record Access for Enterprise Scale, draes_object_relationships_record_level_locking).
 */
export function touchedRows(org: Org, write: RecordWrite): string[] {
  const id = 'id' in write ? normalizeRecordId(write.id) : undefined;
  const object = 'object' in write ? org.model.objects.get(write.object.toLowerCase()) : id && org.objectOfId(id);
  if (!object) return [];
  const own = write.operation === 'upsert' ? upsertedRow(org, object, write.externalIdField, write.externalId) : id;
  const stored = own === undefined ? undefined : org.read(object.name, own);
  const fields = write.operation === 'delete' ? {} : write.fields;
  const masters = [...object.fields.values()]
    .filter(({ reference }) => reference?.kind === 'masterDetail')
    .flatMap((field) => [stored?.[field.name], givenMaster(org, field, fields)]);
  return [own, ...masters].filter((row): row is string => typeof row === 'string');
}

function upsertedRow(org: Org, object: ObjectModel, name: string, value: unknown): string | undefined {
  const field = object.fields.get(name.toLowerCase());
  if (!field || value === undefined || value === null) return undefined;
  return rowBy(org, object, field, value) ?? nameOfRowToBe(object, field, value);
}

const nameOfRowToBe = (object: ObjectModel, field: FieldModel, value: unknown): string =>
  `${object.name}.${field.name}=${String(value).toLowerCase()}`;

/** What stands for the row that an upsert creates. */
export function rowToBe(org: Org, write: Extract<RecordWrite, { operation: 'upsert' }>): string {
  const object = org.object(write.object);
  const field = object.fields.get(write.externalIdField.toLowerCase());
  return field ? nameOfRowToBe(object, field, write.externalId) : '';
}

/** The master that a write names by id, or by an external id as in `{Bill__r: {M3ter_Bill_Id__c: 'x'}}`. */
function givenMaster(org: Org, field: FieldModel, fields: Record<string, unknown>): string | undefined {
  const { [field.name]: id, [field.reference!.relationshipName]: named } = fields;
  if (typeof id === 'string') return normalizeRecordId(id);
  const master = org.model.objects.get(field.reference!.to[0]!.toLowerCase());
  const [name, value] = Object.entries(named ?? {}).find(([key]) => key !== 'attributes') ?? [];
  return master && name !== undefined ? upsertedRow(org, master, name, value) : undefined;
}

function rowBy(org: Org, object: ObjectModel, field: FieldModel, value: unknown): string | undefined {
  let wanted: FieldValue;
  try {
    wanted = coerce(field, value);
  } catch (error) {
    if (error instanceof RecordFailure) return undefined;
    throw error;
  }
  const sql = `SELECT "Id" FROM ${quote(object.name)} WHERE ${quote(field.name)} = ? LIMIT 1`;
  const row = org.sql.prepare(sql).get(encode(columnForm(field), wanted));
  return row?.['Id'] as string | undefined;
}

import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { FieldModel, FieldValue, ObjectModel, Org } from '../model.ts';
import { coerce } from '../records/coerce.ts';
import { RecordFailure } from '../records/recordFailure.ts';
import type { RecordWrite } from '../rest/recordWrites.ts';
import { normalizeRecordId } from '../recordIds.ts';
import { columnForm, encode } from '../store/codec.ts';
import { quote } from '../store/database.ts';

type Upsert = Extract<RecordWrite, { operation: 'upsert' }>;

/**
 * The rows that writing a record locks: its own, and its masters' of master-detail relationships. A record that an
 * upsert is about to create has no row yet; the entry of its external id stands for it.
 *
 * Source: "Record-Level Locking" (Designing Record Access for Enterprise Scale, draes_object_relationships_record_level_locking).
 */
export function touchedRows(org: Org, write: RecordWrite): string[] {
  if (write.operation === 'insert')
    return givenMasters(org, org.model.objects.get(write.object.toLowerCase()), write.fields);
  if (write.operation === 'upsert') {
    const object = org.model.objects.get(write.object.toLowerCase());
    const own = object ? upsertedRows(org, object, write.externalIdField, write.externalId) : [];
    return [...own, ...givenMasters(org, object, write.fields)];
  }
  const id = normalizeRecordId(write.id);
  const object = id === undefined ? undefined : org.objectOfId(id);
  if (id === undefined || !object) return [];
  const fields = write.operation === 'update' ? write.fields : {};
  return [...(storedRows(org, object, idField(object), id) ?? [id]), ...givenMasters(org, object, fields)];
}

/** What stands for the row that an upsert creates. */
export function rowToBe(org: Org, { object: name, externalIdField, externalId }: Upsert): string {
  const object = org.object(name);
  const field = object.fields.get(externalIdField.toLowerCase());
  return field ? nameOfRowToBe(object, field, externalId) : '';
}

const nameOfRowToBe = (object: ObjectModel, field: FieldModel, value: unknown): string =>
  `${object.name}.${field.name}=${String(value).toLowerCase()}`;

const idField = ({ fields }: ObjectModel): FieldModel => fields.get('id')!;

const mastersOf = ({ fields }: ObjectModel): FieldModel[] =>
  [...fields.values()].filter(({ reference }) => reference?.kind === 'masterDetail');

function upsertedRows(org: Org, object: ObjectModel, name: string, value: unknown): string[] {
  const field = object.fields.get(name.toLowerCase());
  if (!field || value === undefined || value === null) return [];
  return storedRows(org, object, field, value) ?? [nameOfRowToBe(object, field, value)];
}

/** The masters that a write names by id, or by an external id as in `{Bill__r: {M3ter_Bill_Id__c: 'x'}}`. */
function givenMasters(org: Org, object: ObjectModel | undefined, fields: Record<string, unknown>): string[] {
  if (!object) return [];
  return mastersOf(object).flatMap(({ name, reference }) => {
    const { [name]: id, [reference!.relationshipName]: named } = fields;
    if (typeof id === 'string') return normalizeRecordId(id) ?? [];
    const master = org.model.objects.get(reference!.to[0]!.toLowerCase());
    const [key, value] = Object.entries(named ?? {}).find(([given]) => given !== 'attributes') ?? [];
    return master && key !== undefined ? upsertedRows(org, master, key, value) : [];
  });
}

/** The row that has a value in a field, and its masters; undefined when there is none. */
function storedRows(org: Org, object: ObjectModel, field: FieldModel, value: unknown): string[] | undefined {
  let wanted: FieldValue;
  try {
    wanted = coerce(field, value);
  } catch (error) {
    if (error instanceof RecordFailure) return undefined;
    throw error;
  }
  const columns = ['Id', ...mastersOf(object).map(({ name }) => name)].map(quote);
  const sql = `SELECT ${columns.join(', ')} FROM ${quote(object.name)} WHERE ${quote(field.name)} = ? LIMIT 1`;
  const row = statement(org.sql, sql).get(encode(columnForm(field), wanted));
  return row && Object.values(row).filter((id) => typeof id === 'string');
}

const statements = new WeakMap<DatabaseSync, Map<string, StatementSync>>();

/** A prepared statement, kept for the next record. */
function statement(database: DatabaseSync, sql: string): StatementSync {
  const known = statements.get(database) ?? new Map<string, StatementSync>();
  statements.set(database, known);
  const prepared = known.get(sql) ?? database.prepare(sql);
  known.set(sql, prepared);
  return prepared;
}

import { maySee } from '../access/sharing.ts';
import type { FieldModel, ObjectModel, OrgUser } from '../model.ts';
import { normalizeRecordId } from '../recordIds.ts';
import { coerce } from './coerce.ts';
import { sees, tableOf } from './engine.ts';
import type { Engine } from './engine.ts';
import { fail } from './recordFailure.ts';

/** The field of an object that upserts and references may match by: an external id, or the record id. */
export function matchField(object: ObjectModel, name: string): FieldModel {
  const field = object.fields.get(name.toLowerCase());
  if (field && (field.externalId || field.type === 'id')) return field;
  throw fail(
    'INVALID_FIELD',
    `Field name provided, ${name} does not match an External ID, Salesforce Id, or indexed field for ${object.name}`,
  );
}

/**
 * The id of the parent that `{M3ter_Bill_Id__c: 'x'}` names; null clears the reference. Throws RecordFailure
 * INVALID_FIELD when there is no such parent or not exactly one field, DUPLICATE_EXTERNAL_ID when there are several.
 */
export function parentByExternalId(
  engine: Engine,
  user: OrgUser | undefined,
  field: FieldModel,
  value: unknown,
): string | null {
  if (value === null) return null;
  const parent = engine.model.objects.get(field.reference!.to[0]!.toLowerCase())!;
  if (typeof value !== 'object' || Array.isArray(value)) {
    throw fail(
      'JSON_PARSER_ERROR',
      `${field.reference!.relationshipName} must be an object with one external id field`,
    );
  }
  const given = Object.entries(value).filter(([name]) => name !== 'attributes');
  const [entry, second] = given;
  if (second) {
    throw fail(
      'INVALID_FIELD',
      `More than 1 field provided in an external foreign key reference in entity: ${parent.name}`,
    );
  }
  if (!entry)
    throw fail('INVALID_FIELD', `No field provided in an external foreign key reference in entity: ${parent.name}`);
  const key = matchField(parent, entry[0]);
  if (user && !maySee(engine.access, user, parent, key)) throw noAccess(field, String(entry[1]));
  return onlyMatch(engine, parent, key, entry[1]);
}

function onlyMatch(engine: Engine, parent: ObjectModel, key: FieldModel, value: unknown): string {
  const [id, second] = tableOf(engine, parent.name).find(key, coerce(key, value), 2);
  if (id === undefined) {
    throw fail(
      'INVALID_FIELD',
      `Foreign key external ID: ${String(value).toLowerCase()} not found for field ${key.name} in entity ${parent.name}`,
    );
  }
  if (second !== undefined) throw severalMatches(key, [id, second]);
  return id;
}

export function severalMatches(field: FieldModel, ids: string[]) {
  return fail(
    'DUPLICATE_EXTERNAL_ID',
    `More than one record found for external id field: [${ids.map((id) => id.slice(0, 15)).join(', ')}]`,
    [field.name],
  );
}

function noAccess(field: FieldModel, id: string) {
  return fail(
    'INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY',
    `insufficient access rights on cross-reference id: ${id}`,
    [field.name],
  );
}

/** Checks that the parent exists, is of an object that the field may refer to, and may be referred to by the user. */
export function checkReference(engine: Engine, user: OrgUser | undefined, field: FieldModel, id: string): void {
  const parent = field
    .reference!.to.map((name) => engine.model.objects.get(name.toLowerCase())!)
    .find((object) => object.keyPrefix === id.slice(0, 3));
  if (!parent) {
    throw fail('FIELD_INTEGRITY_EXCEPTION', `${field.label}: id value of incorrect type: ${id}`, [field.name]);
  }
  if (!tableOf(engine, parent.name).has(id)) throw missingRecord(engine, id, [field.name]);
  if (user && !mayReadParent(engine, user, parent, id)) throw noAccess(field, id.slice(0, 15));
}

/** A record is given only to a user who may read its object (SOAP API: StatusCode, TRANSFER_REQUIRES_READ). */
export function checkOwner(engine: Engine, object: ObjectModel, owner: string): void {
  const user = engine.users.find(({ id }) => id === owner);
  if (user && engine.access.object(user, object.name).read) return;
  throw fail('TRANSFER_REQUIRES_READ', 'The new owner must have read permission', ['OwnerId']);
}

function mayReadParent(engine: Engine, user: OrgUser, parent: ObjectModel, id: string): boolean {
  if (!engine.access.object(user, parent.name).read) return false;
  if (parent.sharing === 'Read' || parent.sharing === 'ReadWrite') return true;
  return sees(engine, user, parent, tableOf(engine, parent.name).read(id)!);
}

/** The error for a record that sharing hides from the user. */
export function hiddenRecord() {
  return fail('INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY', 'insufficient access rights on cross-reference id');
}

/** ENTITY_IS_DELETED for an id that once was, INVALID_CROSS_REFERENCE_KEY for one that never was. */
export function missingRecord(engine: Engine, id: string, fields: string[] = []) {
  const deleted = engine.database.row('SELECT 1 FROM _recycled WHERE id = ?', id);
  return deleted
    ? fail('ENTITY_IS_DELETED', 'entity is deleted', fields)
    : fail('INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id', fields);
}

/** An id in its 18-character form. Throws RecordFailure MALFORMED_ID. */
export function requireRecordId(text: string): string {
  const id = normalizeRecordId(text);
  if (id === undefined) throw fail('MALFORMED_ID', `malformed id ${text}`, ['Id']);
  return id;
}

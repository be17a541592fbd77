import type { FieldModel, FieldValue, ObjectModel, OrgUser, StoredRecord } from '../model.ts';
import { coerce } from './coerce.ts';
import type { Engine } from './engine.ts';
import { referenceCalled } from './fieldPaths.ts';
import { parentByExternalId } from './references.ts';
import { collectFailures, fail } from './recordFailure.ts';

/** A key of a request's record: a field, or a relationship whose parent is named by an external id. */
interface Target {
  field: FieldModel;
  byExternalId: boolean;
}

const targets = new WeakMap<ObjectModel, Map<string, Target | undefined>>();

function targetOf(object: ObjectModel, key: string): Target | undefined {
  let known: Map<string, Target | undefined> | undefined = targets.get(object);
  if (!known) {
    known = new Map();
    targets.set(object, known);
  }
  if (!known.has(key)) {
    const field = object.fields.get(key.toLowerCase());
    const reference = field ?? referenceCalled(object, key);
    known.set(key, reference && { field: reference, byExternalId: !field });
  }
  return known.get(key);
}

/**
 * The values of a request's record as the fields hold them, under the user's field access (everything without a user).
 * Throws RecordFailure: INVALID_FIELD for a name that is unknown to the user, INVALID_FIELD_FOR_INSERT_UPDATE for fields
 * that may be read only, and what `coerce` and `parentByExternalId` throw.
 */
export function readFields(
  engine: Engine,
  user: OrgUser | undefined,
  object: ObjectModel,
  fields: Record<string, unknown>,
  operation: 'insert' | 'update',
): StoredRecord {
  const given = Object.entries(fields)
    .filter(([key]) => key !== 'attributes')
    .map(([key, value]) => ({ key, value, target: visibleTarget(engine, user, object, key) }));
  if (user) {
    checkWritable(
      given.map(({ target }) => target.field).filter((field) => !isWritable(engine, user, object, field, operation)),
    );
  }
  const record: StoredRecord = {};
  collectFailures(given, ({ key, value, target }) => {
    const { field, byExternalId } = target;
    if (field.name in record) throw fail('INVALID_FIELD', `Duplicate field specified: ${key}`, [field.name]);
    record[field.name] = byExternalId ? parentByExternalId(engine, user, field, value) : held(field, value);
  });
  return record;
}

/** For a user, a field that may not be read is not there at all. */
function visibleTarget(engine: Engine, user: OrgUser | undefined, object: ObjectModel, key: string): Target {
  const target = targetOf(object, key);
  if (target && (!user || engine.access.field(user, object.name, target.field.name).readable)) return target;
  throw fail('INVALID_FIELD', `No such column '${key}' on sobject of type ${object.name}`);
}

function held(field: FieldModel, value: unknown): FieldValue {
  const nested = typeof value === 'object' && value !== null && field.type === 'reference';
  if (nested)
    throw fail('JSON_PARSER_ERROR', `Cannot deserialize instance of reference from START_OBJECT (${field.name})`, [
      field.name,
    ]);
  return coerce(field, value);
}

function isWritable(
  engine: Engine,
  user: OrgUser,
  object: ObjectModel,
  field: FieldModel,
  operation: 'insert' | 'update',
): boolean {
  const allowed = operation === 'insert' ? field.createable : field.updateable;
  return allowed && engine.access.field(user, object.name, field.name).editable;
}

function checkWritable(refused: FieldModel[]): void {
  if (refused.length === 0) return;
  const names = refused.map((field) => field.name);
  throw fail(
    'INVALID_FIELD_FOR_INSERT_UPDATE',
    `Unable to create/update fields: ${names.join(', ')}. Please check the security settings of this field and verify that it is read/write for your profile or permission set.`,
    names,
  );
}

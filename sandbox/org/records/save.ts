import { masterField } from '../access/sharing.ts';
import type { FieldModel, ObjectModel, OrgUser, SaveRequest, SaveResult, StoredRecord } from '../model.ts';
import { coerce } from './coerce.ts';
import { changesBetween, computeFormulas } from './derive.ts';
import type { Derivation } from './derive.ts';
import { mayEdit, mayGiveAway, planOf, sees, systemInstant, tableOf } from './engine.ts';
import type { Engine } from './engine.ts';
import { completeNewRecord, nextRecordId } from './newRecord.ts';
import { fail, RecordFailure } from './recordFailure.ts';
import { RecordScope } from './recordScope.ts';
import {
  checkOwner,
  checkReference,
  hiddenRecord,
  matchField,
  missingRecord,
  requireRecordId,
  severalMatches,
} from './references.ts';
import { checkUnique } from './unique.ts';
import { checkRules } from './validation.ts';
import { readFields } from './writeFields.ts';

/** Saves records in Salesforce's order: access, types, required fields, references, rules, uniqueness, then the row. */
export class Saver {
  private readonly engine: Engine;
  private readonly derivation: Derivation;

  constructor(engine: Engine, derivation: Derivation) {
    this.engine = engine;
    this.derivation = derivation;
  }

  /** Saves one record; trouble with the record is in the result. */
  save(user: OrgUser, request: SaveRequest): SaveResult {
    try {
      return this.engine.database.inTransaction ? this.dispatch(user, request) : this.alone(user, request);
    } catch (error) {
      if (!(error instanceof RecordFailure)) throw error;
      return { id: null, success: false, created: false, errors: error.errors };
    }
  }

  private alone(user: OrgUser, request: SaveRequest): SaveResult {
    return this.engine.database.transaction(() => this.dispatch(user, request));
  }

  private dispatch(user: OrgUser, request: SaveRequest): SaveResult {
    const object = this.object(user, request.object);
    if (request.operation === 'insert') return this.insert(user, object, request.fields);
    if (request.operation === 'upsert') return this.upsert(user, object, request);
    const id = requireRecordId(request.id);
    const before = tableOf(this.engine, object.name).read(id);
    if (!before) throw missingRecord(this.engine, id, ['Id']);
    return this.update(user, object, before, request.fields);
  }

  private object(user: OrgUser, name: string): ObjectModel {
    const object = this.engine.model.objects.get(name.toLowerCase());
    if (object && this.engine.access.object(user, object.name).read) return object;
    throw fail('INVALID_TYPE', `sObject type '${name}' is not supported.`);
  }

  private upsert(
    user: OrgUser,
    object: ObjectModel,
    request: Extract<SaveRequest, { operation: 'upsert' }>,
  ): SaveResult {
    const key = matchField(object, request.externalIdField);
    const fields = without(request.fields, key.name);
    const value = coerce(key, request.externalId);
    if (value === null && key.type === 'id') return this.insert(user, object, fields);
    if (value === null) throw fail('MISSING_ARGUMENT', `${key.name} not specified`);
    const [found, second] = tableOf(this.engine, object.name).match(key, value);
    if (found && second) throw severalMatches(key, [String(found.Id), String(second.Id)]);
    if (found) return this.update(user, object, found, fields);
    if (key.type === 'id') throw missingRecord(this.engine, String(value), ['Id']);
    if (request.updateOnly) throw fail('NOT_FOUND', 'The requested resource does not exist');
    return this.insert(user, object, { ...fields, [key.name]: request.externalId }, key);
  }

  /** @param free the key of an upsert that found no record with it */
  private insert(user: OrgUser, object: ObjectModel, fields: Record<string, unknown>, free?: FieldModel): SaveResult {
    if (!this.engine.access.object(user, object.name).create) {
      throw fail('CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY', `entity type cannot be inserted: ${object.label}`);
    }
    if (Object.keys(fields).some((name) => name.toLowerCase() === 'id')) {
      throw fail('INVALID_FIELD_FOR_INSERT_UPDATE', 'cannot specify Id in an insert call', ['Id']);
    }
    const given = readFields(this.engine, user, object, fields, 'insert');
    const id = nextRecordId(this.engine, object.keyPrefix);
    const record = completeNewRecord(this.engine, user, object.name, id, given);
    this.check(user, object, record, undefined, free);
    this.requireMasterAccess(user, object, record, undefined);
    this.write(user, object, record, undefined);
    return { id, success: true, created: true, errors: [] };
  }

  private update(
    user: OrgUser,
    object: ObjectModel,
    before: StoredRecord,
    fields: Record<string, unknown>,
  ): SaveResult {
    const id = before.Id as string;
    if (!this.engine.access.object(user, object.name).edit) throw noRights();
    if (!sees(this.engine, user, object, before)) throw hiddenRecord();
    const given = readFields(this.engine, user, object, fields, 'update');
    if (!mayEdit(this.engine, user, object, before)) throw noRights();
    const givesAway = given.OwnerId !== undefined && given.OwnerId !== before.OwnerId;
    if (givesAway && !mayGiveAway(this.engine, user, object, before)) throw noRights();
    const record: StoredRecord = { ...before, ...given };
    if ('Name' in given && given.Name === null && object.custom) record.Name = id.slice(0, 15);
    record.LastModifiedDate = record.SystemModstamp = systemInstant(this.engine);
    record.LastModifiedById = user.id;
    this.check(user, object, record, before);
    this.requireMasterAccess(user, object, record, before);
    this.write(user, object, record, before);
    return { id, success: true, created: false, errors: [] };
  }

  /** Giving a detail to a master takes the right to change that master. */
  private requireMasterAccess(
    user: OrgUser,
    object: ObjectModel,
    record: StoredRecord,
    before: StoredRecord | undefined,
  ): void {
    const field = masterField(object);
    if (!field || record[field.name] === before?.[field.name] || mayEdit(this.engine, user, object, record)) return;
    throw fail(
      'INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY',
      `insufficient access rights on cross-reference id: ${String(record[field.name]).slice(0, 15)}`,
      [field.name],
    );
  }

  private check(
    user: OrgUser,
    object: ObjectModel,
    record: StoredRecord,
    before: StoredRecord | undefined,
    free?: FieldModel,
  ): void {
    const plan = planOf(this.engine, object.name);
    const missing = plan.required.filter((field) => record[field.name] === null).map((field) => field.name);
    if (missing.length > 0) {
      throw fail('REQUIRED_FIELD_MISSING', `Required fields are missing: [${missing.join(', ')}]`, missing);
    }
    for (const field of plan.references) {
      const id = record[field.name];
      if (typeof id !== 'string' || id === before?.[field.name]) continue;
      checkReference(this.engine, user, field, id);
      if (field.name === 'OwnerId') checkOwner(this.engine, object, id);
    }
    const scope = new RecordScope(this.engine, record, before, user);
    computeFormulas(plan, record, scope);
    checkRules(plan, scope);
    checkUnique(this.engine, plan, record, before, free);
  }

  private write(user: OrgUser, object: ObjectModel, record: StoredRecord, before: StoredRecord | undefined): void {
    const id = record.Id as string;
    const table = tableOf(this.engine, object.name);
    const apply = (): void => {
      if (before) table.update(id, changesBetween(before, record));
      else table.insert(record);
      this.derivation.changed(object.name, id, before, record);
    };
    if (!planOf(this.engine, object.name).feedsRules) return apply();
    this.engine.database.transaction(() => {
      apply();
      this.derivation.settle(user);
    });
  }
}

function without(fields: Record<string, unknown>, name: string): Record<string, unknown> {
  const key = Object.keys(fields).find((given) => given.toLowerCase() === name.toLowerCase());
  if (key === undefined) return fields;
  const rest = { ...fields };
  delete rest[key];
  return rest;
}

function noRights(): RecordFailure {
  return fail('INSUFFICIENT_ACCESS_OR_READONLY', 'insufficient access rights on object id');
}

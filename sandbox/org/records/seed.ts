import type { ObjectModel, OrgUser, StoredRecord } from '../model.ts';
import { computeFormulas } from './derive.ts';
import type { Derivation } from './derive.ts';
import { planOf, tableOf } from './engine.ts';
import type { Engine } from './engine.ts';
import { completeNewRecord, nextRecordId } from './newRecord.ts';
import { fail, RecordFailure } from './recordFailure.ts';
import { RecordScope } from './recordScope.ts';
import { requireRecordId } from './references.ts';
import { readFields } from './writeFields.ts';

/**
 * Writes records as they are given, with their own ids where they have some: types and lengths are checked, access,
 * required fields and validation rules are not. Throws an Error that names the record and what is wrong with it.
 */
export function seedRecords(
  engine: Engine,
  derivation: Derivation,
  owner: OrgUser,
  object: ObjectModel,
  records: Array<Record<string, unknown>>,
): void {
  records.forEach((fields, index) => {
    try {
      seedRecord(engine, derivation, owner, object, fields);
    } catch (error) {
      if (!(error instanceof RecordFailure)) throw error;
      const name = fields.Id ?? fields.Name ?? `record ${index + 1}`;
      throw new Error(`${object.name} ${String(name)} cannot be loaded: ${error.message}`, { cause: error });
    }
  });
}

function seedRecord(
  engine: Engine,
  derivation: Derivation,
  owner: OrgUser,
  object: ObjectModel,
  fields: Record<string, unknown>,
): void {
  const given: StoredRecord = readFields(engine, undefined, object, fields, 'insert');
  const plan = planOf(engine, object.name);
  const id = typeof given.Id === 'string' ? requireRecordId(given.Id) : nextRecordId(engine, object.keyPrefix);
  if (!id.startsWith(object.keyPrefix)) throw fail('MALFORMED_ID', `${id} is not an id of ${object.name}`, ['Id']);
  const record = completeNewRecord(engine, owner, object.name, id, given);
  computeFormulas(plan, record, new RecordScope(engine, record, undefined, owner));
  tableOf(engine, object.name).insert(record);
  derivation.changed(object.name, id, undefined, record);
}

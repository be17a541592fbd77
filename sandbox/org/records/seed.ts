import type { ObjectModel, OrgUser, StoredRecord } from '../model.ts';
import { computeFormulas } from './derive.ts';
import type { Derivation } from './derive.ts';
import { planOf, tableOf } from './engine.ts';
import type { Engine } from './engine.ts';
import { completeNewRecord, nextRecordId } from './newRecord.ts';
import { fail, RecordFailure } from './recordFailure.ts';
import { RecordScope } from './recordScope.ts';
import { checkReference } from './references.ts';
import { checkUnique } from './unique.ts';
import { readFields } from './writeFields.ts';

/**
 * Writes records as they are given, with their own ids where they have some: types, lengths, uniqueness and references
 * are checked; access, required fields and validation rules are not. Records may refer to later ones of the same call.
 * Throws an Error that names the record and what is wrong with it.
 */
export function seedRecords(
  engine: Engine,
  derivation: Derivation,
  owner: OrgUser,
  object: ObjectModel,
  records: Array<Record<string, unknown>>,
): void {
  const written = records.map((fields, index) =>
    naming(object, fields, index, () => seedRecord(engine, derivation, owner, object, fields)),
  );
  written.forEach((record, index) => {
    naming(object, records[index]!, index, () => checkReferences(engine, object, record));
  });
}

function naming<T>(object: ObjectModel, fields: Record<string, unknown>, index: number, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof RecordFailure)) throw error;
    const named = [fields.Id, fields.Name].find((value) => typeof value === 'string');
    throw new Error(`${object.name} ${named ?? `record ${index + 1}`} cannot be loaded: ${error.message}`, {
      cause: error,
    });
  }
}

function seedRecord(
  engine: Engine,
  derivation: Derivation,
  owner: OrgUser,
  object: ObjectModel,
  fields: Record<string, unknown>,
): StoredRecord {
  const given = readFields(engine, undefined, object, fields, 'insert');
  const plan = planOf(engine, object.name);
  const id = typeof given.Id === 'string' ? given.Id : nextRecordId(engine, object.keyPrefix);
  if (!id.startsWith(object.keyPrefix)) throw fail('MALFORMED_ID', `${id} is not an id of ${object.name}`, ['Id']);
  if (tableOf(engine, object.name).has(id)) throw fail('DUPLICATE_VALUE', `${id} is already there`, ['Id']);
  const record = completeNewRecord(engine, owner, object.name, id, given);
  checkUnique(engine, plan, record);
  computeFormulas(plan, record, new RecordScope(engine, record, undefined, owner));
  tableOf(engine, object.name).insert(record);
  derivation.changed(object.name, id, undefined, record);
  return record;
}

function checkReferences(engine: Engine, object: ObjectModel, record: StoredRecord): void {
  for (const field of planOf(engine, object.name).references) {
    const id = record[field.name];
    if (typeof id === 'string') checkReference(engine, undefined, field, id);
  }
}

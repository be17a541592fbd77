import type { FieldModel, StoredRecord } from '../model.ts';
import { tableOf } from './engine.ts';
import type { Engine } from './engine.ts';
import type { ObjectPlan } from './plan.ts';
import { fail } from './recordFailure.ts';

/**
 * Throws RecordFailure DUPLICATE_VALUE, which names the other record, when a unique field's new value is taken.
 *
 * @param free a field whose value no record has, as was just seen
 */
export function checkUnique(
  engine: Engine,
  plan: ObjectPlan,
  record: StoredRecord,
  before?: StoredRecord,
  free?: FieldModel,
): void {
  for (const field of plan.unique) {
    const value = record[field.name] ?? null;
    if (field === free || value === null || value === before?.[field.name]) continue;
    const sharing = tableOf(engine, plan.object.name).find(field, value, 2);
    const other = sharing.find((id) => id !== record.Id);
    if (other === undefined) continue;
    throw fail(
      'DUPLICATE_VALUE',
      `duplicate value found: ${field.name} duplicates value on record with id: ${other.slice(0, 15)}`,
      [field.name],
    );
  }
}

import type { OrgUser, SaveResult } from '../model.ts';
import { binOf, deletedWith } from '../store/recycleBin.ts';
import { quote } from '../store/database.ts';
import type { Derivation } from './derive.ts';
import { tableOf } from './engine.ts';
import type { Engine } from './engine.ts';
import { fail, RecordFailure } from './recordFailure.ts';
import { requireRecordId } from './references.ts';

/**
 * Takes a deleted record out of the recycle bin, with the details that went there with it. Lookups that its deletion
 * emptied stay empty.
 */
export class Restorer {
  private readonly engine: Engine;
  private readonly derivation: Derivation;

  constructor(engine: Engine, derivation: Derivation) {
    this.engine = engine;
    this.derivation = derivation;
  }

  /** Restores one record; trouble is in the result: UNDELETE_FAILED, DUPLICATE_VALUE. */
  restore(user: OrgUser, text: string): SaveResult {
    try {
      const id = requireRecordId(text);
      this.engine.database.transaction(() => this.checked(user, id));
      return { id, success: true, created: false, errors: [] };
    } catch (error) {
      if (!(error instanceof RecordFailure)) throw error;
      return { id: null, success: false, created: false, errors: error.errors };
    }
  }

  private checked(user: OrgUser, id: string): void {
    const records = deletedWith(this.engine.database, id);
    const [first] = records;
    if (!first) throw fail('UNDELETE_FAILED', 'Entity is not in the recycle bin');
    if (!this.engine.access.object(user, first.object).delete) {
      throw fail('INSUFFICIENT_ACCESS_OR_READONLY', 'insufficient access rights on object id');
    }
    for (const { object, id: each } of records) {
      this.requireUnique(object, each);
      const table = tableOf(this.engine, object);
      table.restore(each);
      this.derivation.changed(object, each, undefined, table.read(each));
    }
    if (this.derivation.mustCheckNow) this.derivation.settle(user);
  }

  /** Somebody may have made a record with the same unique value meanwhile. */
  private requireUnique(objectName: string, id: string): void {
    const { object } = tableOf(this.engine, objectName);
    for (const field of object.fields.values()) {
      if (!field.unique) continue;
      const column = quote(field.name);
      const taken = this.engine.database.row(
        `SELECT live."Id" FROM ${quote(binOf(objectName))} bin JOIN ${quote(objectName)} live ON live.${column} = bin.${column} WHERE bin."Id" = ?`,
        id,
      );
      if (!taken) continue;
      const message = `duplicate value found: ${field.name} duplicates value on record with id: ${String(taken[0]).slice(0, 15)}`;
      throw fail('DUPLICATE_VALUE', message, [field.name]);
    }
  }
}

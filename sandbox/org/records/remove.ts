import type { ObjectModel, OrgUser, SaveResult, StoredRecord } from '../model.ts';
import { changesBetween, computeFormulas } from './derive.ts';
import type { Derivation } from './derive.ts';
import { mayDelete, planOf, sees, systemInstant, tableOf } from './engine.ts';
import type { Engine } from './engine.ts';
import { fail, RecordFailure } from './recordFailure.ts';
import { RecordScope } from './recordScope.ts';
import { hiddenRecord, missingRecord, requireRecordId } from './references.ts';
import type { DeletionMark } from '../store/recycleBin.ts';

/** What takes records into the recycle bin together. */
interface Deletion {
  /** The id of the record that somebody deleted. */
  deletion: string;
  mark: DeletionMark;
}

/** Deletes records: details go with their master, lookups are emptied or forbid the delete. */
export class Remover {
  private readonly engine: Engine;
  private readonly derivation: Derivation;

  constructor(engine: Engine, derivation: Derivation) {
    this.engine = engine;
    this.derivation = derivation;
  }

  /** Deletes one record; trouble is in the result. */
  remove(user: OrgUser, text: string): SaveResult {
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
    const object = [...this.engine.model.objects.values()].find(({ keyPrefix }) => keyPrefix === id.slice(0, 3));
    if (!object || !this.engine.access.object(user, object.name).read) throw missingRecord(this.engine, id, ['Id']);
    if (!this.engine.access.object(user, object.name).delete) throw noRights();
    const record = tableOf(this.engine, object.name).read(id);
    if (!record) throw missingRecord(this.engine, id, ['Id']);
    if (!sees(this.engine, user, object, record)) throw hiddenRecord();
    if (!mayDelete(this.engine, user, object, record)) throw noRights();
    const mark = { LastModifiedDate: systemInstant(this.engine), LastModifiedById: user.id };
    this.cascade(object, record, { deletion: id, mark });
    if (this.derivation.mustCheckNow) this.derivation.settle(user);
  }

  private cascade(object: ObjectModel, record: StoredRecord, deletion: Deletion): void {
    const id = record.Id as string;
    for (const { childObject, field: name } of object.childRelationships) {
      const table = tableOf(this.engine, childObject);
      const field = table.object.fields.get(name.toLowerCase())!;
      if (field.reference!.to[0] === 'User') continue;
      const children = table.find(field, id).map((childId) => table.read(childId)!);
      if (children.length === 0) continue;
      const { deleteConstraint } = field.reference!;
      if (deleteConstraint === 'Restrict') throw restricted(record, table.object, children);
      for (const child of children) {
        if (deleteConstraint === 'Cascade') this.cascade(table.object, child, deletion);
        else this.clear(table.object, child, name);
      }
    }
    tableOf(this.engine, object.name).remove(id, deletion.deletion, deletion.mark);
    this.derivation.changed(object.name, id, record, undefined);
  }

  private clear(object: ObjectModel, before: StoredRecord, field: string): void {
    const after: StoredRecord = { ...before, [field]: null, SystemModstamp: systemInstant(this.engine) };
    computeFormulas(planOf(this.engine, object.name), after, new RecordScope(this.engine, after, before));
    tableOf(this.engine, object.name).update(before.Id as string, changesBetween(before, after));
    this.derivation.changed(object.name, before.Id as string, before, after);
  }
}

function noRights(): RecordFailure {
  return fail('INSUFFICIENT_ACCESS_OR_READONLY', 'insufficient access rights on object id');
}

function restricted(record: StoredRecord, childObject: ObjectModel, children: StoredRecord[]): RecordFailure {
  const names = children.map((child) => String(child.Name ?? child.Id)).join(', ');
  return fail(
    'DELETE_FAILED',
    `Your attempt to delete ${String(record.Name ?? record.Id)} could not be completed because it is associated with the following ${childObject.pluralLabel}: ${names}`,
  );
}

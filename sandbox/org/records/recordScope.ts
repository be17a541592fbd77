import type { FieldPath, FormulaScope } from '../formula/types.ts';
import type { FieldValue, OrgUser, StoredRecord } from '../model.ts';
import { localText } from '../zonedTime.ts';
import { tableOf } from './engine.ts';
import type { Engine } from './engine.ts';

/** Gives formulas the fields of a record in the making, of its parents, and of the user who saves it. */
export class RecordScope implements FormulaScope {
  private readonly engine: Engine;
  private readonly user: OrgUser | undefined;
  private readonly record: StoredRecord;
  private readonly before: StoredRecord | undefined;
  private moment: Date | undefined;

  constructor(engine: Engine, record: StoredRecord, before: StoredRecord | undefined, user?: OrgUser) {
    this.engine = engine;
    this.record = record;
    this.before = before;
    this.user = user;
  }

  get now(): Date {
    this.moment ??= this.engine.now();
    return this.moment;
  }

  get today(): string {
    return localText(this.now, this.user?.timeZone ?? 'UTC').slice(0, 10);
  }

  get isNew(): boolean {
    return this.before === undefined;
  }

  value(path: FieldPath): FieldValue {
    return this.follow(path, this.record);
  }

  prior(path: FieldPath): FieldValue {
    return this.follow(path, this.before ?? this.record);
  }

  private follow(path: FieldPath, record: StoredRecord): FieldValue {
    let current = path.root === 'record' ? record : this.global(path);
    for (let step = 0; step < path.references.length; step++) {
      const id = current?.[path.references[step]!.name];
      if (typeof id !== 'string') return null;
      current = tableOf(this.engine, path.objects[step + 1]!).read(id);
    }
    return current?.[path.field.name] ?? null;
  }

  private global(path: FieldPath): StoredRecord | undefined {
    if (!this.user) return undefined;
    const id = path.root === 'user' ? this.user.id : this.engine.profileIdOf(this.user);
    return tableOf(this.engine, path.objects[0]!).read(id);
  }
}

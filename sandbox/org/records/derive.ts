import Big from 'big.js';
import { FormulaError } from '../formula/formulaError.ts';
import { heldByField } from '../formula/types.ts';
import type { FormulaScope } from '../formula/types.ts';
import type { FieldModel, FieldValue, OrgUser, StoredRecord } from '../model.ts';
import { columnForm, decode } from '../store/codec.ts';
import { planOf, systemInstant, tableOf } from './engine.ts';
import type { Engine } from './engine.ts';
import type { ObjectPlan } from './plan.ts';
import { RecordScope } from './recordScope.ts';
import { summaryQuery } from './summaryQuery.ts';
import { checkRules } from './validation.ts';

/** Whether two values of a field are the same; texts by case. */
export function sameValue(a: FieldValue | undefined, b: FieldValue | undefined): boolean {
  if (a instanceof Big && b instanceof Big) return a.eq(b);
  return (a ?? null) === (b ?? null);
}

/** The fields of `after` that differ from `before`. */
export function changesBetween(before: StoredRecord, after: StoredRecord): StoredRecord {
  const changes: StoredRecord = {};
  for (const name of Object.keys(after)) if (!sameValue(before[name], after[name])) changes[name] = after[name]!;
  return changes;
}

/** Computes the formula fields of a record in place. A formula without a result, such as 1 / 0, leaves the field empty. */
export function computeFormulas(plan: ObjectPlan, record: StoredRecord, scope: FormulaScope): void {
  for (const { field, formula } of plan.formulas) {
    try {
      record[field.name] = heldByField(field, formula.evaluate(scope));
    } catch (error) {
      if (!(error instanceof FormulaError)) throw error;
      record[field.name] = heldByField(field, null);
    }
  }
}

/**
 * Keeps roll-ups and formulas of other records right. Saves only mark the records that have to follow; each is computed
 * once when the outermost transaction ends, or when `settle` is called before.
 */
export class Derivation {
  private readonly engine: Engine;
  private readonly waiting = new Map<string, Set<string>>();
  /** What was settled in the open transaction, to be done again where a savepoint takes it back. */
  private settled: Array<{ object: string; id: string }> = [];

  constructor(engine: Engine) {
    this.engine = engine;
    engine.database.beforeCommit(() => {
      this.settle();
      this.settled = [];
    });
    engine.database.onRollback(
      () => this.settled.length,
      (mark) => this.settled.splice(mark).forEach(({ object, id }) => this.mark(object, id)),
    );
  }

  mark(object: string, id: FieldValue | undefined): void {
    if (typeof id !== 'string') return;
    const ids = this.waiting.get(object);
    if (ids) ids.add(id);
    else this.waiting.set(object, new Set([id]));
  }

  /** Marks what follows from a record that was created (`before` missing), changed or deleted (`after` missing). */
  changed(object: string, id: string, before: StoredRecord | undefined, after: StoredRecord | undefined): void {
    const plan = planOf(this.engine, object);
    for (const { parent, foreignKey, fields } of plan.feeds) {
      const moved = !sameValue(before?.[foreignKey], after?.[foreignKey]);
      if (moved || !before || !after || [...fields].some((name) => !sameValue(before[name], after[name]))) {
        this.mark(parent, before?.[foreignKey]);
        this.mark(parent, after?.[foreignKey]);
      }
    }
    if (!before || !after || plan.watches.size === 0) return;
    for (const [name, chains] of plan.watches) {
      if (!sameValue(before[name], after[name])) chains.forEach((chain) => this.markAlong(chain, id));
    }
  }

  private markAlong(chain: Array<{ object: string; foreignKey: string }>, id: string): void {
    let ids = [id];
    let reached = '';
    for (const { object, foreignKey } of chain) {
      const table = tableOf(this.engine, object);
      const field = table.object.fields.get(foreignKey.toLowerCase())!;
      ids = ids.flatMap((parent) => table.find(field, parent));
      reached = object;
    }
    ids.forEach((one) => this.mark(reached, one));
  }

  /** Whether a waiting record can break a rule on roll-ups, so that it must be computed and checked at once. */
  get mustCheckNow(): boolean {
    return [...this.waiting].some(([object, ids]) => {
      const plan = planOf(this.engine, object);
      return ids.size > 0 && (plan.rulesOnSummaries || plan.feedsRules);
    });
  }

  /**
   * Computes every marked record, and what follows from it. With a user, checks the validation rules of objects that
   * have rules on roll-ups and throws RecordFailure.
   */
  settle(user?: OrgUser): void {
    for (let next = this.next(); next; next = this.next()) {
      try {
        this.recompute(next.object, next.id, user);
      } catch (error) {
        // The save that failed is taken back, but earlier saves of the transaction may wait for this record.
        this.mark(next.object, next.id);
        throw error;
      }
    }
  }

  private next(): { object: string; id: string } | undefined {
    for (const [object, ids] of this.waiting) {
      for (const id of ids) {
        ids.delete(id);
        return { object, id };
      }
    }
    return undefined;
  }

  private recompute(object: string, id: string, user: OrgUser | undefined): void {
    const plan = planOf(this.engine, object);
    const table = tableOf(this.engine, object);
    const before = table.read(id);
    if (!before) return;
    if (this.engine.database.inTransaction) this.settled.push({ object, id });
    const after = { ...before };
    for (const field of plan.summaries) after[field.name] = this.summarize(field, id);
    const summaryMoved = plan.summaries.some(({ name }) => !sameValue(before[name], after[name]));
    if (summaryMoved) after.SystemModstamp = systemInstant(this.engine);
    const scope = new RecordScope(this.engine, after, before, user);
    computeFormulas(plan, after, scope);
    if (summaryMoved && user && plan.rulesOnSummaries) checkRules(plan, scope);
    table.update(id, changesBetween(before, after));
    this.changed(object, id, before, after);
  }

  private summarize(field: FieldModel, id: string): FieldValue {
    const { sql, values } = summaryQuery(this.engine.model, field);
    const row = this.engine.database.row(sql, id, ...values);
    const { operation } = field.summary!;
    const empty = operation === 'count' || operation === 'sum' ? 0n : null;
    return decode(columnForm(field), row?.[0] ?? empty);
  }
}

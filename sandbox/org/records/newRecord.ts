import { FormulaError } from '../formula/formulaError.ts';
import { heldByField } from '../formula/types.ts';
import Big from 'big.js';
import type { FieldModel, FieldValue, OrgUser, StoredRecord } from '../model.ts';
import { makeRecordId } from '../recordIds.ts';
import { planOf, systemInstant } from './engine.ts';
import type { Engine } from './engine.ts';
import type { ObjectPlan } from './plan.ts';
import { fail } from './recordFailure.ts';
import { RecordScope } from './recordScope.ts';

/** Gives a new record its id. The numbers of ids are not used again, even after a rollback. */
export function nextRecordId(engine: Engine, keyPrefix: string): string {
  return makeRecordId(keyPrefix, engine.counters.next(`id ${keyPrefix}`));
}

/**
 * Fills what the request leaves open: default values, auto numbers, roll-ups without children, the name, the owner and
 * system fields. Fields that the request sets to null stay empty.
 */
export function completeNewRecord(
  engine: Engine,
  user: OrgUser,
  object: string,
  id: string,
  given: StoredRecord,
): StoredRecord {
  const plan = planOf(engine, object);
  const { blank, starting } = startOf(plan);
  const record: StoredRecord = { ...blank, ...given, Id: id };
  const scope = new RecordScope(engine, record, undefined, user);
  const now = systemInstant(engine);
  for (const field of starting) {
    if (given[field.name] === undefined) record[field.name] = startValue(engine, plan, field, scope);
  }
  record.Name ??= plan.object.custom ? id.slice(0, 15) : null;
  if (plan.object.fields.has('ownerid')) record.OwnerId = given.OwnerId ?? user.id;
  record.CreatedDate = given.CreatedDate ?? now;
  record.CreatedById = given.CreatedById ?? user.id;
  record.LastModifiedDate = given.LastModifiedDate ?? record.CreatedDate;
  record.LastModifiedById = given.LastModifiedById ?? record.CreatedById;
  record.SystemModstamp = given.SystemModstamp ?? record.LastModifiedDate;
  if (!plan.object.fields.has('name')) delete record.Name;
  return record;
}

/** The default values of the fields that a user may set, and the user as owner; nothing is counted or stored. */
export function defaultValues(engine: Engine, user: OrgUser, object: string): StoredRecord {
  const plan = planOf(engine, object);
  const scope = new RecordScope(engine, {}, undefined, user);
  const fields = [...plan.object.fields.values()].filter(({ createable }) => createable);
  const record = Object.fromEntries(fields.map((field) => [field.name, startValue(engine, plan, field, scope)]));
  return plan.object.fields.has('ownerid') ? { ...record, OwnerId: user.id } : record;
}

/** An empty record, and the fields that do not start empty. */
interface Start {
  blank: StoredRecord;
  starting: FieldModel[];
}

const starts = new WeakMap<ObjectPlan, Start>();

function startOf(plan: ObjectPlan): Start {
  let start = starts.get(plan);
  if (!start) {
    const fields = [...plan.object.fields.values()];
    start = {
      blank: Object.fromEntries(fields.map(({ name }) => [name, null])),
      starting: fields.filter((field) => startsFilled(plan, field)),
    };
    starts.set(plan, start);
  }
  return start;
}

function startsFilled(plan: ObjectPlan, { name, type, autoNumber, summary, picklist }: FieldModel): boolean {
  const hasDefault = plan.defaults.has(name) || picklist?.values.some(({ isDefault }) => isDefault) === true;
  return hasDefault || autoNumber !== undefined || summary !== undefined || type === 'boolean';
}

function startValue(engine: Engine, plan: ObjectPlan, field: FieldModel, scope: RecordScope): FieldValue {
  if (field.autoNumber !== undefined) return nextAutoNumber(engine, plan.object.name, field);
  if (field.summary) {
    return field.summary.operation === 'count' || field.summary.operation === 'sum' ? new Big(0) : null;
  }
  const formula = plan.defaults.get(field.name);
  if (formula) {
    try {
      return heldByField(field, formula.evaluate(scope));
    } catch (error) {
      if (error instanceof FormulaError)
        throw fail('INVALID_FIELD', `Default value of ${field.name}: ${error.message}`, [field.name]);
      throw error;
    }
  }
  if (field.type === 'boolean') return false;
  return field.picklist?.values.find((value) => value.isDefault)?.value ?? null;
}

function nextAutoNumber(engine: Engine, object: string, field: FieldModel): string {
  const number = engine.counters.next(`${object}.${field.name}`, field.startingNumber);
  const [year = '', month = '', day = ''] = engine.now().toISOString().slice(0, 10).split('-');
  return field
    .autoNumber!.replace('{YYYY}', year)
    .replace('{YY}', year.slice(2))
    .replace('{MM}', month)
    .replace('{DD}', day)
    .replace(/\{(0+)\}/, (_whole, zeros: string) => String(number).padStart(zeros.length, '0'));
}

import type { Access } from '../access/access.ts';
import { sharingAllowsDelete, sharingAllowsEdit, sharingAllowsRead } from '../access/sharing.ts';
import type { ObjectModel, OrgModel, OrgUser, StoredRecord } from '../model.ts';
import type { Counters } from '../store/counters.ts';
import type { Database } from '../store/database.ts';
import type { Table } from '../store/table.ts';
import type { ObjectPlan } from './plan.ts';

/** What saving and deleting work with. */
export interface Engine {
  model: OrgModel;
  database: Database;
  counters: Counters;
  access: Access;
  /** By API name. */
  tables: Map<string, Table>;
  plans: Map<string, ObjectPlan>;
  profileIdOf: (user: OrgUser) => string;
  users: OrgUser[];
  now: () => Date;
}

/** The instant that system fields get: Salesforce keeps seconds. */
export function systemInstant(engine: Engine): string {
  const second = Math.floor(engine.now().getTime() / 1000);
  if (second !== lastInstant.second) lastInstant = { second, text: new Date(second * 1000).toISOString() };
  return lastInstant.text;
}

// Thousands of records are saved in a second, and writing out a date costs more than comparing it.
let lastInstant = { second: NaN, text: '' };

export function tableOf(engine: Engine, object: string): Table {
  const table = engine.tables.get(object);
  if (!table) throw new Error(`The local org has no table for ${object}; the model and the store disagree.`);
  return table;
}

export function planOf(engine: Engine, object: string): ObjectPlan {
  const plan = engine.plans.get(object);
  if (!plan) throw new Error(`The local org has no plan for ${object}; the model and the plans disagree.`);
  return plan;
}

/** Whether sharing lets the user see this record. */
export function sees(engine: Engine, user: OrgUser, object: ObjectModel, record: StoredRecord): boolean {
  return asked(sharingAllowsRead, engine, user, object, record);
}

/** Whether sharing lets the user change this record. */
export function mayEdit(engine: Engine, user: OrgUser, object: ObjectModel, record: StoredRecord): boolean {
  return asked(sharingAllowsEdit, engine, user, object, record);
}

/**
 * Whether the user may give this record to another owner: as its owner, from above in the roles, or with the right to
 * modify all, as for deleting it (Salesforce Help, "Transfer Records").
 */
export function mayGiveAway(engine: Engine, user: OrgUser, object: ObjectModel, record: StoredRecord): boolean {
  return mayDelete(engine, user, object, record);
}

/** Whether sharing lets the user delete this record. */
export function mayDelete(engine: Engine, user: OrgUser, object: ObjectModel, record: StoredRecord): boolean {
  return asked(sharingAllowsDelete, engine, user, object, record);
}

function asked(
  rule: typeof sharingAllowsEdit,
  engine: Engine,
  user: OrgUser,
  object: ObjectModel,
  record: StoredRecord,
): boolean {
  const { model, access } = engine;
  const read = (name: string, id: string, field: string) => tableOf(engine, name).value(id, field);
  return rule({ model, access, user, read }, object, (field) => record[field]);
}

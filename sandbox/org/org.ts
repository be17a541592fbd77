import { Access } from './access/access.ts';
import { organizationId, organizationRow } from './access/organization.ts';
import type { OrganizationOptions } from './access/organization.ts';
import { ownersBelowEach } from './access/roles.ts';
import { permissionRows } from './access/permissionRows.ts';
import { applyAssignments, makeUsers, PROFILES, setupRows } from './access/users.ts';
import { assignKeyPrefixes } from './metadata/keyPrefixes.ts';
import { loadMetadata } from './metadata/load.ts';
import type { ObjectModel, Org, OrgModel } from './model.ts';
import { OrgError } from './orgError.ts';
import { Derivation } from './records/derive.ts';
import { sees, tableOf } from './records/engine.ts';
import type { Engine } from './records/engine.ts';
import { defaultValues } from './records/newRecord.ts';
import { planObjects } from './records/plan.ts';
import { Remover } from './records/remove.ts';
import { Restorer } from './records/restore.ts';
import { Saver } from './records/save.ts';
import { seedRecords } from './records/seed.ts';
import { makeRecordId, normalizeRecordId } from './recordIds.ts';
import { Counters } from './store/counters.ts';
import { Database } from './store/database.ts';
import { migrate, openState } from './store/schema.ts';
import { Table } from './store/table.ts';

export interface OrgOptions {
  /** SFDX source folders, such as the package's force-app. */
  sourceDirs: string[];
  /** SQLite file that keeps the records; in memory without it. */
  stateFile?: string;
  now?: () => Date;
  organization?: OrganizationOptions;
}

/**
 * Opens the local org: reads the metadata, brings the tables up to it, makes the users.
 * Throws MetadataError (file and element named) for metadata that the org cannot honour and StateError when the state
 * file was made with metadata that does not fit.
 */
export function openOrg(options: OrgOptions): Org {
  const { sourceDirs, stateFile, now = () => new Date(), organization = {} } = options;
  const model = loadMetadata(sourceDirs);
  const plans = planObjects(model);
  const database = new Database(stateFile ?? ':memory:');
  try {
    return build(model, plans, database, now, organization);
  } catch (error) {
    database.close();
    throw error;
  }
}

function build(
  model: OrgModel,
  plans: Engine['plans'],
  database: Database,
  now: () => Date,
  organization: OrganizationOptions,
): Org {
  const stale = database.transaction(() => {
    const known = openState(database);
    assignKeyPrefixes(model, new Map([...known].map(([name, { keyPrefix }]) => [name, keyPrefix])));
    return migrate(database, model, known);
  });
  const users = makeUsers(model);
  const engine: Engine = {
    model,
    database,
    counters: new Counters(database),
    access: new Access(model),
    tables: new Map([...model.objects.values()].map((object) => [object.name, new Table(database, object)])),
    plans,
    profileIdOf: (user) => makeRecordId('00e', PROFILES.findIndex(({ name }) => name === user.profile) + 1),
    users,
    now,
  };
  const derivation = new Derivation(engine);
  const seed: Seed = (object, records) =>
    seedRecords(engine, derivation, users[0]!, findObject(model, object), records);
  database.transaction(() => {
    writeSetup(engine, users, seed);
    describeItself(engine, organization, seed);
    for (const object of stale)
      tableOf(engine, object)
        .allIds()
        .forEach((id) => derivation.mark(object, id));
  });
  followAssignments(engine, users);
  return facade(engine, derivation, users, seed, organizationId(organization));
}

/** Writes the rows that describe the org; who has which permission set only together with a new user or set. */
function writeSetup(engine: Engine, users: Org['users'], seed: Seed): void {
  const isNew = new Set<unknown>();
  for (const [object, row] of setupRows(engine.model, users)) {
    if (tableOf(engine, object).has(row.Id as string)) continue;
    if (object === 'PermissionSetAssignment' && !isNew.has(row.PermissionSetId) && !isNew.has(row.AssigneeId)) continue;
    isNew.add(row.Id);
    seed(object, [row]);
  }
}

/**
 * Writes what the org says of itself and of its permission sets, whatever an earlier start wrote: the metadata may have
 * changed since, and a state that another organization made is that of a sandbox made from it.
 */
function describeItself(engine: Engine, organization: OrganizationOptions, seed: Seed): void {
  const rows: Array<[string, Array<Record<string, unknown>>]> = [
    ['Organization', [organizationRow(organization)]],
    ...permissionRows(engine.model),
  ];
  for (const [object, records] of rows) {
    engine.database.run(`DELETE FROM "${object}"`);
    seed(object, records);
  }
}

/** Keeps what users may do and see in step with the PermissionSetAssignment records and their roles. */
function followAssignments({ model, database, access }: Engine, users: Org['users']): void {
  const follow = (): void => {
    const rows = database.rows(
      'SELECT a.AssigneeId, p.Name FROM PermissionSetAssignment a JOIN PermissionSet p ON p.Id = a.PermissionSetId ORDER BY p.Name',
    );
    if (applyAssignments(model, users, rows as Array<[string, string]>)) access.forget();
    access.setOwnersBelow(
      ownersBelowEach(
        database.rows('SELECT Id, UserRoleId FROM User') as Array<[string, string | null]>,
        database.rows('SELECT Id, ParentRoleId FROM UserRole') as Array<[string, string | null]>,
      ),
    );
  };
  follow();
  database.onChange(follow);
}

type Seed = (object: string, records: Array<Record<string, unknown>>) => void;

function facade(engine: Engine, derivation: Derivation, users: Org['users'], seed: Seed, id: string): Org {
  const { model, database, access } = engine;
  const saver = new Saver(engine, derivation);
  const remover = new Remover(engine, derivation);
  const restorer = new Restorer(engine, derivation);
  const read: Org['read'] = (object, id) => {
    derivation.settle();
    const recordId = normalizeRecordId(id);
    return recordId === undefined ? undefined : tableOf(engine, findObject(model, object).name).read(recordId);
  };
  const byPrefix = new Map([...model.objects.values()].map((object) => [object.keyPrefix, object]));
  return {
    id,
    model,
    sql: database.sql,
    now: engine.now,
    users,
    transaction: (work) => database.transaction(work),
    settle: () => derivation.settle(),
    access: {
      object: (user, object) => access.object(user, object),
      field: (user, object, field) => access.field(user, object, field),
      ownersBelow: (user) => access.ownersBelow(user),
      record(user, name, id) {
        const record = read(name, id);
        return record !== undefined && sees(engine, user, findObject(model, name), record);
      },
    },
    defaults: (user, object) => defaultValues(engine, user, findObject(model, object).name),
    save: (user, request) => saver.save(user, request),
    remove: (user, id) => remover.remove(user, id),
    restore: (user, id) => restorer.restore(user, id),
    read,
    object: (name) => findObject(model, name),
    objectOfId: (id) => byPrefix.get(id.slice(0, 3)),
    seed: (object, records) => database.transaction(() => seed(object, records)),
    onChange: (listener) => database.onChange(listener),
    close: () => database.close(),
  };
}

function findObject(model: OrgModel, name: string): ObjectModel {
  const object = model.objects.get(name.toLowerCase());
  if (!object) throw new OrgError('INVALID_TYPE', `sObject type '${name}' is not supported.`);
  return object;
}

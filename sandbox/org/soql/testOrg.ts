import { DatabaseSync } from 'node:sqlite';
import type { SQLInputValue } from 'node:sqlite';
import { withDeleted } from '../store/recycleBin.ts';
import type { FieldModel, FieldType, ObjectModel, Org, OrgUser } from '../model.ts';

const ADMIN: OrgUser = {
  id: '005000000000001AAA',
  alias: 'admin',
  username: 'admin@example.com',
  name: 'Ada Admin',
  profile: 'System Administrator',
  permissionSets: [],
  allAccess: true,
  locale: 'en_US',
  timeZone: 'UTC',
};

/** A small org without the engine: three objects in memory, as the SOQL compiler sees them. */
export interface TestOrg {
  org: Org;
  admin: OrgUser;
  /** May read Bills without their totals, and no Accounts. */
  viewer: OrgUser;
  insert(object: string, values: Record<string, SQLInputValue>): void;
}

/** Makes the org at an instant. Ids are `<prefix><12 digits>AAA`. */
export function makeTestOrg(now = '2026-11-22T18:00:00.000Z'): TestOrg {
  const sql = new DatabaseSync(':memory:');
  const objects = [accounts(), bills(), lineItems()];
  for (const object of objects) createTable(sql, object);
  const viewer: OrgUser = { ...ADMIN, id: '005000000000002AAA', alias: 'viewer', allAccess: false };
  const partial: Partial<Org> = {
    id: '00D000000000001EAA',
    sql,
    model: {
      objects: new Map(objects.map((object) => [object.name.toLowerCase(), object])),
      permissionSets: new Map(),
      roles: new Map(),
    },
    now: () => new Date(now),
    object: (name) => objects.find((one) => one.name.toLowerCase() === name.toLowerCase())!,
    settle: () => undefined,
    access: {
      object: (user, object) => {
        const read = user.allAccess || object === 'Bill__c';
        return { read, create: read, edit: read, delete: read, viewAll: read, modifyAll: read };
      },
      field: (user, _object, field) => {
        const readable = user.allAccess || field !== 'Total__c';
        return { readable, editable: readable };
      },
      ownersBelow: () => new Set(),
      record: () => true,
    },
  };
  return {
    org: partial as Org,
    admin: ADMIN,
    viewer,
    insert: (object, values) => {
      const names = Object.keys(values);
      sql
        .prepare(`INSERT INTO "${object}" (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`)
        .run(...Object.values(values));
    },
  };
}

function createTable(sql: DatabaseSync, object: ObjectModel): void {
  const columns = [...object.fields.values()].map(({ name, type, caseSensitive }) => {
    const isInteger = ['double', 'int', 'currency', 'percent', 'boolean'].includes(type);
    const text = caseSensitive ? 'TEXT' : 'TEXT COLLATE NOCASE';
    const sqlType = isInteger ? 'INTEGER' : type === 'id' ? 'TEXT PRIMARY KEY' : text;
    return `"${name}" ${sqlType}`;
  });
  sql.exec(`CREATE TABLE "${object.name}" (${columns.join(', ')})`);
  // Nothing is deleted here, so everything is what there is.
  sql.exec(`CREATE VIEW "${withDeleted(object.name)}" AS SELECT * FROM "${object.name}"`);
}

function accounts(): ObjectModel {
  const fields = [field('Name', 'string', { isNameField: true }), field('Active__c', 'boolean')];
  const children = [
    { childObject: 'Bill__c', field: 'Account__c', relationshipName: 'Bills__r', cascadeDelete: false },
  ];
  return object('Account', '001', fields, children);
}

function bills(): ObjectModel {
  const fields = [
    field('Name', 'string', { isNameField: true }),
    field('Account__c', 'reference', lookup('Account', 'Account__r', 'Bills__r')),
    field('Total__c', 'double', { precision: 18, scale: 4 }),
    field('Version__c', 'double', { precision: 18, scale: 0 }),
    field('Bill_Date__c', 'date'),
    field('Sent_At__c', 'datetime'),
    field('Locked__c', 'boolean'),
    field('Status__c', 'picklist', { picklist: values('PENDING', 'APPROVED') }),
    field('Code__c', 'string', { length: 20, unique: true, externalId: true, caseSensitive: true }),
    field('Kinds__c', 'multipicklist', { picklist: values('A', 'B', 'C') }),
    field('Note__c', 'textarea', { length: 32_000 }),
  ];
  const children = [
    { childObject: 'Line__c', field: 'Bill__c', relationshipName: 'Line_Items__r', cascadeDelete: true },
  ];
  return object('Bill__c', 'a01', fields, children);
}

function lineItems(): ObjectModel {
  const fields = [
    field('Name', 'string', { isNameField: true }),
    field('Bill__c', 'reference', lookup('Bill__c', 'Bill__r', 'Line_Items__r')),
    field('Subtotal__c', 'double', { precision: 18, scale: 6 }),
  ];
  return object('Line__c', 'a02', fields, []);
}

function object(
  name: string,
  keyPrefix: string,
  fields: FieldModel[],
  childRelationships: ObjectModel['childRelationships'],
): ObjectModel {
  const all = [field('Id', 'id'), ...fields];
  return {
    name,
    label: name,
    pluralLabel: name,
    custom: name.endsWith('__c'),
    keyPrefix,
    sharing: 'ReadWrite',
    fields: new Map(all.map((one) => [one.name.toLowerCase(), one])),
    validationRules: [],
    listViews: [],
    childRelationships,
  };
}

function field(name: string, type: FieldType, more: Partial<FieldModel> = {}): FieldModel {
  return {
    name,
    label: name,
    type,
    custom: name.endsWith('__c'),
    helpText: null,
    required: false,
    unique: false,
    externalId: false,
    caseSensitive: false,
    createable: true,
    updateable: true,
    isNameField: false,
    ...more,
  };
}

function lookup(to: string, relationshipName: string, childRelationshipName: string): Partial<FieldModel> {
  return {
    reference: {
      to: [to],
      relationshipName,
      childRelationshipName,
      kind: 'lookup',
      reparentable: true,
      deleteConstraint: 'SetNull',
    },
  };
}

function values(...names: string[]): FieldModel['picklist'] {
  return {
    restricted: true,
    values: names.map((value) => ({ value, label: `${value} label`, isDefault: false })),
  };
}

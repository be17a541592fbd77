import type { FieldModel, ObjectModel, OrgModel } from '../model.ts';
import { columnForm } from './codec.ts';
import { quote } from './database.ts';
import type { Database } from './database.ts';
import { binOf, createViews } from './recycleBin.ts';

/** A state file that holds data in another form than the metadata asks for. */
export class StateError extends Error {
  constructor(reason: string) {
    super(`${reason}. The state of the local org was made with other metadata; reset it (npm start -- --reset).`);
    this.name = 'StateError';
  }
}

const BOOKKEEPING = `
  CREATE TABLE IF NOT EXISTS _object (name TEXT PRIMARY KEY, keyPrefix TEXT NOT NULL, forms TEXT NOT NULL);
  CREATE TABLE IF NOT EXISTS _counter (name TEXT PRIMARY KEY, value INTEGER NOT NULL);
  CREATE TABLE IF NOT EXISTS _recycled (id TEXT PRIMARY KEY, object TEXT NOT NULL, deletion TEXT NOT NULL);
  CREATE INDEX IF NOT EXISTS _deletion_index ON _recycled (deletion);
`;

/** What the state file knows of an object: its key prefix and how each column is stored and computed. */
interface KnownObject {
  keyPrefix: string;
  forms: Record<string, { stored: string; computed: string }>;
}

/** Creates the tables that the org keeps for itself and says which key prefixes objects had before. */
export function openState(database: Database): Map<string, KnownObject> {
  database.sql.exec(BOOKKEEPING);
  const rows = database.rows('SELECT name, keyPrefix, forms FROM _object') as Array<[string, string, string]>;
  return new Map(
    rows.map(([name, keyPrefix, forms]) => [name, { keyPrefix, forms: JSON.parse(forms) as KnownObject['forms'] }]),
  );
}

/**
 * Brings tables, columns and indexes up to the model. Returns the names of objects whose formulas or roll-ups must be
 * computed anew for the records that are there. Throws StateError when stored data would have to change its form.
 */
export function migrate(database: Database, model: OrgModel, known: ReadonlyMap<string, KnownObject>): string[] {
  const stale: string[] = [];
  for (const object of model.objects.values()) {
    const before = known.get(object.name);
    createBin(database, object);
    if (!before) createTable(database, object);
    else if (addColumns(database, object, before)) stale.push(object.name);
    createIndexes(database, object);
    createViews(database, object);
    const forms = Object.fromEntries([...object.fields.values()].map((field) => [field.name, formOf(field)]));
    database.run(
      'INSERT INTO _object VALUES (?, ?, ?) ON CONFLICT (name) DO UPDATE SET keyPrefix = excluded.keyPrefix, forms = excluded.forms',
      object.name,
      object.keyPrefix,
      JSON.stringify({ ...before?.forms, ...forms }),
    );
  }
  return stale;
}

function formOf(field: FieldModel): { stored: string; computed: string } {
  const { kind, scale } = columnForm(field);
  const computed = field.formula === undefined ? field.summary : [field.formula, field.blanksAsZero];
  return { stored: `${kind}:${scale}`, computed: JSON.stringify(computed ?? null) };
}

const SQL_TYPES = {
  number: 'INTEGER',
  boolean: 'INTEGER NOT NULL DEFAULT 0',
  text: 'TEXT COLLATE NOCASE',
  exact: 'TEXT',
} as const;

function columnSql(field: FieldModel): string {
  return `${binColumnSql(field)}${foreignKey(field)}`;
}

/** A deleted record refers to whatever was there. */
function binColumnSql(field: FieldModel): string {
  const type = field.type === 'id' ? 'TEXT PRIMARY KEY' : SQL_TYPES[columnForm(field).kind];
  return `${quote(field.name)} ${type}`;
}

/** Who wrote a record is not guarded by the database: users are never deleted. */
function foreignKey(field: FieldModel): string {
  const parent = field.reference?.to[0];
  if (parent === undefined || parent === 'User') return '';
  return ` REFERENCES ${quote(parent)} ("Id") DEFERRABLE INITIALLY DEFERRED`;
}

function createTable(database: Database, object: ObjectModel): void {
  const columns = [...object.fields.values()].map(columnSql);
  database.sql.exec(`CREATE TABLE ${quote(object.name)} (${columns.join(', ')})`);
}

function addToBin(database: Database, object: ObjectModel, field: FieldModel): void {
  const table = quote(binOf(object.name));
  const isThere = database.row('SELECT 1 FROM pragma_table_info(?) WHERE name = ?', binOf(object.name), field.name);
  if (!isThere) database.sql.exec(`ALTER TABLE ${table} ADD COLUMN ${binColumnSql(field)}`);
}

/** States of earlier versions have none. */
function createBin(database: Database, object: ObjectModel): void {
  const columns = [...object.fields.values()].map(binColumnSql);
  database.sql.exec(`CREATE TABLE IF NOT EXISTS ${quote(binOf(object.name))} (${columns.join(', ')})`);
}

function addColumns(database: Database, object: ObjectModel, before: KnownObject): boolean {
  let stale = false;
  for (const field of object.fields.values()) {
    const form = formOf(field);
    const old = before.forms[field.name];
    if (!old) {
      database.sql.exec(`ALTER TABLE ${quote(object.name)} ADD COLUMN ${columnSql(field)}`);
      addToBin(database, object, field);
    } else if (old.stored !== form.stored) {
      throw new StateError(
        `${object.name}.${field.name} is stored as ${old.stored} but the metadata asks for ${form.stored}`,
      );
    }
    stale ||= form.computed !== 'null' && old?.computed !== form.computed;
  }
  return stale;
}

function createIndexes(database: Database, object: ObjectModel): void {
  const wanted = new Map<string, string>();
  for (const field of object.fields.values()) {
    const decidesSharing = field.name === 'OwnerId' && object.sharing === 'Private';
    const indexed = field.unique || field.externalId || field.isNameField || decidesSharing || foreignKey(field) !== '';
    const name = `${field.unique ? 'unique' : 'index'}:${object.name}.${field.name}`;
    if (indexed) wanted.set(name, `${quote(object.name)} (${quote(field.name)})`);
  }
  const found = database.rows(
    "SELECT name FROM sqlite_master WHERE type = 'index' AND tbl_name = ? AND sql IS NOT NULL",
    object.name,
  );
  const present = new Set(found.map(([name]) => name as string));
  for (const name of present) if (!wanted.has(name)) database.sql.exec(`DROP INDEX ${quote(name)}`);
  for (const [name, columns] of wanted) {
    if (present.has(name)) continue;
    try {
      database.sql.exec(`CREATE ${name.startsWith('unique') ? 'UNIQUE ' : ''}INDEX ${quote(name)} ON ${columns}`);
    } catch {
      throw new StateError(`${name.slice(name.indexOf(':') + 1)} is unique now, but stored records share values`);
    }
  }
}

import type { FieldModel, FieldValue, ObjectModel, StoredRecord } from '../model.ts';
import { columnForm, decode, encode } from './codec.ts';
import type { ColumnForm, ColumnValue } from './codec.ts';
import { quote } from './database.ts';
import type { Database } from './database.ts';
import { moveToBin, takeFromBin } from './recycleBin.ts';
import type { DeletionMark } from './recycleBin.ts';

interface Column {
  name: string;
  form: ColumnForm;
}

/** Gives the SQL text for a name, made once. */
function cached(make: (name: string) => string): (name: string) => string {
  const texts = new Map<string, string>();
  return (name) => {
    let text = texts.get(name);
    if (text === undefined) {
      text = make(name);
      texts.set(name, text);
    }
    return text;
  };
}

/** The records of one object in SQLite. */
export class Table {
  readonly object: ObjectModel;
  private readonly database: Database;
  private readonly columns: Column[];
  private readonly forms: Map<string, ColumnForm>;
  private readonly insertSql: string;
  private readonly recordsBy: (field: string) => string;
  private readonly idsBy: (field: string) => string;
  private readonly twoIdsBy: (field: string) => string;
  private readonly valueOf: (field: string) => string;
  private readonly updateOf: (names: string) => string;
  /** What was read of this table in the open transaction: many details of one master ask for the same. */
  private readonly remembered = new Map<string, Map<ColumnValue, unknown[][]>>();
  private rememberedEpoch = 0;

  constructor(database: Database, object: ObjectModel) {
    this.database = database;
    this.object = object;
    this.columns = [...object.fields.values()].map((field) => ({ name: field.name, form: columnForm(field) }));
    this.forms = new Map(this.columns.map(({ name, form }) => [name, form]));
    const table = quote(object.name);
    const names = this.columns.map(({ name }) => quote(name)).join(', ');
    this.insertSql = `INSERT INTO ${table} (${names}) VALUES (${this.columns.map(() => '?').join(', ')})`;
    this.recordsBy = cached((field) => `SELECT ${names} FROM ${table} WHERE ${quote(field)} = ? LIMIT 2`);
    this.idsBy = cached((field) => `SELECT "Id" FROM ${table} WHERE ${quote(field)} = ?`);
    this.twoIdsBy = cached((field) => `SELECT "Id" FROM ${table} WHERE ${quote(field)} = ? LIMIT 2`);
    this.valueOf = cached((field) => `SELECT ${quote(field)} FROM ${table} WHERE "Id" = ?`);
    this.updateOf = cached((fields) => {
      const changes = fields.split(',').map((name) => `${quote(name)} = ?`);
      return `UPDATE ${table} SET ${changes.join(', ')} WHERE "Id" = ?`;
    });
  }

  read(id: string): StoredRecord | undefined {
    const row = this.database.row(this.recordsBy('Id'), id);
    return row && this.decode(row);
  }

  /** The records whose field has the value, at most two: the second tells that the first is not the only one. */
  match(field: FieldModel, value: FieldValue): StoredRecord[] {
    const rows = this.database.rows(this.recordsBy(field.name), encode(this.formOf(field.name), value));
    return rows.map((row) => this.decode(row));
  }

  /** One field of one record; undefined when there is no such record. */
  value(id: string, name: string): FieldValue | undefined {
    const [row] = this.rowsOnce(this.valueOf(name), id);
    return row && decode(this.formOf(name), row[0]);
  }

  has(id: string): boolean {
    return this.rowsOnce(this.valueOf('Id'), id).length > 0;
  }

  /** Ids of the records whose field has the value: all of them, or two where that tells enough. */
  find(field: FieldModel, value: FieldValue, most?: 2): string[] {
    const text = most === undefined ? this.idsBy(field.name) : this.twoIdsBy(field.name);
    const rows = this.rowsOnce(text, encode(this.formOf(field.name), value));
    return rows.map(([id]) => id as string);
  }

  allIds(): string[] {
    return this.database.rows(`SELECT "Id" FROM ${quote(this.object.name)}`).map(([id]) => id as string);
  }

  insert(record: StoredRecord): void {
    this.remembered.clear();
    this.database.run(this.insertSql, ...this.columns.map(({ name, form }) => encode(form, record[name] ?? null)));
  }

  update(id: string, changes: StoredRecord): void {
    const names = Object.keys(changes);
    if (names.length === 0) return;
    this.remembered.clear();
    const values = names.map((name) => encode(this.formOf(name), changes[name]!));
    this.database.run(this.updateOf(names.join()), ...values, id);
  }

  /** Moves a record into the recycle bin; `deletion` is the id of the record whose deletion took it there. */
  remove(id: string, deletion: string, mark: DeletionMark): void {
    this.remembered.clear();
    moveToBin(this.database, this.object, id, deletion, mark);
  }

  /** Takes a record out of the recycle bin. */
  restore(id: string): void {
    this.remembered.clear();
    takeFromBin(this.database, this.object, id);
  }

  /** The rows of a query by one value, read once in a transaction as long as nothing is written here. */
  private rowsOnce(text: string, value: ColumnValue): unknown[][] {
    if (!this.database.inTransaction) return this.database.rows(text, value);
    if (this.rememberedEpoch !== this.database.readEpoch) {
      this.remembered.clear();
      this.rememberedEpoch = this.database.readEpoch;
    }
    let known = this.remembered.get(text);
    if (!known) {
      known = new Map();
      this.remembered.set(text, known);
    }
    let rows = known.get(value);
    if (!rows) {
      rows = this.database.rows(text, value);
      known.set(value, rows);
    }
    return rows;
  }

  private formOf(name: string): ColumnForm {
    return this.forms.get(name)!;
  }

  private decode(row: unknown[]): StoredRecord {
    const record: StoredRecord = {};
    this.columns.forEach(({ name, form }, index) => (record[name] = decode(form, row[index])));
    return record;
  }
}

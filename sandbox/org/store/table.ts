import type { SQLInputValue } from 'node:sqlite';
import type { FieldModel, FieldValue, ObjectModel, StoredRecord } from '../model.ts';
import { columnForm, decode, encode } from './codec.ts';
import type { ColumnForm } from './codec.ts';
import { quote } from './database.ts';
import type { Database } from './database.ts';

interface Column {
  name: string;
  form: ColumnForm;
}

/** The records of one object in SQLite. */
export class Table {
  readonly object: ObjectModel;
  private readonly database: Database;
  private readonly columns: Column[];
  private readonly byName: Map<string, ColumnForm>;
  private readonly selectSql: string;
  private readonly insertSql: string;
  private readonly updates = new Map<string, string>();

  constructor(database: Database, object: ObjectModel) {
    this.database = database;
    this.object = object;
    this.columns = [...object.fields.values()].map((field) => ({ name: field.name, form: columnForm(field) }));
    this.byName = new Map(this.columns.map(({ name, form }) => [name, form]));
    const names = this.columns.map(({ name }) => quote(name)).join(', ');
    this.selectSql = `SELECT ${names} FROM ${quote(object.name)} WHERE "Id" = ?`;
    this.insertSql = `INSERT INTO ${quote(object.name)} (${names}) VALUES (${this.columns.map(() => '?').join(', ')})`;
  }

  read(id: string): StoredRecord | undefined {
    const row = this.database.row(this.selectSql, id);
    if (!row) return undefined;
    const record: StoredRecord = {};
    this.columns.forEach(({ name, form }, index) => (record[name] = decode(form, row[index])));
    return record;
  }

  has(id: string): boolean {
    return this.database.row(`SELECT 1 FROM ${quote(this.object.name)} WHERE "Id" = ?`, id) !== undefined;
  }

  /** Ids of the records whose field has the value, at most `limit`. */
  find(field: FieldModel, value: FieldValue, limit = -1): string[] {
    const sql = `SELECT "Id" FROM ${quote(this.object.name)} WHERE ${quote(field.name)} = ? LIMIT ?`;
    return this.database.rows(sql, encode(columnForm(field), value), limit).map(([id]) => id as string);
  }

  allIds(): string[] {
    return this.database.rows(`SELECT "Id" FROM ${quote(this.object.name)}`).map(([id]) => id as string);
  }

  insert(record: StoredRecord): void {
    this.database.run(this.insertSql, ...this.columns.map(({ name, form }) => encode(form, record[name] ?? null)));
  }

  update(id: string, changes: StoredRecord): void {
    const names = Object.keys(changes);
    if (names.length === 0) return;
    const values: SQLInputValue[] = names.map((name) => encode(this.byName.get(name)!, changes[name]!));
    this.database.run(this.updateSql(names), ...values, id);
  }

  private updateSql(names: string[]): string {
    const key = names.join();
    let sql = this.updates.get(key);
    if (sql === undefined) {
      sql = `UPDATE ${quote(this.object.name)} SET ${names.map((name) => `${quote(name)} = ?`).join(', ')} WHERE "Id" = ?`;
      this.updates.set(key, sql);
    }
    return sql;
  }

  remove(id: string): void {
    this.database.run(`DELETE FROM ${quote(this.object.name)} WHERE "Id" = ?`, id);
    this.database.run('INSERT OR REPLACE INTO _deleted VALUES (?, ?)', id, this.object.name);
  }
}

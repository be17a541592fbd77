import type { DatabaseSync, SQLInputValue, SQLOutputValue, StatementSync } from 'node:sqlite';
import { ApiError } from './apiError.ts';

export type Row = Record<string, SQLOutputValue>;
export type Values = Record<string, SQLInputValue>;

/** A condition of a list call. */
export interface Filter {
  sql: string;
  params: SQLInputValue[];
}

export interface Page {
  rows: Row[];
  nextToken?: string;
}

/** The condition, or none where a caller did not ask for it. */
export const where = (sql: string, value: SQLInputValue | undefined): Filter[] =>
  value === undefined ? [] : [{ sql, params: [value] }];

export const isIn = (column: string, values: string[] | undefined): Filter[] =>
  values === undefined
    ? []
    : [{ sql: `${column} IN (SELECT value FROM json_each(?))`, params: [JSON.stringify(values)] }];

/**
 * Documents of one kind: exact JSON text in `document`, and beside it the columns that list calls filter by.
 * Pages run from the newest document to the oldest, by the order of insertion.
 */
export class DocumentTable {
  readonly #db: DatabaseSync;
  readonly #name: string;
  readonly #statements = new Map<string, StatementSync>();

  /** @param columns SQL column definitions beside id and document; the names in `indexed` get an index */
  constructor(db: DatabaseSync, name: string, columns: Record<string, string>, indexed: string[] = []) {
    this.#db = db;
    this.#name = name;
    const definitions = Object.entries(columns).map(([column, type]) => `, ${column} ${type}`);
    db.exec(
      `CREATE TABLE IF NOT EXISTS ${name} (seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, document TEXT NOT NULL${definitions.join('')})`,
    );
    this.#addMissing(columns);
    for (const column of indexed) db.exec(`CREATE INDEX IF NOT EXISTS ${name}_${column} ON ${name} (${column}, seq)`);
  }

  /** A state that an older version made lacks columns. */
  #addMissing(columns: Record<string, string>): void {
    const known = this.#db.prepare(`PRAGMA table_info(${this.#name})`).all();
    const names = new Set(known.map((row) => String(row['name'])));
    for (const [column, type] of Object.entries(columns)) {
      if (!names.has(column)) this.#db.exec(`ALTER TABLE ${this.#name} ADD COLUMN ${column} ${type}`);
    }
  }

  insert(values: Values): void {
    const columns = Object.keys(values);
    const marks = columns.map(() => '?').join(', ');
    this.#run(`INSERT INTO ${this.#name} (${columns.join(', ')}) VALUES (${marks})`, Object.values(values));
  }

  update(id: string, values: Values): void {
    const columns = Object.keys(values).map((column) => `${column} = ?`);
    this.#run(`UPDATE ${this.#name} SET ${columns.join(', ')} WHERE id = ?`, [...Object.values(values), id]);
  }

  delete(filter: Filter): void {
    this.#run(`DELETE FROM ${this.#name} WHERE ${filter.sql}`, filter.params);
  }

  get(id: string): Row | undefined {
    return this.#prepare(`SELECT * FROM ${this.#name} WHERE id = ?`).get(id);
  }

  /** All matching rows in SQL's terms; `rest` may order and limit. */
  select(filters: Filter[], rest = 'ORDER BY seq DESC', columns = '*'): Row[] {
    const params = filters.flatMap((filter) => filter.params);
    return this.#prepare(`SELECT ${columns} FROM ${this.#name}${whereClause(filters)} ${rest}`).all(...params);
  }

  /**
   * One page, newest first.
   *
   * @throws {ApiError} 400 when `token` is none that this table gave out
   */
  page(filters: Filter[], pageSize: number, token: string | undefined, columns = '*'): Page {
    const before = token === undefined ? [] : [{ sql: 'seq < ?', params: [readToken(token)] }];
    const selected = columns === '*' ? columns : `seq, ${columns}`;
    const rows = this.select([...filters, ...before], `ORDER BY seq DESC LIMIT ${pageSize + 1}`, selected);
    if (rows.length <= pageSize) return { rows };
    const page = rows.slice(0, pageSize);
    return { rows: page, nextToken: writeToken(Number(page.at(-1)?.['seq'])) };
  }

  #prepare(sql: string): StatementSync {
    const known = this.#statements.get(sql);
    if (known) return known;
    const statement = this.#db.prepare(sql);
    this.#statements.set(sql, statement);
    return statement;
  }

  #run(sql: string, params: SQLInputValue[]): void {
    this.#prepare(sql).run(...params);
  }
}

function whereClause(filters: Filter[]): string {
  return filters.length === 0 ? '' : ` WHERE ${filters.map(({ sql }) => `(${sql})`).join(' AND ')}`;
}

/** An opaque token for the page that starts after a position. */
export const writeToken = (position: number): string => Buffer.from(`after:${position}`).toString('base64url');

/** @throws {ApiError} 400 when the token is none of ours */
export function readToken(token: string): number {
  const match = /^after:(\d+)$/.exec(Buffer.from(token, 'base64url').toString('utf8'));
  if (!match) throw new ApiError(400, 'nextToken is not one that a list call returned. Leave it out to start again.');
  return Number(match[1]);
}

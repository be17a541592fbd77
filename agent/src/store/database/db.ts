/** Statements, one after the other on one connection when it is a transaction's. */
export interface Sql {
  /** Runs one statement with values for `$1` and so on. */
  query<Row>(text: string, values?: readonly unknown[]): Promise<Row[]>;
  /** Runs several statements without values. */
  script(text: string): Promise<void>;
}

/** A PostgreSQL database: PGlite in the process, or a server. */
export interface Db extends Sql {
  readonly kind: 'pglite' | 'postgres';
  /**
   * Runs the work in one transaction. Inside, only the given `Sql` may be used: PGlite has one connection, so that another
   * call would wait for ever.
   */
  transaction<T>(work: (sql: Sql) => Promise<T>): Promise<T>;
  /** Gives the room of deleted rows free, and takes stock for the planner, where no server does it by itself. */
  tidy(): Promise<void>;
  close(): Promise<void>;
}

/** JSON for a jsonb value: without what PostgreSQL refuses in text, NUL and halves of surrogate pairs. */
export function toJson(value: unknown): string {
  return JSON.stringify(value, (_key, item: unknown) => (typeof item === 'string' ? toText(item) : item));
}

/** Text without what PostgreSQL refuses in it. */
export function toText(text: string): string {
  return text.replaceAll('\0', '').toWellFormed();
}

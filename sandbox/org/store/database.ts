import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { SQLInputValue, StatementSync } from 'node:sqlite';

/** The SQLite file (or memory) of an org, with cached statements and nested transactions. */
export class Database {
  readonly sql: DatabaseSync;
  private readonly statements = new Map<string, StatementSync>();
  private depth = 0;
  private changed = false;
  private readonly commitSteps: Array<() => void> = [];
  private undo: (mark: number) => void = () => undefined;
  private readonly listeners = new Set<() => void>();
  private mark: () => number = () => 0;
  private rounds = 0;

  /** Takes a file, made with its folder when it is not there, or `:memory:`. */
  constructor(file: string) {
    if (file !== ':memory:') mkdirSync(path.dirname(file), { recursive: true });
    this.sql = new DatabaseSync(file, { enableForeignKeyConstraints: true });
    this.sql.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA busy_timeout = 5000');
    // The usual 2 MB hold a small part of the indexes of a million records; kibibytes when negative.
    this.sql.exec('PRAGMA cache_size = -65536; PRAGMA wal_autocheckpoint = 8000');
  }

  /** A prepared statement that gives rows as arrays and integers as bigint; kept for the next call. */
  statement(text: string): StatementSync {
    let statement = this.statements.get(text);
    if (!statement) {
      statement = this.sql.prepare(text);
      statement.setReadBigInts(true);
      statement.setReturnArrays(true);
      this.statements.set(text, statement);
    }
    return statement;
  }

  /** All rows of a query, as arrays of columns. */
  rows(text: string, ...values: SQLInputValue[]): unknown[][] {
    return this.statement(text).all(...values) as unknown as unknown[][];
  }

  row(text: string, ...values: SQLInputValue[]): unknown[] | undefined {
    return this.statement(text).get(...values) as unknown as unknown[] | undefined;
  }

  /** Runs a statement that changes data. */
  run(text: string, ...values: SQLInputValue[]): void {
    this.statement(text).run(...values);
    this.changed = true;
  }

  /** Another number for each transaction, and after each rollback: what was read under another one may not hold. */
  get readEpoch(): number {
    return this.rounds;
  }

  get inTransaction(): boolean {
    return this.depth > 0;
  }

  /** Runs a step before each outermost commit. */
  beforeCommit(step: () => void): void {
    this.commitSteps.push(step);
  }

  /** Tells derived data of rollbacks: `undo` gets what `mark` returned when the rolled back transaction began. */
  onRollback(mark: () => number, undo: (mark: number) => void): void {
    this.mark = mark;
    this.undo = undo;
  }

  onChange(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Runs `work` in a transaction, or in a savepoint of the transaction that is open; a throw rolls it back. */
  transaction<T>(work: () => T): T {
    const name = `s${this.depth}`;
    const outermost = this.depth === 0;
    const mark = this.mark();
    if (outermost) {
      this.changed = false;
      this.rounds++;
    }
    this.statement(outermost ? 'BEGIN IMMEDIATE' : `SAVEPOINT ${name}`).run();
    this.depth++;
    let result: T;
    try {
      result = work();
      if (outermost) this.commitSteps.forEach((step) => step());
      this.statement(outermost ? 'COMMIT' : `RELEASE ${name}`).run();
    } catch (error) {
      this.rollback(outermost, name);
      this.rounds++;
      this.depth--;
      this.undo(mark);
      throw error;
    }
    this.depth--;
    if (outermost && this.changed) this.listeners.forEach((listener) => listener());
    return result;
  }

  private rollback(outermost: boolean, name: string): void {
    if (outermost) {
      if (this.sql.isTransaction) this.statement('ROLLBACK').run();
    } else {
      this.statement(`ROLLBACK TO ${name}`).run();
      this.statement(`RELEASE ${name}`).run();
    }
  }

  close(): void {
    this.statements.clear();
    this.sql.close();
  }
}

export function quote(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

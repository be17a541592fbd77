import type { Database } from './database.ts';

/** Counters for record ids and auto numbers. A number that a rolled back transaction took is not given out again. */
export class Counters {
  private readonly database: Database;
  private readonly values = new Map<string, number>();
  private readonly unsaved = new Set<string>();

  constructor(database: Database) {
    this.database = database;
    database.beforeCommit(() => this.save());
    for (const [name, value] of database.rows('SELECT name, value FROM _counter')) {
      this.values.set(name as string, Number(value));
    }
  }

  /** The counter's next number; the first one is `start`. */
  next(name: string, start = 1): number {
    const value = (this.values.get(name) ?? start - 1) + 1;
    this.values.set(name, value);
    this.unsaved.add(name);
    return value;
  }

  private save(): void {
    for (const name of this.unsaved) {
      this.database.run('INSERT OR REPLACE INTO _counter VALUES (?, ?)', name, this.values.get(name)!);
    }
    this.unsaved.clear();
  }
}

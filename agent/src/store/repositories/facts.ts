import type { Sql } from '../database/db.ts';
import type { FactStore } from '../types.ts';

export class Facts implements FactStore {
  private readonly sql: Sql;

  constructor(sql: Sql) {
    this.sql = sql;
  }

  async get(name: string): Promise<string | undefined> {
    const [row] = await this.sql.query<{ value: string }>('SELECT value FROM agent.facts WHERE name = $1', [name]);
    return row?.value;
  }

  async set(name: string, value: string): Promise<void> {
    await this.sql.query(
      'INSERT INTO agent.facts VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value',
      [name, value],
    );
  }

  async claimLater(name: string, value: string): Promise<boolean> {
    const rows = await this.sql.query(
      `INSERT INTO agent.facts VALUES ($1, $2)
       ON CONFLICT (name) DO UPDATE SET value = excluded.value
         WHERE agent.facts.value COLLATE "C" < excluded.value COLLATE "C"
       RETURNING name`,
      [name, value],
    );
    return rows.length > 0;
  }

  /** Sets the fact unless there is one. Returns what it is now. */
  async setOnce(name: string, value: string): Promise<string> {
    await this.sql.query('INSERT INTO agent.facts VALUES ($1, $2) ON CONFLICT DO NOTHING', [name, value]);
    return (await this.get(name)) ?? value;
  }
}

/** A PostgreSQL database for each sequence, copied from one in which the store has been made already. */
import pg from 'pg';
import { putActiveBack } from '../../agent/src/store/queue/jobSql.ts';
import { openStore } from '../../agent/src/store/openStore.ts';
import { freshDatabase } from '../../agent/src/testing/postgres.ts';
import { testRuntime } from '../../agent/src/testing/testRuntime.ts';

let template: Promise<string> | undefined;
let copies = 0;

async function makeTemplate(): Promise<string> {
  const url = await freshDatabase();
  const store = await openStore(url, { runtime: testRuntime() });
  await store.queue.start();
  await store.queue.stop(0);
  await store.close();
  return url;
}

async function asAdmin(url: string, sql: string): Promise<void> {
  const admin = new URL(url);
  admin.pathname = '/postgres';
  const client = new pg.Client({ connectionString: admin.toString() });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

export class ModelDatabase {
  readonly url: string;
  private readonly client: pg.Client;

  private constructor(url: string) {
    this.url = url;
    this.client = new pg.Client({ connectionString: url });
  }

  static async make(): Promise<ModelDatabase> {
    const source = new URL(await (template ??= makeTemplate()));
    copies += 1;
    const copy = new URL(source);
    copy.pathname = `/model_${process.pid}_${copies}`;
    await asAdmin(source.toString(), `CREATE DATABASE ${copy.pathname.slice(1)} TEMPLATE ${source.pathname.slice(1)}`);
    const database = new ModelDatabase(copy.toString());
    await database.client.connect();
    return database;
  }

  async drop(): Promise<void> {
    await this.client.end();
    const name = new URL(this.url).pathname.slice(1);
    await asAdmin(this.url, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
  }

  /** What other workers' heartbeats would find out in half a minute: the worker of the active jobs is gone. */
  async putActiveBack(): Promise<void> {
    await putActiveBack({
      script: async (sql) => void (await this.client.query(sql)),
      query: async <Row>(sql: string, parameters: readonly unknown[] = []) =>
        (await this.client.query(sql, [...parameters])).rows as Row[],
    });
  }

  /** Lets the time pass until everything that waits for another try is due. */
  async hurry(): Promise<void> {
    await this.client.query(
      `UPDATE pgboss.job SET start_after = now() WHERE state IN ('created', 'retry') AND start_after > now()`,
    );
  }

  /** What the queue holds, for the message of a failure. */
  async describe(): Promise<string> {
    const jobs = await this.client.query(
      `SELECT name, state, retry_count, singleton_key, output FROM pgboss.job WHERE state NOT IN ('completed')`,
    );
    const batches = await this.client.query('SELECT * FROM agent.batches WHERE closed_at IS NULL');
    return JSON.stringify({ jobs: jobs.rows as unknown[], batches: batches.rows as unknown[] }, null, 1);
  }
}

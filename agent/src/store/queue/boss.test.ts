import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import pg from 'pg';
import { freshDatabase } from '../../testing/postgres.ts';
import { testRuntime } from '../../testing/testRuntime.ts';
import type { Db } from '../database/db.ts';
import { StoreSetupError } from '../storeErrors.ts';
import { Boss } from './boss.ts';
import { QUEUE_SETTINGS } from './settings.ts';
import { PATIENCE, until } from './testing.ts';

describe('a queue that cannot be started', PATIENCE, () => {
  it('leaves nothing behind that keeps the process from ending, and says what to check', async () => {
    const url = await freshDatabase();
    const refuse = () => Promise.reject(new Error('permission denied for schema pgboss'));
    const database = { kind: 'postgres', transaction: refuse } as unknown as Db;
    const connection = { connectionString: url, max: 2, application_name: 'fails' };
    const boss = new Boss(database, connection, QUEUE_SETTINGS, testRuntime().logger);
    await assert.rejects(boss.ready(), (error: Error) => {
      assert.ok(error instanceof StoreSetupError);
      assert.match(error.message, /cannot be started: permission denied .*may create schemas/);
      assert.doesNotMatch(error.message, /postgres:/);
      return true;
    });
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    const sessions = () => client.query("SELECT FROM pg_stat_activity WHERE application_name = 'fails'");
    await until(async () => (await sessions()).rowCount === 0);
    await client.end();
  });
});

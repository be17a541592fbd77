import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { it } from 'node:test';
import { PgliteDb } from './pgliteDb.ts';

it('a database in the process gives the room of deleted rows free when it is tidied', async () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'm3ter-bills-tidy-'));
  const database = await PgliteDb.open(folder);
  try {
    const bytes = async (): Promise<number> =>
      (await database.query<{ bytes: number }>(`SELECT pg_relation_size('jobs')::int AS bytes`))[0]?.bytes ?? NaN;
    await database.script('CREATE TABLE jobs (data text)');
    await database.script(`INSERT INTO jobs SELECT repeat('x', 500) FROM generate_series(1, 2000)`);
    await database.script('DELETE FROM jobs');
    assert.ok((await bytes()) > 1_000_000);
    await database.tidy();
    assert.equal(await bytes(), 0);
  } finally {
    await database.close();
    rmSync(folder, { recursive: true, force: true });
  }
});

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { describe, it } from 'node:test';
import pg from 'pg';
import { freshStoreUrl, openTestStore, STORE_KINDS } from '../testing/stores.ts';
import { testRuntime } from '../testing/testRuntime.ts';
import { batchOf, until } from './queue/testing.ts';
import { StoreSetupError } from './storeErrors.ts';

const bill = { billId: 'kept', recordId: 'r', sourceVersion: 1, hash: null, lines: {}, linesKnown: true, digest: null };

for (const kind of STORE_KINDS) {
  describe(`a store on ${kind}`, () => {
    it('keeps everything when it is closed and opened again', async () => {
      const url = await freshStoreUrl(kind);
      const first = await openTestStore(url);
      assert.equal(first.kind, kind);
      await first.bills.save('org', [bill]);
      await first.facts.set('fact', 'value');
      await first.batches.enqueue(batchOf('run'), ['a', 'b']);
      await first.queue.requestScan({ orgId: 'org', integrationIds: null, trigger: 'MANUAL', reason: 'test' });
      await first.close();
      const again = await openTestStore(url);
      assert.deepEqual((await again.bills.stored('org', ['kept'])).get('kept'), bill);
      assert.equal(await again.facts.get('fact'), 'value');
      assert.equal((await again.batches.unfinished())[0]?.pending, 2);
      assert.equal((await again.queue.depth()).queued, 2);
      const scans: string[] = [];
      await again.queue.workScans(({ data }) => {
        scans.push(data.reason);
        return Promise.resolve();
      });
      await until(() => scans.length === 1);
      await again.close();
    });

    it('can be closed without being used', async () => {
      const store = await openTestStore(await freshStoreUrl(kind));
      await store.close();
      await assert.rejects(store.queue.start(), /stopped/);
    });
  });
}

describe('a store in a folder', () => {
  it('refuses a second process by name, and says what to do', async () => {
    const url = await freshStoreUrl('pglite');
    const store = await openTestStore(url);
    const script = `import { openTestStore } from '${new URL('../testing/stores.ts', import.meta.url).href}';
      await openTestStore('${url}');`;
    const second = spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' });
    assert.notEqual(second.status, 0);
    assert.match(second.stderr, new RegExp(`StoreLockedError.*in use.*process ${process.pid}.*STORE_URL`));
    await store.close();
    await (await openTestStore(url)).close();
  });

  it('that cannot be made or locked is refused by its name, and not taken for one in use', async () => {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'm3ter-bills-store-'));
    writeFileSync(path.join(folder, 'file'), '');
    mkdirSync(path.join(folder, 'odd', 'agent.lock'), { recursive: true });
    mkdirSync(path.join(folder, 'damaged'));
    writeFileSync(path.join(folder, 'damaged', 'agent.lock'), 'not a database '.repeat(100));
    for (const store of ['file/store', 'odd', 'damaged']) {
      await assert.rejects(openTestStore(`pglite://${folder}/${store}`), (error: Error) => {
        assert.ok(error instanceof StoreSetupError);
        assert.match(error.message, new RegExp(`${store} cannot be opened: .*read and write this folder`));
        return true;
      });
    }
    rmSync(folder, { recursive: true });
  });
});

describe('a store on a server', () => {
  const inspect = (error: Error): string => JSON.stringify([String(error), error.stack, { ...error }, error.cause]);

  for (const [what, wrong, expected] of [
    ['a wrong password', (url: string) => url.replace(/:[^:@]+@/, ':hush@'), /Correct user and password/],
    ['a database that is not there', (url: string) => `${url}_missing`, /Create the database/],
  ] as const) {
    it(`is refused with ${what}, which is not shown`, async () => {
      const url = await freshStoreUrl('postgres');
      const password = new URL(url).password;
      await assert.rejects(openTestStore(wrong(url)), (error: Error) => {
        assert.ok(error instanceof StoreSetupError);
        assert.match(error.message, expected);
        assert.match(error.message, /postgres:\/\/postgres@127\.0\.0\.1:/);
        assert.doesNotMatch(inspect(error), new RegExp(`hush|${password}`));
        return true;
      });
    });
  }

  it('is refused when nobody listens there', async () => {
    const probe = createServer().listen(0, '127.0.0.1');
    await once(probe, 'listening');
    const { port } = probe.address() as AddressInfo;
    probe.close();
    for (const host of ['127.0.0.1', 'localhost']) {
      await assert.rejects(openTestStore(`postgres://agent:hush@${host}:${port}/bills`), (error: Error) => {
        assert.ok(error instanceof StoreSetupError);
        assert.match(error.message, /ECONNREFUSED.*server runs/);
        assert.doesNotMatch(inspect(error), /hush/);
        return true;
      });
    }
  });

  it('goes on when its connections break', async () => {
    const url = await freshStoreUrl('postgres');
    const runtime = testRuntime();
    const store = await openTestStore(url, runtime);
    await store.batches.enqueue(batchOf('run'), ['a']);
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    await client.query(
      'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()',
    );
    await client.end();
    await until(async () => {
      try {
        return (await store.queue.depth()).queued === 1;
      } catch (error) {
        assert.equal((error as { code?: string }).code, 'STORE_UNREACHABLE');
        return false;
      }
    });
    assert.equal(await store.batches.enqueue(batchOf('run'), ['b']), 1);
    assert.doesNotMatch(JSON.stringify(runtime.logged), new RegExp(new URL(url).password));
    await store.close();
  });
});

import assert from 'node:assert/strict';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, describe, it } from 'node:test';
import { inspect } from 'node:util';
import { credentialOf } from './credential.ts';
import { KeyRing, VaultKeyError } from './key.ts';
import { memoryRows } from './testing.ts';
import { Vault, VaultDamageError } from './vault.ts';

const root = mkdtempSync(path.join(os.tmpdir(), 'm3ter-bills-vault-'));
after(() => rmSync(root, { recursive: true, force: true }));

const NOW = new Date('2026-11-22T12:00:00Z');
const LATER = new Date('2026-11-23T12:00:00Z');
const folder = (): string => mkdtempSync(path.join(root, 'store-'));
const key = (byte: number): string => Buffer.alloc(32, byte).toString('base64');
const ring = (current?: string, previous?: string, place?: string): KeyRing =>
  new KeyRing({ current, previous }, place);

const UK = credentialOf(
  'clientCredentials',
  'uk',
  { loginUrl: 'https://uk.my.salesforce.com', clientId: 'app' },
  { clientSecret: 'hush' },
);

async function vaultWith(keyRing: KeyRing) {
  const rows = memoryRows();
  const vault = new Vault(rows, keyRing);
  await vault.put(UK, NOW);
  return { rows, vault };
}

describe('the vault', () => {
  it('gives back what it was given', async () => {
    const { vault } = await vaultWith(ring(key(1)));
    assert.deepEqual(await vault.get('uk'), UK);
    assert.deepEqual(await vault.all('clientCredentials'), [UK]);
    assert.deepEqual(await vault.all('jwtBearer'), []);
    assert.equal(await vault.get('us'), undefined);
  });

  it('stores no secret that can be read, and never the same bytes twice', async () => {
    const { vault, rows } = await vaultWith(ring(key(1)));
    const first = Buffer.from(rows.rows.get('uk')?.secret ?? []);
    assert.ok(!first.includes('hush'));
    await vault.put(UK, LATER);
    assert.ok(!first.equals(rows.rows.get('uk')?.secret ?? Buffer.of()));
  });

  it('lists without secrets, even without a key', async () => {
    const { vault, rows } = await vaultWith(ring(key(1)));
    await vault.put(UK, LATER);
    const list = await new Vault(rows, ring()).list();
    assert.deepEqual(list, [
      {
        name: 'uk',
        kind: 'clientCredentials',
        destination: 'SALESFORCE',
        details: { loginUrl: 'https://uk.my.salesforce.com', clientId: 'app' },
        source: 'vault',
        createdAt: NOW,
        rotatedAt: LATER,
      },
    ]);
  });

  it('gives secrets that print as [secret]', async () => {
    const { vault } = await vaultWith(ring(key(1)));
    const credential = await vault.get('uk');
    for (const text of [JSON.stringify(credential), inspect(credential, { depth: 9 })]) {
      assert.doesNotMatch(text, /hush/);
      assert.match(text, /\[secret\]/);
    }
  });

  it('forgets without a key', async () => {
    const { rows } = await vaultWith(ring(key(1)));
    const keyless = new Vault(rows, ring());
    assert.deepEqual([await keyless.remove('uk'), await keyless.remove('uk')], [true, false]);
  });
});

describe('a row that somebody changed', () => {
  const changes: Array<[string, (row: { secret: Uint8Array }) => object]> = [
    ['its secret', ({ secret }) => ({ secret: Uint8Array.from(secret, (byte, at) => (at === 40 ? byte ^ 1 : byte)) })],
    ['its address', () => ({ publicData: { loginUrl: 'https://evil.my.salesforce.com', clientId: 'app' } })],
    ['its kind', () => ({ kind: 'apiClient' })],
    ['its length', ({ secret }) => ({ secret: secret.slice(0, 20) })],
  ];
  for (const [what, change] of changes) {
    it(`in ${what} does not open, and is named`, async () => {
      const { vault, rows } = await vaultWith(ring(key(1)));
      const row = rows.rows.get('uk');
      assert.ok(row);
      rows.rows.set('uk', { ...row, ...change(row) });
      await assert.rejects(vault.get('uk'), (error: Error) => {
        assert.ok(error instanceof VaultDamageError);
        assert.match(error.message, /credential uk was changed.*credential remove uk/);
        return true;
      });
    });
  }

  it('by copying it under another name does not open', async () => {
    const { vault, rows } = await vaultWith(ring(key(1)));
    const row = rows.rows.get('uk');
    assert.ok(row);
    rows.rows.set('us', { ...row, name: 'us' });
    await assert.rejects(vault.get('us'), VaultDamageError);
    assert.deepEqual(await vault.get('uk'), UK);
  });
});

describe('the key of the vault', () => {
  it('is made beside an embedded store at the first use, for its owner alone', async () => {
    const place = folder();
    const file = path.join(place, 'vault.key');
    const rows = memoryRows();
    const vault = new Vault(rows, ring(undefined, undefined, place));
    assert.deepEqual([await vault.list(), existsSync(file)], [[], false]);
    await vault.put(UK, NOW);
    assert.equal(statSync(file).mode & 0o777, 0o600);
    assert.equal(Buffer.from(readFileSync(file, 'utf8'), 'base64').length, 32);
    assert.deepEqual(await new Vault(rows, ring(undefined, undefined, place)).get('uk'), UK);
  });

  it('is refused when others may read it', async () => {
    const place = folder();
    const { rows } = await vaultWith(ring(undefined, undefined, place));
    chmodSync(path.join(place, 'vault.key'), 0o644);
    await assert.rejects(new Vault(rows, ring(undefined, undefined, place)).get('uk'), /chmod 600 .*vault\.key/);
  });

  it('is refused when its file holds something else', async () => {
    const place = folder();
    const { rows } = await vaultWith(ring(undefined, undefined, place));
    writeFileSync(path.join(place, 'vault.key'), 'no key', { mode: 0o600 });
    await assert.rejects(new Vault(rows, ring(undefined, undefined, place)).get('uk'), /vault\.key is not 32 bytes/);
  });

  it('is not made anew when it is lost, so that what it encrypted is not lost behind a new one', async () => {
    const place = folder();
    const { rows, vault } = await vaultWith(ring(undefined, undefined, place));
    rmSync(path.join(place, 'vault.key'));
    const us = credentialOf('sfCli', 'us', { alias: 'us' }, {});
    await assert.rejects(
      vault.put(us, NOW),
      /credential uk was encrypted with a key that is not in VAULT_KEY or .*vault\.key/,
    );
    assert.deepEqual([...rows.rows.keys()], ['uk']);
    assert.ok(!existsSync(path.join(place, 'vault.key')));
  });

  it('has to be given for PostgreSQL', async () => {
    const vault = new Vault(memoryRows(), ring());
    await assert.rejects(vault.put(UK, NOW), (error: Error) => {
      assert.ok(error instanceof VaultKeyError);
      assert.match(error.message, /PostgreSQL need a key.*openssl rand -base64 32.*VAULT_KEY/);
      return true;
    });
  });

  it('that is another one opens nothing, says so by name, and loses nothing', async () => {
    const { rows } = await vaultWith(ring(key(1)));
    const wrong = new Vault(rows, ring(key(2)));
    await assert.rejects(wrong.get('uk'), /credential uk was encrypted with another key than the one in VAULT_KEY/);
    await assert.rejects(wrong.all('clientCredentials'), VaultKeyError);
    assert.deepEqual(await new Vault(rows, ring(key(1))).get('uk'), UK);
  });

  it('can be changed: the previous one still opens, and everything is encrypted anew with the current one', async () => {
    const { rows } = await vaultWith(ring(key(1)));
    const both = new Vault(rows, ring(key(2), key(1)));
    assert.deepEqual(await both.get('uk'), UK);
    assert.deepEqual([await both.renew(), await both.renew()], [1, 0]);
    assert.deepEqual(await new Vault(rows, ring(key(2))).get('uk'), UK);
    const [info] = await both.list();
    assert.deepEqual([info?.createdAt, info?.rotatedAt], [NOW, null]);
  });

  it('of the environment takes the place of the key file', async () => {
    const place = folder();
    const { rows } = await vaultWith(ring(undefined, undefined, place));
    const both = new Vault(rows, ring(key(3), undefined, place));
    assert.deepEqual(await both.get('uk'), UK);
    assert.equal(await both.renew(), 1);
    assert.deepEqual(await new Vault(rows, ring(key(3))).get('uk'), UK);
  });
});

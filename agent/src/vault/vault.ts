import { Value } from 'typebox/value';
import { SetupError } from '../errors.ts';
import type { CredentialRow, CredentialRows } from '../store/types.ts';
import { credentialOf, KINDS, type Credential, type CredentialInfo, type CredentialKind } from './credential.ts';
import { VaultKeyError, type Key, type KeyRing } from './key.ts';
import { seal, sealedBy, unseal } from './seal.ts';

/** A stored credential was changed outside the vault. */
export class VaultDamageError extends SetupError {
  override readonly name = 'VaultDamageError';
}

/** Credentials in the store, their secrets encrypted. */
export class Vault {
  private readonly rows: CredentialRows;
  private readonly keyRing: KeyRing;

  constructor(rows: CredentialRows, keyRing: KeyRing) {
    this.rows = rows;
    this.keyRing = keyRing;
  }

  /** By name, without secrets; needs no key. */
  async list(): Promise<CredentialInfo[]> {
    return (await this.rows.list()).map(infoOf);
  }

  /** @throws {VaultKeyError} {VaultDamageError} when it cannot be decrypted */
  async get(name: string): Promise<Credential | undefined> {
    const row = await this.rows.get(name);
    return row && this.open(row);
  }

  /** Every credential of the kinds, by name. */
  async all(...kinds: readonly CredentialKind[]): Promise<Credential[]> {
    const wanted = (await this.rows.list()).filter(({ kind }) => kinds.some((one) => one === kind));
    return wanted.map((row) => this.open(row));
  }

  /**
   * Keeps a credential; one of its name gives way.
   *
   * @param now when it was added, or its secret was replaced
   * @throws {VaultKeyError} when there is no key to encrypt it with
   */
  async put(credential: Credential, now: Date): Promise<CredentialInfo> {
    const { name, kind, destination, publicData } = credential;
    const before = await this.rows.get(name);
    const secret = seal(JSON.stringify({ ...credential.secret }), contextOf(credential), await this.sealingKey());
    const times = before ? { createdAt: before.createdAt, rotatedAt: now } : { createdAt: now, rotatedAt: null };
    const row: CredentialRow = { name, kind, destination, publicData, secret, ...times };
    await this.rows.put(row);
    return infoOf(row);
  }

  /** False when there is none of this name. Needs no key. */
  remove(name: string): Promise<boolean> {
    return this.rows.remove(name);
  }

  /**
   * Encrypts anew with the current key what another one encrypted, so that the previous key can be given up.
   *
   * @returns how many credentials
   */
  async renew(): Promise<number> {
    const [current] = this.keyRing.keys();
    const old = (await this.rows.list()).filter(({ secret }) => current && !sealedBy(secret)?.equals(current.id));
    for (const row of old) {
      const { secret } = this.open(row);
      if (current)
        await this.rows.put({ ...row, secret: seal(JSON.stringify({ ...secret }), contextOf(row), current) });
    }
    return old.length;
  }

  /** A new key is made for the first credential only: with a second one the first would be lost behind it. */
  private async sealingKey(): Promise<Key> {
    const [current] = this.keyRing.keys();
    if (current) return current;
    const [first] = await this.rows.list();
    if (first) throw this.lackOfKey(first.name);
    return this.keyRing.make();
  }

  private open(row: CredentialRow): Credential {
    const keyId = sealedBy(row.secret);
    if (!keyId) throw damage(row.name);
    const key = this.keyRing.keys().find(({ id }) => id.equals(keyId));
    if (!key) throw this.lackOfKey(row.name);
    let secret: unknown;
    try {
      secret = JSON.parse(unseal(row.secret, contextOf(row), key));
    } catch (error) {
      throw damage(row.name, error);
    }
    return credentialOfRow(row, secret);
  }

  private lackOfKey(name: string): VaultKeyError {
    const has = this.keyRing.keys().length > 0;
    return new VaultKeyError(
      `The credential ${name} was encrypted with ${has ? 'another key than the one' : 'a key that is not'} in ` +
        `${this.keyRing.place}. Put that key back (as VAULT_KEY_PREVIOUS when there is a new one), or remove the ` +
        `credential and add it again: m3ter-bills credential remove ${name}`,
    );
  }
}

/** What is bound to the secret: a row under another name, of another kind or for another org does not open. */
function contextOf({ name, kind, destination, publicData }: Omit<CredentialRow, 'secret' | 'createdAt' | 'rotatedAt'>) {
  const sorted = Object.entries(publicData).sort(([one], [other]) => (one < other ? -1 : 1));
  return JSON.stringify([name, kind, destination, sorted]);
}

function credentialOfRow({ name, kind, publicData }: CredentialRow, secret: unknown): Credential {
  const shapes = Object.hasOwn(KINDS, kind) ? KINDS[kind as CredentialKind] : undefined;
  if (!shapes || !Value.Check(shapes.publicData, publicData) || !Value.Check(shapes.secret, secret)) throw damage(name);
  return credentialOf(kind as CredentialKind, name, publicData, secret);
}

function infoOf({ name, kind, destination, publicData, createdAt, rotatedAt }: CredentialRow): CredentialInfo {
  const details = Object.fromEntries(
    Object.entries(publicData).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
  return {
    name,
    kind: kind as CredentialInfo['kind'],
    destination: destination as CredentialInfo['destination'],
    details,
    source: 'vault',
    createdAt,
    rotatedAt,
  };
}

function damage(name: string, cause?: unknown): VaultDamageError {
  return new VaultDamageError(
    `The credential ${name} was changed outside the vault, so that it is not used. Remove it and add it again: ` +
      `m3ter-bills credential remove ${name}`,
    { cause },
  );
}

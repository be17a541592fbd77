import { createHash, randomBytes } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, openSync, renameSync, writeSync } from 'node:fs';
import path from 'node:path';
import { readSecretFile } from '../config/secrets.ts';
import { errorMessage, SetupError } from '../errors.ts';
import { concealed } from './concealed.ts';

/** The keys that the environment gives, in base64; concealed. */
export interface VaultKeys {
  readonly current: string | undefined;
  /** Reads rows that were encrypted before a change of keys. */
  readonly previous: string | undefined;
}

/** Bytes of an AES-256 key. */
const KEY_BYTES = 32;
const KEY_FILE = 'vault.key';

/** The key of the vault is missing, or is another one than a credential was encrypted with. Nothing is lost by it. */
export class VaultKeyError extends SetupError {
  override readonly name = 'VaultKeyError';
}

/** A key that does not print itself. */
export interface Key {
  readonly bytes: Buffer;
  /** 4 bytes that tell one key from another and say nothing about it. */
  readonly id: Buffer;
}

/** What is wrong with the text of a key, or undefined. */
export function vaultKeyProblem(text: string): string | undefined {
  const isBase64 = /^[A-Za-z0-9+/_-]+={0,2}$/.test(text);
  if (isBase64 && Buffer.from(text, 'base64').length === KEY_BYTES) return undefined;
  return `is not ${KEY_BYTES} bytes in base64. Make one: openssl rand -base64 ${KEY_BYTES}`;
}

/**
 * The keys of a vault: those of the environment, then that of the key file, which an embedded store has in its folder.
 * All of them open what is sealed, the first one seals.
 */
export class KeyRing {
  private readonly given: readonly Key[];
  private readonly file: string | undefined;

  /** @param folder of an embedded store; undefined for PostgreSQL, where several processes need the same key */
  constructor({ current, previous }: VaultKeys, folder: string | undefined) {
    this.given = [current, previous].filter((text) => text !== undefined).map((text) => keyOf(text));
    this.file = folder === undefined ? undefined : path.join(folder, KEY_FILE);
  }

  /**
   * The keys that there are, the one to seal with first; none where none was needed so far.
   *
   * @throws {VaultKeyError} when the key file cannot be used
   */
  keys(): readonly Key[] {
    if (this.file === undefined || !existsSync(this.file)) return this.given;
    return [...this.given, keyOf(readKeyFile(this.file))];
  }

  /** Where a key is looked for, in words. */
  get place(): string {
    return this.file === undefined ? 'VAULT_KEY (or VAULT_KEY_FILE)' : `VAULT_KEY or ${this.file}`;
  }

  /**
   * Makes the key file, readable by its owner alone. It is complete or not there, whatever breaks.
   *
   * @throws {VaultKeyError} for PostgreSQL, or when the file cannot be written
   */
  make(): Key {
    const { file } = this;
    if (file === undefined) {
      throw new VaultKeyError(
        'Credentials in PostgreSQL need a key, the same for every agent. Make one (openssl rand -base64 32) and set ' +
          'VAULT_KEY, or VAULT_KEY_FILE to a file that holds it.',
      );
    }
    const text = randomBytes(KEY_BYTES).toString('base64');
    try {
      const descriptor = openSync(`${file}.new`, 'w', 0o600);
      writeSync(descriptor, `${text}\n`);
      fsyncSync(descriptor);
      closeSync(descriptor);
      renameSync(`${file}.new`, file);
    } catch (error) {
      throw new VaultKeyError(`The vault's key cannot be written: ${errorMessage(error)}. Or set VAULT_KEY.`, {
        cause: error,
      });
    }
    return keyOf(text);
  }
}

function keyOf(text: string): Key {
  const bytes = Buffer.from(text, 'base64');
  return concealed({ bytes, id: createHash('sha256').update('key id').update(bytes).digest().subarray(0, 4) });
}

function readKeyFile(file: string): string {
  let text: string;
  try {
    text = readSecretFile(file);
  } catch (error) {
    throw new VaultKeyError(`The vault's key cannot be read: ${errorMessage(error)}`, { cause: error });
  }
  const problem = vaultKeyProblem(text);
  if (problem === undefined) return text;
  throw new VaultKeyError(`The vault's key in ${file} ${problem}; what the old key encrypted needs the old key.`);
}

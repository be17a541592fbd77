import { randomBytes, scrypt, timingSafeEqual, type ScryptOptions } from 'node:crypto';
import { promisify } from 'node:util';

const derive = promisify<string, Buffer, number, ScryptOptions, Buffer>(scrypt);

/** RFC 7914; 16 MiB and some 50 ms for a guess. */
const COST = { N: 16_384, r: 8, p: 1 };
const SALT_BYTES = 16;
const HASH_BYTES = 32;

/** Salt and hash of a client's secret, from which the secret cannot be told. */
export async function hashSecret(secret: string): Promise<string> {
  const salt = randomBytes(SALT_BYTES);
  return `${salt.toString('base64')}:${(await derive(secret, salt, HASH_BYTES, COST)).toString('base64')}`;
}

/** Whether it is the secret that was hashed, in a time that does not tell how near it is. */
export async function isHashOf(hash: string, secret: string): Promise<boolean> {
  const [salt = '', expected = ''] = hash.split(':');
  const found = await derive(secret, Buffer.from(salt, 'base64'), HASH_BYTES, COST);
  const wanted = Buffer.from(expected, 'base64');
  return wanted.length === HASH_BYTES && timingSafeEqual(found, wanted);
}

export function makeClientId(): string {
  return `client-${randomBytes(8).toString('hex')}`;
}

export function makeSecret(): string {
  return randomBytes(32).toString('base64url');
}

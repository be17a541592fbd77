import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { Key } from './key.ts';

const CIPHER = 'aes-256-gcm';
/** Of the layout: format, id of the key, IV, tag, text. */
const FORMAT = 1;
const AT = { keyId: 1, iv: 5, tag: 17, text: 33 };

/** The id of the key that sealed, or undefined for what is not a sealed text. */
export function sealedBy(sealed: Uint8Array): Buffer | undefined {
  const bytes = Buffer.from(sealed);
  return bytes[0] === FORMAT && bytes.length >= AT.text ? bytes.subarray(AT.keyId, AT.iv) : undefined;
}

/**
 * AES-256-GCM with a new IV.
 *
 * @param context what has to be the same when it is opened, though it is not secret
 */
export function seal(text: string, context: string, { bytes, id }: Key): Buffer {
  const iv = randomBytes(AT.tag - AT.iv);
  const cipher = createCipheriv(CIPHER, bytes, iv).setAAD(Buffer.from(context));
  const encrypted = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([Buffer.of(FORMAT), id, iv, cipher.getAuthTag(), encrypted]);
}

/**
 * The text that was sealed with the key that `sealedBy` names.
 *
 * @throws {Error} when sealed text or context are not those of then
 */
export function unseal(sealed: Uint8Array, context: string, { bytes }: Key): string {
  const whole = Buffer.from(sealed);
  const decipher = createDecipheriv(CIPHER, bytes, whole.subarray(AT.iv, AT.tag))
    .setAAD(Buffer.from(context))
    .setAuthTag(whole.subarray(AT.tag, AT.text));
  return Buffer.concat([decipher.update(whole.subarray(AT.text)), decipher.final()]).toString('utf8');
}

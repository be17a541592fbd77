import { createHash, timingSafeEqual } from 'node:crypto';

/** Whether a text is the secret, in a time that does not tell how much of it fits. */
export function isSecret(text: string, secret: string): boolean {
  const digest = (value: string): Buffer => createHash('sha256').update(value).digest();
  return timingSafeEqual(digest(text), digest(secret));
}

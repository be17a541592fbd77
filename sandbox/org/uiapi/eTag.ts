import { createHash } from 'node:crypto';
import { stringifyExact } from '../../shared/exactJson.ts';

/** A tag that changes when the content does; it marks content and protects nothing. */
export function eTagOf(content: unknown): string {
  return createHash('md5').update(stringifyExact(content)).digest('hex');
}

import { constants, gzip } from 'node:zlib';
import { promisify } from 'node:util';

/** In characters: less fits into a few packets anyway. */
const PAYS_FROM = 8192;
const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);
const gzipped = promisify(gzip);

/** Whether the time to send a body is worth the time to compress it: not for a small one, and not to this machine. */
export function paysToCompress(url: string, body: string, from?: number): boolean {
  return body.length >= (from ?? PAYS_FROM) && (from !== undefined || !LOOPBACK.has(new URL(url).hostname));
}

/** As gzip (REST API Developer Guide, "Compression Headers"); records of one kind shrink to a tenth at the fastest level. */
export function compress(body: string): Promise<Buffer<ArrayBuffer>> {
  return gzipped(body, { level: constants.Z_BEST_SPEED });
}

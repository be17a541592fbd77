import path from 'node:path';
import { SetupError } from '../errors.ts';

/** Where a store is. */
export type StoreLocation =
  | { readonly kind: 'pglite'; readonly folder: string; readonly url: string }
  /** `url` is for people: without the password and without parameters, which can hold one. */
  | { readonly kind: 'postgres'; readonly connectionString: string; readonly url: string };

const PGLITE_SCHEME = 'pglite://';
const POSTGRES = ['postgres:', 'postgresql:'];

/**
 * Reads a store URL: pglite://FOLDER or postgres://USER:PASSWORD@HOST:PORT/DATABASE.
 *
 * @throws {SetupError} when it is neither; the message does not contain the URL, which can hold a password
 */
export function storeLocation(url: string): StoreLocation {
  if (url.startsWith(PGLITE_SCHEME) && url.length > PGLITE_SCHEME.length) {
    const folder = path.resolve(url.slice(PGLITE_SCHEME.length));
    return { kind: 'pglite', folder, url: `${PGLITE_SCHEME}${folder}` };
  }
  const parsed = URL.parse(url);
  if (parsed && POSTGRES.includes(parsed.protocol) && parsed.host !== '' && parsed.pathname.length > 1) {
    const user = parsed.username === '' ? '' : `${parsed.username}@`;
    const shown = `${parsed.protocol}//${user}${parsed.host}${parsed.pathname}`;
    return { kind: 'postgres', connectionString: url, url: shown };
  }
  throw new SetupError(
    `STORE_URL ${scheme(url)} is not a store. Give pglite://FOLDER or postgres://USER:PASSWORD@HOST:PORT/DATABASE ` +
      '(special characters of the password as %XX).',
  );
}

function scheme(url: string): string {
  return url.includes('://') ? `${url.split('://')[0]}://...` : 'without a scheme';
}

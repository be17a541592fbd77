import { createRequire } from 'node:module';
import jsforce from 'jsforce';
import type { Connection } from 'jsforce';
import type { PeerOrg } from './peer.ts';

const { version } = createRequire(import.meta.url)('jsforce/package.json') as { version: string };

export const JSFORCE = `jsforce ${version}`;

export function jsforceConnection({ instanceUrl, accessToken }: PeerOrg): Connection {
  return new jsforce.Connection({ instanceUrl, accessToken, version: '67.0' });
}

/** Throws when a record was refused. */
export function checked(results: unknown): void {
  const refused = [results].flat().find((result) => (result as { success: boolean }).success === false);
  if (refused) throw new Error(`A record was refused: ${JSON.stringify(refused)}`);
}

import type { PeerOrg } from './peer.ts';
import type { PlainRecord } from '../data/records.ts';

/** A call to the REST API, as a script makes it. Throws when it is refused. */
export async function call(org: PeerOrg, method: string, path: string, body?: unknown): Promise<unknown> {
  const response = await fetch(`${org.instanceUrl}/services/data/v67.0${path}`, {
    method,
    headers: { authorization: `Bearer ${org.accessToken}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text.slice(0, 300)}`);
  return text === '' ? undefined : JSON.parse(text);
}

/** Upserts up to 200 records in one call. Throws when one of them is refused. */
export async function upsertCollection(
  org: PeerOrg,
  { object, key }: { object: string; key: string },
  records: readonly PlainRecord[],
): Promise<void> {
  const typed = records.map((record) => ({ attributes: { type: object }, ...record }));
  const results = (await call(org, 'PATCH', `/composite/sobjects/${object}/${key}`, {
    allOrNone: false,
    records: typed,
  })) as Array<{ success: boolean }>;
  const refused = results.find(({ success }) => !success);
  if (refused) throw new Error(`A record of ${object} was refused: ${JSON.stringify(refused)}`);
}

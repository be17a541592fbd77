import type { M3terClient } from '../m3ter/client.ts';
import type { Names } from '../rules/names.ts';
import type { Runtime } from '../runtime.ts';
import { BillWriter } from '../salesforce/billWriter.ts';
import type { SalesforceConnection } from '../salesforce/connection.ts';
import { ControlPlane } from '../salesforce/controlPlane.ts';
import { OrgReader } from '../salesforce/orgReader.ts';
import { detectNames } from '../salesforce/prefix.ts';
import type { Store } from '../store/store.ts';

/** The ends that a sweep works between. */
export interface Ends {
  readonly m3ter: M3terClient;
  readonly m3terOrgId: string;
  readonly connection: SalesforceConnection;
  readonly store: Store;
  readonly runtime: Runtime;
}

/** The ends, and what was learned about the org; good for as many sweeps as one likes. */
export interface Session extends Ends {
  readonly orgId: string;
  readonly names: Names;
  readonly reader: OrgReader;
  readonly control: ControlPlane;
  readonly writer: BillWriter;
}

/**
 * Signs in to the org and learns its names.
 *
 * @throws {AuthenticationError | SetupError} when the org refuses the agent, lacks the package, or is another one
 *   than the store was used with
 */
export async function openSession(ends: Ends): Promise<Session> {
  const { connection, store, runtime } = ends;
  const orgId = await connection.orgId();
  await store.bindTo(ends.m3terOrgId, orgId);
  const names = await detectNames(connection);
  const reader = new OrgReader(connection, names);
  return {
    ...ends,
    orgId,
    names,
    reader,
    control: new ControlPlane(connection, names),
    writer: new BillWriter({ connection, names, reader, runtime }),
  };
}

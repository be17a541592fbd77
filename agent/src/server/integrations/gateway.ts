import type { ControlPlane } from '../../salesforce/controlPlane.ts';
import { isRecordId } from '../../salesforce/soql.ts';
import { HttpError } from '../errors.ts';

/** What the Integrations API reads and writes in an org. */
export type OrgRecords = Pick<
  ControlPlane,
  | 'readIntegrations'
  | 'integration'
  | 'createIntegration'
  | 'updateIntegration'
  | 'deleteIntegration'
  | 'runs'
  | 'events'
>;

/** A Salesforce org that the agent is signed in to. */
export interface ServedOrg {
  readonly orgId: string;
  /** The agent's name of the credential by which it is reached. */
  readonly credentialName: string;
  /** Such as https://acme.my.salesforce.com. */
  readonly instanceUrl: string;
  readonly records: OrgRecords;
}

/** A record, and the org that holds it. */
export interface Found<Row> {
  readonly org: ServedOrg;
  readonly row: Row;
}

/** The orgs that a request is about: all, or the one that `destinationId` names by its id. */
export function servedOrgs(orgs: readonly ServedOrg[], destinationId?: string): ServedOrg[] {
  if (destinationId === undefined || destinationId === '') return [...orgs];
  return orgs.filter(({ orgId }) => isSameId(orgId, destinationId));
}

/**
 * The record with an id. Ids repeat in the clones of an org: then `destinationId` has to tell which one is meant.
 *
 * @param what such as `integration`
 * @throws {HttpError} 404 when no org holds it, 400 when several do
 */
export async function find<Row>(
  orgs: readonly ServedOrg[],
  id: string,
  what: string,
  read: (org: ServedOrg, id: string) => Promise<Row | undefined>,
): Promise<Found<Row>> {
  const candidates = isRecordId(id) ? orgs : [];
  const reads = candidates.map(async (org): Promise<Found<Row>[]> => {
    const row = await read(org, id);
    return row === undefined ? [] : [{ org, row }];
  });
  const found = (await Promise.all(reads)).flat();
  const [first, second] = found;
  if (!first) throw new HttpError(404, `There is no ${what} ${id}. List them to see which there are.`);
  if (second) {
    const ids = found.map(({ org }) => org.orgId).join(', ');
    throw new HttpError(400, `The orgs ${ids} all have ${what} ${id}. Add ?destinationId= with the org's id.`);
  }
  return first;
}

/** An org id or record id has 15 characters; the three that may follow only repeat its case. */
export function isSameId(one: string, other: string): boolean {
  return one.slice(0, 15) === other.slice(0, 15);
}

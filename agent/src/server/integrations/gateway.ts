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

/** A Salesforce org that the agent should be signed in to, and is not. */
export interface UnreachableOrg {
  readonly credentialName: string;
  readonly error: Error;
}

/** The orgs of all Salesforce credentials. */
export type KnownOrgs = readonly (ServedOrg | UnreachableOrg)[];

/** A record, and the org that holds it. */
export interface Found<Row> {
  readonly org: ServedOrg;
  readonly row: Row;
}

const RETRY_AFTER = { 'retry-after': '30' };

/**
 * The orgs that a request is about: all, or the one that `destinationId` names by its id. Orgs that cannot be reached now
 * are left out.
 *
 * @throws {HttpError} 503 when none can be reached
 */
export function servedOrgs(orgs: KnownOrgs, destinationId?: string): ServedOrg[] {
  const served = orgs.filter((org): org is ServedOrg => 'orgId' in org);
  if (served.length === 0) throw new HttpError(503, `No org can be reached now. ${unreachableText(orgs)}`, RETRY_AFTER);
  if (destinationId === undefined || destinationId === '') return served;
  return served.filter(({ orgId }) => isSameId(orgId, destinationId));
}

/**
 * The record with an id. Ids repeat in the clones of an org: then `destinationId` has to tell which one is meant.
 *
 * @param what such as `integration`
 * @throws {HttpError} 404 when no org holds it, 400 when several do, 503 when it may be in one that cannot be reached
 */
export async function find<Row>(
  orgs: KnownOrgs,
  { id, destinationId }: { readonly id: string; readonly destinationId?: string | undefined },
  what: string,
  read: (org: ServedOrg, id: string) => Promise<Row | undefined>,
): Promise<Found<Row>> {
  const candidates = isRecordId(id) ? servedOrgs(orgs, destinationId) : [];
  const reads = candidates.map(async (org): Promise<Found<Row>[]> => {
    const row = await read(org, id);
    return row === undefined ? [] : [{ org, row }];
  });
  const found = (await Promise.all(reads)).flat();
  const [first, second] = found;
  if (!first) throw missing(orgs, id, what);
  if (second) {
    const ids = found.map(({ org }) => org.orgId).join(', ');
    throw new HttpError(400, `The orgs ${ids} all have ${what} ${id}. Add ?destinationId= with the org's id.`);
  }
  return first;
}

/** Who is told that something does not exist may make it anew: that is said only when every org was looked at. */
function missing(orgs: KnownOrgs, id: string, what: string): HttpError {
  const text = isRecordId(id) ? unreachableText(orgs) : '';
  return text === ''
    ? new HttpError(404, `There is no ${what} ${id}. List them to see which there are.`)
    : new HttpError(503, `No org that can be reached now has ${what} ${id}. ${text}`, RETRY_AFTER);
}

/** Names of the credentials of orgs that cannot be reached now. */
export function unreachableNames(orgs: KnownOrgs): string[] {
  return orgs.flatMap((org) => ('orgId' in org ? [] : [org.credentialName]));
}

function unreachableText(orgs: KnownOrgs): string {
  return orgs.flatMap((org) => ('orgId' in org ? [] : [`${org.credentialName}: ${org.error.message}`])).join(' ');
}

/** An org id or record id has 15 characters; the three that may follow only repeat its case. */
function isSameId(one: string, other: string): boolean {
  return one.slice(0, 15) === other.slice(0, 15);
}

import { AuthenticationError, errorMessage } from '../errors.ts';
import { checkIntegration, type OrgCredentials } from '../rules/gates.ts';
import type { ConfiguredIntegration } from '../salesforce/controlPlane.ts';
import type { IntegrationRef } from '../store/types.ts';
import type { Engine, OrgAccess, OrgState } from './engine.ts';
import { OperationError } from './errors.ts';
import { iso } from './iso.ts';
import type { Integration } from './shapes.ts';

/** An integration in its org. */
export interface Found {
  readonly org: OrgAccess;
  readonly integration: ConfiguredIntegration;
}

/** Which org is meant: by its id, 15 or 18 characters, or by the name of a credential. */
export interface OrgChoice {
  readonly org?: string;
}

export interface IntegrationChoice extends OrgChoice {
  readonly integration?: string;
}

/**
 * The orgs that are meant and can be reached, each once.
 *
 * @throws {OperationError | Error} when there is none: the reason why the first could not be reached
 */
export async function reachableOrgs(engine: Pick<Engine, 'orgs'>, choice: OrgChoice = {}): Promise<OrgAccess[]> {
  const states = await engine.orgs();
  const orgs = [...new Map(connected(states, choice).map((org) => [org.orgId, org])).values()];
  if (orgs.length > 0) return orgs;
  const failed = states.find(
    (state) => 'error' in state && (choice.org === undefined || choice.org === state.credentialName),
  );
  if (failed && 'error' in failed) throw failed.error;
  if (choice.org !== undefined) throw notFound('org', choice.org, 'm3ter-bills credential list');
  throw new OperationError(
    'NO_CREDENTIAL',
    'The agent has no credential for a Salesforce org.',
    'm3ter-bills help credential add',
    'setup',
  );
}

function connected(states: readonly OrgState[], { org: wanted }: OrgChoice): OrgAccess[] {
  return states.flatMap((state) => {
    if ('error' in state) return [];
    const { org, credentialName } = state;
    const isMeant = wanted === undefined || credentialName === wanted || isSameId(org.orgId, wanted);
    return isMeant ? [org] : [];
  });
}

/**
 * The one integration that is meant.
 *
 * @throws {OperationError} when there is none or more than one
 */
export async function findIntegration(
  engine: Pick<Engine, 'orgs'>,
  { integration: wanted, org }: { readonly integration: string; readonly org?: string },
): Promise<Found> {
  const found = (await allIntegrations(engine, org === undefined ? {} : { org })).filter(
    ({ integration: { id, name } }) => isSameId(id, wanted) || name.toLowerCase() === wanted.toLowerCase(),
  );
  const [first] = found;
  if (!first) throw notFound('integration', wanted, 'm3ter-bills integration list');
  if (found.length === 1) return first;
  const ids = found.map((each) => `${each.integration.id} in org ${each.org.orgId}`).join(', ');
  throw new OperationError(
    'AMBIGUOUS',
    `${found.length} integrations are called ${wanted}: ${ids}. Name one by its id, or its org with --org.`,
    'm3ter-bills integration list',
    'usage',
  );
}

/** Every integration of the orgs that are meant. */
export async function allIntegrations(engine: Pick<Engine, 'orgs'>, choice: OrgChoice = {}): Promise<Found[]> {
  const orgs = await reachableOrgs(engine, choice);
  const lists = await Promise.all(
    orgs.map(async (org) => (await org.control.readIntegrations()).map((integration) => ({ org, integration }))),
  );
  return lists.flat();
}

/** The integrations that work is meant for: the one that is named, the enabled ones of an org, or null for all. */
export async function chosenRefs(
  engine: Pick<Engine, 'orgs'>,
  { integration, org }: IntegrationChoice,
): Promise<IntegrationRef[] | null> {
  const ofOrg = org === undefined ? {} : { org };
  if (integration !== undefined) return [refOf(await findIntegration(engine, { integration, ...ofOrg }))];
  if (org === undefined) return null;
  return (await allIntegrations(engine, ofOrg)).filter((found) => found.integration.enabled).map(refOf);
}

export function refOf({ org: { orgId }, integration: { id } }: Found): IntegrationRef {
  return { orgId, integrationId: id };
}

/** An integration as operations answer it. */
export function describeIntegration({ org, integration }: Found, states: readonly OrgState[]): Integration {
  const readiness = checkIntegration(integration, org.orgId, orgCredentials(org.orgId, states));
  return {
    id: integration.id,
    name: integration.name,
    orgId: org.orgId,
    credential: org.credentialName,
    enabled: integration.enabled,
    isReady: readiness.ready,
    detail: readiness.ready ? null : readiness.detail,
    triggerType: integration.triggerType,
    credentialKey: integration.credentialKey,
    connectionStatus: integration.connectionStatus,
    pinnedOrgId: integration.pinnedOrgId,
    accountIds: [...integration.accountIds],
    restrictedAccountIds: [...integration.restrictedAccountIds],
    accountFilter: integration.accountFilter,
    onlySendBillOnApproval: integration.onlySendBillOnApproval,
    useExternalMappingAccountCode: integration.useExternalMappingAccountCode,
    excludedLineItemTypes: [...integration.excludedLineItemTypes],
    sortLineItemsBy: integration.sortLineItemsBy,
    successiveErrors: integration.successiveErrors,
    disabledReason: integration.disabledReason,
    lastCheck: iso(integration.lastCheck),
  };
}

/** The credentials that an integration of an org may use. Of one that is refused nobody knows to which org it leads. */
function orgCredentials(orgId: string, states: readonly OrgState[]): OrgCredentials {
  const known = new Map<string, 'working' | 'rejected'>();
  for (const state of states) {
    if ('org' in state && state.org.orgId === orgId) known.set(state.credentialName, 'working');
    if ('error' in state && state.error instanceof AuthenticationError) known.set(state.credentialName, 'rejected');
  }
  return known;
}

/** Orgs that could not be reached, with the reason. */
export function unreachable(states: readonly OrgState[]): { credential: string; detail: string }[] {
  return states.flatMap((state) =>
    'error' in state ? [{ credential: state.credentialName, detail: errorMessage(state.error) }] : [],
  );
}

export function notFound(what: string, wanted: string, next: string): OperationError {
  return new OperationError('NOT_FOUND', `There is no ${what} ${wanted}.`, next, 'usage');
}

/** Record ids have 15 characters; the three that may follow only repeat their case. */
export function isSameId(id: string, wanted: string): boolean {
  return (wanted.length === 15 || wanted.length === 18) && id.slice(0, 15) === wanted.slice(0, 15);
}

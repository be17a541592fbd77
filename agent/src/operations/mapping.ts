import type { ExternalMapping } from '../m3ter/resources.ts';
import { accountLookup, isAccountRecordId } from '../rules/accountMatch.ts';
import type { Engine, OrgAccess } from './engine.ts';
import { OperationError } from './errors.ts';
import { findIntegration, reachableOrgs } from './find.ts';
import type { OperationInput, OperationOutput } from './operations.ts';

const NEXT = 'm3ter-bills help mapping create';

/**
 * Maps a m3ter Account to a Salesforce Account, in m3ter.
 *
 * @throws {OperationError} when one of the Accounts does not exist, or the m3ter Account is mapped already
 */
export async function createExternalMapping(
  engine: Engine,
  { m3terAccountId, externalId, integration, org }: OperationInput<'createExternalMapping'>,
): Promise<OperationOutput<'createExternalMapping'>> {
  const choice = org === undefined ? {} : { org };
  const tied = integration === undefined ? undefined : await findIntegration(engine, { ...choice, integration });
  const orgs = tied ? [tied.org] : await reachableOrgs(engine, choice);
  const integrationId = tied?.integration.id ?? null;
  await assertM3terAccount(engine, m3terAccountId);
  await assertNotMapped(engine, m3terAccountId, integrationId);
  const { orgId, accountId } = await findAccount(orgs, externalId);
  const created = await engine.m3ter.createExternalMapping({
    m3terId: m3terAccountId,
    externalId,
    ...(integrationId === null ? {} : { integrationConfigId: integrationId }),
  });
  await engine.mappingAppeared(m3terAccountId);
  return { id: created.id, m3terAccountId, externalId, accountId, integrationId, orgId };
}

async function assertM3terAccount({ m3ter }: Engine, id: string): Promise<void> {
  const [account] = await m3ter.getAccounts([id]);
  if (account) return;
  throw new OperationError(
    'NOT_FOUND',
    `m3ter has no Account ${id}. Give the Account's id, not its code.`,
    NEXT,
    'usage',
  );
}

/** Two mappings that an integration could choose from contradict each other, and then it chooses none. */
async function assertNotMapped({ m3ter }: Engine, m3terAccountId: string, integrationId: string | null): Promise<void> {
  const same = (a: string | null | undefined, b: string): boolean => a?.toLowerCase() === b;
  const mappings = (await m3ter.listExternalMappings({ m3terIds: [m3terAccountId] })).filter(
    (each) =>
      same(each.m3terEntity, 'account') &&
      same(each.externalTable, 'account') &&
      (each.integrationConfigId ?? null) === integrationId,
  );
  const [first] = mappings;
  if (!first) return;
  throw new OperationError(
    'ALREADY_MAPPED',
    `m3ter Account ${m3terAccountId} is mapped to ${targets(mappings)} already, by External Mapping ${first.id}. ` +
      'Change or delete it in m3ter first.',
    'm3ter-bills help mapping create',
    'usage',
  );
}

function targets(mappings: readonly ExternalMapping[]): string {
  return mappings.map(({ externalId }) => externalId ?? 'nothing').join(', ');
}

/** The one Account of an org with this record id or Account number. */
async function findAccount(
  orgs: readonly OrgAccess[],
  externalId: string,
): Promise<{ orgId: string; accountId: string }> {
  const isRecordId = isAccountRecordId(externalId);
  const found = await Promise.all(
    orgs.map(async ({ orgId, reader }) => {
      const { accounts } = await reader.find({
        ...(isRecordId ? { accountRecordIds: [externalId] } : {}),
        accountNumbers: [externalId],
      });
      const lookup = accountLookup(accounts);
      const byId = isRecordId ? lookup.byRecordId(externalId) : [];
      return { orgId, ids: byId.length > 0 ? byId : lookup.byAccountNumber(externalId) };
    }),
  );
  const hit = found.find(({ ids }) => ids.length === 1);
  const [accountId] = hit?.ids ?? [];
  if (hit && accountId !== undefined) return { orgId: hit.orgId, accountId };
  const many = found.find(({ ids }) => ids.length > 1);
  const message = many
    ? `${many.ids.length} Accounts in Salesforce have the Account number ${externalId}. Give a record id instead.`
    : `No Account in Salesforce has the record id or Account number ${externalId}.`;
  throw new OperationError(many ? 'AMBIGUOUS' : 'NOT_FOUND', message, NEXT, 'usage');
}

import type { FastifyInstance } from 'fastify';
import Type, { type Static } from 'typebox';
import type { ConfiguredIntegration } from '../../salesforce/control/integrations.ts';
import { HttpError } from '../errors.ts';
import type { IntegrationsApi } from './api.ts';
import { DESTINATION, ENTITY_TYPE, toChange, toConfig } from './configs.ts';
import { find, servedOrgs, type Found, type ServedOrg } from './gateway.ts';
import { pageAcross, pageOfAll } from './paging.ts';
import {
  ErrorAnswer,
  IdParams,
  IntegrationConfigRequest,
  IntegrationConfigResponse,
  pageQuery,
  paginated,
} from './schemas.ts';

const DEFAULT_PAGE = 100;
const destinationId = Type.Optional(Type.String());
const ListQuery = pageQuery(200, { destinationId });
const ByEntityQuery = pageQuery(200, {
  destinationId,
  destination: Type.Optional(Type.String()),
  entityId: destinationId,
});
const OneQuery = Type.Object({ destinationId });
const EntityParams = Type.Object({ entityType: Type.String() });
const answers = { 200: IntegrationConfigResponse, '4xx': ErrorAnswer };

type One = { Params: Static<typeof IdParams>; Querystring: Static<typeof OneQuery> };

/** `integrationconfigs`: the Integration Configurations of every org. */
export function configRoutes(api: IntegrationsApi) {
  return (app: FastifyInstance, _: unknown, done: () => void): void => {
    const one = { schema: { params: IdParams, querystring: OneQuery, response: answers } };
    const read = ({
      params,
      query,
    }: One['Params'] extends infer P ? { params: P; query: One['Querystring'] } : never) =>
      findIntegration(api, params.id, query.destinationId);

    app.get<{ Querystring: Static<typeof ListQuery> }>(
      '/integrationconfigs',
      {
        schema: { querystring: ListQuery, response: { 200: paginated(IntegrationConfigResponse), '4xx': ErrorAnswer } },
      },
      async ({ query }) => {
        const page = await listIntegrations(api, query);
        return { ...page, data: page.data.map(toConfig) };
      },
    );
    app.get<{ Params: Static<typeof EntityParams>; Querystring: Static<typeof ByEntityQuery> }>(
      '/integrationconfigs/entity/:entityType',
      { schema: { params: EntityParams, querystring: ByEntityQuery, response: answers } },
      async ({ params, query }) => {
        const isOurs = params.entityType === ENTITY_TYPE && isOurDestination(query.destination) && !query.entityId;
        const page = isOurs ? await listIntegrations(api, { ...query, pageSize: 1 }) : { data: [] };
        const [first] = page.data;
        if (first) return toConfig(first);
        throw new HttpError(404, `There is no integration for entities of type ${params.entityType}.`);
      },
    );
    app.get<One>('/integrationconfigs/:id', one, async (request) => toConfig(await read(request)));
    app.post<{ Body: IntegrationConfigRequest }>(
      '/integrationconfigs',
      { schema: { body: IntegrationConfigRequest, response: answers } },
      ({ body }) => create(api, body),
    );
    app.put<One & { Body: IntegrationConfigRequest }>(
      '/integrationconfigs/:id',
      { schema: { ...one.schema, body: IntegrationConfigRequest } },
      async (request) => update(api, await read(request), request.body),
    );
    app.delete<One>('/integrationconfigs/:id', one, async (request) => {
      const found = await read(request);
      await found.org.records.deleteIntegration(found.row.id);
      await api.refresh(found.org.orgId);
      return toConfig(found);
    });
    app.post<One>('/integrationconfigs/:id/enable', one, async (request) => {
      const { org, row } = await read(request);
      const { test } = await api.operations.enable({ integration: row.id, org: org.orgId });
      if (test.status !== 'working') throw new HttpError(422, `The integration stays disabled. ${test.message}`);
      return changed(api, org, await org.records.integration(row.id));
    });
    app.post<One>('/integrationconfigs/:id/disable', one, async (request) => {
      const { org, row } = await read(request);
      await api.operations.disable({ integration: row.id, org: org.orgId });
      return changed(api, org, await org.records.integration(row.id));
    });
    done();
  };
}

async function findIntegration(
  api: IntegrationsApi,
  id: string,
  orgId: string | undefined,
): Promise<Found<ConfiguredIntegration>> {
  const orgs = servedOrgs(await api.orgs(), orgId);
  return find(orgs, id, 'integration', (org, one) => org.records.integration(one));
}

async function listIntegrations(
  api: IntegrationsApi,
  query: { pageSize?: number; nextToken?: string; destinationId?: string },
) {
  const orgs = servedOrgs(await api.orgs(), query.destinationId);
  const { pageSize = DEFAULT_PAGE, nextToken } = query;
  return pageAcross(orgs, { pageSize, nextToken }, async ({ records }, limit, after) =>
    pageOfAll(await records.readIntegrations(), limit, after),
  );
}

function isOurDestination(destination: string | undefined): boolean {
  return !destination || destination.toLowerCase() === DESTINATION.toLowerCase();
}

async function create(api: IntegrationsApi, body: IntegrationConfigRequest): Promise<IntegrationConfigResponse> {
  const change = toChange(body);
  const org = chooseOrg(await api.orgs(), body);
  return changed(api, org, await org.records.createIntegration({ ...change, enabled: true }));
}

/** The org of a new integration: the one it names, the one that its credential reaches, or the only one. */
function chooseOrg(orgs: readonly ServedOrg[], body: IntegrationConfigRequest): ServedOrg {
  const { destinationId: orgId, integrationCredentialsId: credential } = body;
  const named = servedOrgs(orgs, orgId);
  const byCredential = named.filter(({ credentialName }) => credentialName === credential);
  const [org, second] = byCredential.length > 0 ? byCredential : named;
  if (org && !second) return org;
  const known = orgs.map((one) => `${one.orgId} (${one.credentialName})`).join(', ') || 'none';
  throw new HttpError(
    400,
    `Say which org it is for: send its id as destinationId. The agent is signed in to: ${known}.`,
  );
}

async function update(
  api: IntegrationsApi,
  { org, row }: Found<ConfiguredIntegration>,
  body: IntegrationConfigRequest,
): Promise<IntegrationConfigResponse> {
  if (body.version === undefined) {
    throw new HttpError(400, 'An update needs the version that the integration was read with. Send it as version.');
  }
  if (body.destinationId && servedOrgs([org], body.destinationId).length === 0) {
    throw new HttpError(400, 'An integration cannot move to another org. Create one there instead.');
  }
  return changed(api, org, await org.records.updateIntegration(row.id, toChange(body, row.name), body.version));
}

/** The answer to a change, once the engine looks at it. */
async function changed(
  api: IntegrationsApi,
  org: ServedOrg,
  row: ConfiguredIntegration | undefined,
): Promise<IntegrationConfigResponse> {
  await api.refresh(org.orgId);
  if (!row) throw new HttpError(404, 'The integration was deleted by somebody else meanwhile.');
  return toConfig({ org, row });
}

import type { FastifyInstance } from 'fastify';
import Type, { type Static } from 'typebox';
import type { ConfiguredIntegration } from '../../salesforce/control/integrations.ts';
import { HttpError } from '../errors.ts';
import type { IntegrationsApi } from './api.ts';
import { DESTINATION, ENTITY_TYPE, toChange, toConfig } from './configs.ts';
import { find, servedOrgs, type Found, type KnownOrgs, type ServedOrg } from './gateway.ts';
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

const listed = { querystring: ListQuery, response: { 200: paginated(IntegrationConfigResponse), '4xx': ErrorAnswer } };
const byEntity = { params: EntityParams, querystring: ByEntityQuery, response: answers };
const one = { params: IdParams, querystring: OneQuery, response: answers };

/** `integrationconfigs`: the Integration Configurations of every org. */
export function configRoutes(api: IntegrationsApi) {
  return (app: FastifyInstance, _: unknown, done: () => void): void => {
    readingRoutes(app, api);
    writingRoutes(app, api);
    switchingRoutes(app, api);
    done();
  };
}

function readingRoutes(app: FastifyInstance, api: IntegrationsApi): void {
  app.get<{ Querystring: Static<typeof ListQuery> }>('/integrationconfigs', { schema: listed }, async ({ query }) => {
    const page = await listIntegrations(api, query);
    return { ...page, data: page.data.map(toConfig) };
  });
  app.get<{ Params: Static<typeof EntityParams>; Querystring: Static<typeof ByEntityQuery> }>(
    '/integrationconfigs/entity/:entityType',
    { schema: byEntity },
    async ({ params, query }) => {
      const isOurs = params.entityType === ENTITY_TYPE && isOurDestination(query.destination) && !query.entityId;
      const page = isOurs ? await listIntegrations(api, { ...query, pageSize: 1 }) : { data: [] };
      const [first] = page.data;
      if (first) return toConfig(first);
      throw new HttpError(404, `There is no integration for entities of type ${params.entityType}.`);
    },
  );
  app.get<One>('/integrationconfigs/:id', { schema: one }, async (request) => toConfig(await read(api, request)));
}

function writingRoutes(app: FastifyInstance, api: IntegrationsApi): void {
  app.post<{ Body: IntegrationConfigRequest }>(
    '/integrationconfigs',
    { schema: { body: IntegrationConfigRequest, response: answers } },
    ({ body }) => create(api, body),
  );
  app.put<One & { Body: IntegrationConfigRequest }>(
    '/integrationconfigs/:id',
    { schema: { ...one, body: IntegrationConfigRequest } },
    async (request) => update(api, await read(api, request), request.body),
  );
  app.delete<One>('/integrationconfigs/:id', { schema: one }, async (request) => {
    const found = await read(api, request);
    await found.org.records.deleteIntegration(found.row.id);
    await api.refresh(found.org.orgId);
    return toConfig(found);
  });
}

/** On and off by the operations, which test the connection first and tell the engine themselves. */
function switchingRoutes(app: FastifyInstance, api: IntegrationsApi): void {
  app.post<One>('/integrationconfigs/:id/enable', { schema: one }, async (request) => {
    const { org, row } = await read(api, request);
    const { test } = await api.operations.enable({ integration: row.id, org: org.orgId });
    if (test.status !== 'working') throw new HttpError(422, `The integration stays disabled. ${test.message}`);
    return toConfig(await read(api, request));
  });
  app.post<One>('/integrationconfigs/:id/disable', { schema: one }, async (request) => {
    const { org, row } = await read(api, request);
    await api.operations.disable({ integration: row.id, org: org.orgId });
    return toConfig(await read(api, request));
  });
}

async function read(
  api: IntegrationsApi,
  { params, query }: { params: One['Params']; query: One['Querystring'] },
): Promise<Found<ConfiguredIntegration>> {
  return find(await api.orgs(), { ...query, id: params.id }, 'integration', ({ records }, id) =>
    records.integration(id),
  );
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
  await checkCredential(api, body);
  const org = chooseOrg(await api.orgs(), body);
  return changed(api, org, await org.records.createIntegration({ ...change, enabled: true }));
}

async function checkCredential(api: IntegrationsApi, body: IntegrationConfigRequest): Promise<void> {
  const { integrationCredentialsId: wanted } = body;
  const known = (await api.clients.list()).filter(({ destination }) => destination === 'SALESFORCE');
  if (!wanted || known.some(({ name }) => name === wanted)) return;
  const names = known.map(({ name }) => name).join(', ') || 'none';
  throw new HttpError(400, `There is no Salesforce credential ${wanted}. The agent knows: ${names}.`);
}

/** The org of a new integration: the one it names, the one that its credential reaches, or the only one. */
function chooseOrg(orgs: KnownOrgs, body: IntegrationConfigRequest): ServedOrg {
  const { destinationId: orgId, integrationCredentialsId: credential } = body;
  const named = servedOrgs(orgs, orgId);
  const byCredential = named.filter(({ credentialName }) => credentialName === credential);
  const [org, second] = byCredential.length > 0 ? byCredential : named;
  if (org && !second) return org;
  const known = servedOrgs(orgs).map((one) => `${one.orgId} (${one.credentialName})`);
  throw new HttpError(
    400,
    `Say which org it is for: send its id as destinationId. The agent is signed in to: ${known.join(', ')}.`,
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
  await checkCredential(api, body);
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

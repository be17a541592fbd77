import type { FastifyInstance } from 'fastify';
import Type, { type Static } from 'typebox';
import { RUN_STATUSES } from '../../rules/records.ts';
import type { RunFilter, RunRow } from '../../salesforce/control/runs.ts';
import { isRecordId } from '../../salesforce/soql.ts';
import { HttpError } from '../errors.ts';
import type { IntegrationsApi } from './api.ts';
import { DESTINATION, ENTITY_TYPE } from './configs.ts';
import { find, servedOrgs, type Found, type ServedOrg } from './gateway.ts';
import { pageAcross } from './paging.ts';
import { toLog, toRunAnswer } from './runs.ts';
import {
  ErrorAnswer,
  IdParams,
  IntegrationRunLogResponse,
  IntegrationRunResponse,
  pageQuery,
  paginated,
} from './schemas.ts';

const DEFAULT_PAGE = 100;
/** Enough to see what happened; the Runs of Bills of a larger batch are a list of their own. */
const LOGGED_CHILDREN = 200;
const MOST_ROWS = 2000;
/** A batch of many Bills takes longer than clients wait: it goes on without them. */
const REPLAY_WAIT_MS = 20_000;
const text = Type.Optional(Type.String());
const filters = {
  startDate: text,
  endDate: text,
  status: Type.Optional(Type.Enum(RUN_STATUSES)),
  order: Type.Optional(Type.Enum(['ASC', 'DESC'])),
};
const ListQuery = pageQuery(200, filters);
const DestinationQuery = pageQuery(200, { ...filters, destination: text });
const LatestQuery = Type.Object({ ids: Type.Array(Type.String(), { minItems: 1, maxItems: 200 }) });
const OneQuery = Type.Object({ destinationId: text });
const EntityParams = Type.Object({ entityType: Type.String(), entityId: Type.String() });
const TypeParams = Type.Object({ entityType: Type.String() });
const LatestParams = Type.Object({ entityType: Type.String(), id: Type.String() });
const DestinationParams = Type.Object({ destinationId: Type.String() });

type List = Static<typeof ListQuery>;
type One = { Params: Static<typeof IdParams>; Querystring: Static<typeof OneQuery> };

const responding = (answer: Type.TSchema) => ({ response: { 200: answer, '4xx': ErrorAnswer } });
const runPage = responding(paginated(IntegrationRunResponse));
const oneRun = { params: IdParams, querystring: OneQuery, ...responding(IntegrationRunResponse) };

/** `integrationruns`: the Runs of every org. */
export function runRoutes(api: IntegrationsApi) {
  return (app: FastifyInstance, _: unknown, done: () => void): void => {
    listRoutes(app, api);
    latestRoutes(app, api);
    recordRoutes(app, api);
    done();
  };
}

function listRoutes(app: FastifyInstance, api: IntegrationsApi): void {
  app.get<{ Params: Static<typeof EntityParams>; Querystring: List }>(
    '/integrationruns/:entityType/:entityId',
    { schema: { params: EntityParams, querystring: ListQuery, ...runPage } },
    async ({ params, query }) => {
      const orgs = params.entityType === ENTITY_TYPE ? servedOrgs(await api.orgs()) : [];
      return list(orgs, query, ofEntity(params.entityId));
    },
  );
  app.get<{ Params: Static<typeof DestinationParams>; Querystring: Static<typeof DestinationQuery> }>(
    '/integrationruns/destinations/:destinationId',
    { schema: { params: DestinationParams, querystring: DestinationQuery, ...runPage } },
    async ({ params, query }) => {
      const isOurs = !query.destination || query.destination.toLowerCase() === DESTINATION.toLowerCase();
      return list(isOurs ? servedOrgs(await api.orgs(), params.destinationId) : [], query, {});
    },
  );
}

function latestRoutes(app: FastifyInstance, api: IntegrationsApi): void {
  app.get<{ Params: Static<typeof LatestParams> }>(
    '/integrationruns/:entityType/latest/:id',
    { schema: { params: LatestParams, ...responding(IntegrationRunResponse) } },
    async ({ params }) => {
      const [run] = params.entityType === ENTITY_TYPE ? await latest(servedOrgs(await api.orgs()), [params.id]) : [];
      if (run) return toRunAnswer(run);
      throw new HttpError(404, `There is no Run for ${params.entityType} ${params.id}.`);
    },
  );
  app.get<{ Params: Static<typeof TypeParams>; Querystring: Static<typeof LatestQuery> }>(
    '/integrationruns/:entityType/latest',
    { schema: { params: TypeParams, querystring: LatestQuery, ...runPage } },
    async ({ params, query }) => {
      const runs = params.entityType === ENTITY_TYPE ? await latest(servedOrgs(await api.orgs()), query.ids) : [];
      return { data: runs.map(toRunAnswer) };
    },
  );
}

function recordRoutes(app: FastifyInstance, api: IntegrationsApi): void {
  app.get<One>('/integrationruns/:id', { schema: oneRun }, async (request) => toRunAnswer(await read(api, request)));
  app.get<One>(
    '/integrationruns/logs/:id',
    { schema: { ...oneRun, ...responding(IntegrationRunLogResponse) } },
    async (request) => readLog(await read(api, request)),
  );
  app.post<One>(
    '/integrationruns/:id/replay',
    { schema: { ...oneRun, response: { ...oneRun.response, 202: ErrorAnswer } } },
    async (request, reply) => {
      const run = await replay(api, await read(api, request));
      if (run) return toRunAnswer(run);
      return reply.code(202).send({ message: 'It is sent again. Its Run is not written yet: list the Runs.' });
    },
  );
}

/** A Bill's Runs by its m3ter id, or the Runs of batches of an integration by its record id. */
function ofEntity(id: string): RunFilter {
  return isRecordId(id) ? { integrationId: id, level: 'batches' } : { m3terBillIds: [id], level: 'bills' };
}

async function list(orgs: readonly ServedOrg[], query: List, entity: RunFilter) {
  const { pageSize = DEFAULT_PAGE, nextToken, startDate, endDate, status, order } = query;
  const filter: RunFilter = {
    ...entity,
    order: order === 'ASC' ? 'oldestFirst' : 'newestFirst',
    ...(startDate ? { since: dateIn('startDate', startDate) } : {}),
    ...(endDate ? { until: dateIn('endDate', endDate) } : {}),
    ...(status ? { status } : {}),
  };
  const page = await pageAcross(orgs, { pageSize, nextToken }, ({ records }, limit, after) =>
    records.runs({ ...filter, limit, ...(after === undefined ? {} : { after }) }),
  );
  return { ...page, data: page.data.map(toRunAnswer) };
}

function dateIn(name: string, value: string): Date {
  const date = new Date(value);
  if (!Number.isNaN(date.getTime())) return date;
  throw new HttpError(400, `${name} is not a date. Send ISO 8601, such as 2026-11-22T00:00:00Z.`);
}

/** The latest Run of each Bill, whichever org it went to. */
async function latest(orgs: readonly ServedOrg[], billIds: readonly string[]): Promise<Found<RunRow>[]> {
  const all = await Promise.all(
    orgs.map(async (org) => (await latestOf(org, billIds)).map((row): Found<RunRow> => ({ org, row }))),
  );
  const time = ({ row }: Found<RunRow>): number => row.createdAt?.getTime() ?? 0;
  const newest = all.flat().sort((one, other) => time(other) - time(one));
  return billIds.flatMap((id) => newest.find(({ row }) => row.m3terBillId === id) ?? []);
}

/** Reads until every Bill has its Run: the Runs of one Bill may fill a page alone. */
async function latestOf({ records }: ServedOrg, billIds: readonly string[]): Promise<RunRow[]> {
  const found = new Map<string, RunRow>();
  for (let missing = [...billIds]; missing.length > 0;) {
    const { rows, next } = await records.runs({ m3terBillIds: missing, level: 'bills', limit: MOST_ROWS });
    for (const row of rows) {
      const id = row.m3terBillId ?? '';
      if (!found.has(id)) found.set(id, row);
    }
    missing = next === null || rows.length === 0 ? [] : missing.filter((id) => !found.has(id));
  }
  return [...found.values()];
}

async function read(
  api: IntegrationsApi,
  { params, query }: { params: One['Params']; query: One['Querystring'] },
): Promise<Found<RunRow>> {
  return find(await api.orgs(), { ...query, id: params.id }, 'Run', async ({ records }, id) => {
    const { rows } = await records.runs({ ids: [id], limit: 1 });
    return rows[0];
  });
}

async function readLog({ org, row }: Found<RunRow>): Promise<{ Payload: string }> {
  const isBatch = row.parentRunId === null;
  const [children, events] = await Promise.all([
    isBatch ? org.records.runs({ level: { parentRunId: row.id }, limit: LOGGED_CHILDREN }) : { rows: [] },
    org.records.events({ runId: row.id, limit: LOGGED_CHILDREN }),
  ]);
  return toLog(row, children.rows, events.rows);
}

/** The Run of the new batch, over or still under way; undefined while the org does not hold it. */
async function replay(api: IntegrationsApi, { org, row }: Found<RunRow>): Promise<Found<RunRow> | undefined> {
  const signal = AbortSignal.timeout(REPLAY_WAIT_MS);
  const { runKey } = await api.operations.replay({ run: row.id, org: org.orgId }, { signal });
  if (runKey === null) {
    throw new HttpError(422, 'There is nothing to send again: the Run has no Bill that the integration would send.');
  }
  const [run] = (await org.records.runs({ keys: [runKey], limit: 1 })).rows;
  return run && { org, row: run };
}

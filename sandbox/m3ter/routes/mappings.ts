import type { FastifyInstance } from 'fastify';
import type { ExternalMapping } from '../../data/model.ts';
import { uuidOf } from '../../data/random.ts';
import { parseExact, stringifyExact } from '../../shared/exactJson.ts';
import { notFound } from '../apiError.ts';
import type { Api } from '../app.ts';
import { changedAt, createdAt } from '../audit.ts';
import { documentText } from '../documentText.ts';
import { listOf, listQuery, pageSizeOf, documentsText, text } from '../query.ts';
import type { Paging } from '../query.ts';
import { insertMapping, mappingValues } from '../store.ts';
import { isIn, where } from '../table.ts';
import type { Filter } from '../table.ts';
import { requireVersion } from '../versions.ts';

const LARGEST_PAGE = 200;
const code = { type: 'string', minLength: 1, pattern: '^\\S(?:.*\\S)?$' };

const mappingBody = {
  type: 'object',
  required: ['m3terEntity', 'm3terId', 'externalSystem', 'externalTable', 'externalId'],
  properties: {
    version: { type: 'integer' },
    m3terEntity: code,
    m3terId: code,
    externalSystem: code,
    externalTable: code,
    externalId: code,
    integrationConfigId: text,
  },
  additionalProperties: false,
};

type Body = Partial<ExternalMapping>;

/** External Mappings: list, by either side, get, create, update, delete, and the vocabulary they may use. */
export function mappingRoutes(app: FastifyInstance, { store, now }: Api): void {
  const get = (id: string): string => {
    const row = store.mappings.get(id);
    if (!row) throw notFound('External Mapping', id);
    return String(row['document']);
  };
  listRoutes(app, store);
  app.get<{ Params: { id: string } }>('/externalmappings/:id', ({ params }) => get(params.id));
  app.post<{ Body: Body }>('/externalmappings', { schema: { body: mappingBody } }, ({ body }) => {
    const at = now();
    const id = uuidOf('mapping', store.nextTurn(), at.toISOString());
    const mapping = { ...body, id, version: 1, ...createdAt(at) };
    insertMapping(store, mapping);
    return documentText(mapping);
  });
  app.put<{ Params: { id: string }; Body: Body }>(
    '/externalmappings/:id',
    { schema: { body: mappingBody } },
    ({ params: { id }, body }) => {
      const before = parseExact(get(id)) as ExternalMapping;
      const version = requireVersion(body.version, before.version);
      const mapping = { ...body, id, version, ...changedAt(before, now()) };
      store.mappings.update(id, mappingValues(mapping));
      return documentText(mapping);
    },
  );
  app.delete<{ Params: { id: string } }>('/externalmappings/:id', ({ params }) => {
    const mapping = get(params.id);
    store.mappings.delete({ sql: 'id = ?', params: [params.id] });
    return mapping;
  });
  // Candidates come from a destination that m3ter is signed in to; local m3ter is signed in to none.
  for (const path of ['/:destination/:entityType', '/:destination/:entityType/:integrationCredentialsId']) {
    app.get(`/externalmappingconfiguration/values${path}`, () => '[]');
  }
  app.get('/externalmappingconfiguration', () =>
    stringifyExact({
      m3terEntities: ['Account'],
      externalSystems: [{ name: 'Salesforce', tables: ['Account'], allowCustomExternalTables: true }],
    }),
  );
}

function listRoutes(app: FastifyInstance, store: Api['store']): void {
  const list = (query: Paging, filters: Filter[]): string => {
    return documentsText(store.mappings.page(filters, pageSizeOf(query), query.nextToken, 'document'));
  };
  app.get<{ Querystring: Paging & { externalSystemId?: string; m3terIds?: string; integrationConfigId?: string } }>(
    '/externalmappings',
    {
      schema: {
        querystring: listQuery({ externalSystemId: text, m3terIds: text, integrationConfigId: text }, LARGEST_PAGE),
      },
    },
    ({ query }) =>
      list(query, [
        ...where('external_system = ?', query.externalSystemId),
        ...isIn('m3ter_id', listOf(query.m3terIds)),
        ...where('config_id = ?', query.integrationConfigId),
      ]),
  );
  const schema = { querystring: listQuery({}, LARGEST_PAGE) };
  app.get<{ Querystring: Paging; Params: { entity: string; m3terId: string } }>(
    '/externalmappings/external/:entity/:m3terId',
    { schema },
    ({ query, params }) =>
      list(query, [...where('entity = ?', params.entity), ...where('m3ter_id = ?', params.m3terId)]),
  );
  app.get<{ Querystring: Paging; Params: { system: string; externalTable: string; externalId: string } }>(
    '/externalmappings/externalid/:system/:externalTable/:externalId',
    { schema },
    ({ query, params }) =>
      list(query, [
        ...where('external_system = ?', params.system),
        ...where('external_table = ?', params.externalTable),
        ...where('external_id = ?', params.externalId),
      ]),
  );
}

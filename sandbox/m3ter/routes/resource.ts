import type { FastifyInstance } from 'fastify';
import { uuidOf } from '../../data/random.ts';
import { parseExact } from '../../shared/exactJson.ts';
import { notFound } from '../apiError.ts';
import type { Api } from '../app.ts';
import { changedAt, createdAt } from '../audit.ts';
import { documentText } from '../documentText.ts';
import { listOf, listQuery, pageSizeOf, documentsText, text } from '../query.ts';
import type { Paging } from '../query.ts';
import { isIn } from '../table.ts';
import type { DocumentTable, Filter, Values } from '../table.ts';
import { requireVersion } from '../versions.ts';

/** What m3ter keeps of a resource. */
export type Entity = Record<string, unknown>;

/** What tells one kind of resource from another. */
export interface Resource {
  /** Such as `/notifications/configurations`. */
  path: string;
  /** What messages call it. */
  title: string;
  table: DocumentTable;
  /** The JSON Schema of what a client sends. */
  body: object;
  /** The entity that is kept, from what a client sends; throws ApiError for what local m3ter cannot do. */
  complete: (body: Entity) => Entity;
  /** The columns that list calls filter by. */
  columns: (entity: Entity) => Values;
  /** The largest page of the list; 100 unless told. */
  largestPage?: number;
  /** What the list can be filtered by, beside ids. */
  filters?: { schema: Record<string, object>; of: (query: Record<string, string>) => Filter[] };
}

/** What a caller may do with a resource beyond its routes. */
export interface ResourceStore {
  /** The JSON text of an entity; throws ApiError 404 when there is none. */
  get: (id: string) => string;
  /** Changes an entity, moves its version and answers its JSON text. */
  update: (id: string, change: (before: Entity) => Entity) => string;
}

/** List, get, create, update by version and delete of a resource that m3ter keeps as it is sent. */
export function resourceRoutes(app: FastifyInstance, { store, now }: Api, resource: Resource): ResourceStore {
  const { path, title, table, complete } = resource;
  const get = (id: string): string => {
    const row = table.get(id);
    if (!row) throw notFound(title, id);
    return String(row['document']);
  };
  const values = (entity: Entity): Values => ({ document: documentText(entity), ...resource.columns(entity) });
  const update = (id: string, change: (before: Entity) => Entity): string => {
    const before = parseExact(get(id)) as Entity;
    const entity = { ...change(before), id, version: Number(before['version']) + 1, ...changedAt(before, now()) };
    table.update(id, values(entity));
    return documentText(entity);
  };

  const schema = listQuery({ ids: text, ...resource.filters?.schema }, resource.largestPage);
  app.get<{ Querystring: Paging & Record<string, string> & { ids?: string } }>(
    path,
    { schema: { querystring: schema } },
    ({ query }) => {
      const filters = [...isIn('id', listOf(query.ids)), ...(resource.filters?.of(query) ?? [])];
      return documentsText(table.page(filters, pageSizeOf(query), query.nextToken, 'document'));
    },
  );
  app.get<{ Params: { id: string } }>(`${path}/:id`, ({ params }) => get(params.id));
  app.post<{ Body: Entity }>(path, { schema: { body: resource.body } }, ({ body }) => {
    const at = now();
    const id = uuidOf(path, store.nextTurn(), at.toISOString());
    const entity = { ...complete(body), id, version: 1, ...createdAt(at) };
    table.insert({ id: entity.id, ...values(entity) });
    return documentText(entity);
  });
  app.put<{ Params: { id: string }; Body: Entity }>(
    `${path}/:id`,
    { schema: { body: resource.body } },
    ({ params: { id }, body }) =>
      update(id, (before) => {
        requireVersion(body['version'] as number | undefined, before['version'] as number);
        return complete(body);
      }),
  );
  app.delete<{ Params: { id: string } }>(`${path}/:id`, ({ params }) => {
    const entity = get(params.id);
    table.delete({ sql: 'id = ?', params: [params.id] });
    return entity;
  });
  return { get, update };
}

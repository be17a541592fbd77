import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { ObjectModel, Org } from '../../model.ts';
import { any } from '../../graphql/soqlText.ts';
import type { Access } from '../access.ts';
import { batch } from '../batch.ts';
import { sendExact } from '../jsonRoutes.ts';
import { nameField } from '../recordMarks.ts';
import { fieldTree } from '../recordRepresentation.ts';
import { accessFor, listParameter, namedObject } from '../requests.ts';
import { orderOf } from './columns.ts';
import type { Column } from './columns.ts';
import { likeLiteral, viewCondition } from './filters.ts';
import { columnsOf, listInfo, listReference } from './listInfo.ts';
import { pageMarks, pageRange, recordPage } from './paging.ts';
import type { PageParameters } from './paging.ts';
import { viewById, viewByName, viewsOf } from './views.ts';
import type { NamedView } from './views.ts';
import { whereCondition } from './whereParameter.ts';

interface RecordParameters extends PageParameters {
  fields?: unknown;
  optionalFields?: unknown;
  searchTerm?: unknown;
  sortBy?: unknown;
  where?: unknown;
}
interface ByName {
  Params: { object: string; view: string };
  Querystring: RecordParameters;
  Body: RecordParameters | undefined;
}
interface ById {
  Params: { object: string };
  Querystring: RecordParameters & { q?: string; recentListsOnly?: string };
  Body: RecordParameters | undefined;
}

const LIMITS = { usual: 50, largest: 2000, furthest: 2000 };
const SUMMARY_LIMITS = { usual: 20, largest: 2000, furthest: 2000 };
const ID = /^00B\w{12}(?:\w{3})?$/;

/**
 * `/ui-api/list-info`, `/list-records` and `/list-ui`: list views and their records, which every list filters by its
 * own filters. A list is named by its id or by the API names of its object and its own.
 *
 * Source: UI API Developer Guide, "Get List Views for an Object", "Get List View Metadata", "Get List View Records with
 * URL Parameters", "... with a Request Body", "Get List View Records and Metadata" (ui_api_resources_list_views,
 * _list_views_metadata, _list_views_records, _list_views_records_post, _list_views_records_md).
 */
export function listRoutes(scope: FastifyInstance, org: Org, base: string): void {
  infoRoutes(scope, org, base);
  const byName = (request: FastifyRequest<ByName>, access: Access) =>
    viewByName(org, access, request.params.object, request.params.view);
  const records = (request: FastifyRequest, access: Access, view: NamedView, parameters: RecordParameters) =>
    viewRecords(org, access, view, parameters, request.url);

  const answerById = (request: FastifyRequest<ById>, parameters: RecordParameters) => {
    const access = accessFor(org, request);
    return records(request, access, viewById(org, access, request.params.object), parameters);
  };
  scope.get<ById>(`${base}/list-records/:object`, (request, reply) =>
    sendExact(reply, answerById(request, request.query)),
  );
  scope.post<ById>(`${base}/list-records/:object`, (request, reply) =>
    sendExact(reply, answerById(request, request.body ?? {})),
  );
  const answer = (request: FastifyRequest<ByName>, parameters: RecordParameters) => {
    const access = accessFor(org, request);
    return records(request, access, byName(request, access), parameters);
  };
  scope.get<ByName>(`${base}/list-records/:object/:view`, (request, reply) =>
    sendExact(reply, answer(request, request.query)),
  );
  scope.post<ByName>(`${base}/list-records/:object/:view`, (request, reply) =>
    sendExact(reply, answer(request, request.body ?? {})),
  );
  scope.get<ByName>(`${base}/list-ui/:object/:view`, (request, reply) => {
    const access = accessFor(org, request);
    const view = byName(request, access);
    const info = listInfo(access, view);
    return sendExact(reply, { eTag: info.eTag, info, records: records(request, access, view, request.query) });
  });
}

function infoRoutes(scope: FastifyInstance, org: Org, base: string): void {
  scope.get<ById>(`${base}/list-info/:object`, (request, reply) => {
    const access = accessFor(org, request);
    const { object } = request.params;
    if (ID.test(object)) return sendExact(reply, listInfo(access, viewById(org, access, object)));
    return sendExact(reply, summaries(org, access, namedObject(access, object), request));
  });
  scope.get<ById>(`${base}/list-ui/:object`, (request, reply) => {
    const access = accessFor(org, request);
    const { object } = request.params;
    if (!ID.test(object)) return sendExact(reply, summaries(org, access, namedObject(access, object), request));
    const view = viewById(org, access, object);
    const info = listInfo(access, view);
    const records = viewRecords(org, access, view, request.query, request.url);
    return sendExact(reply, { eTag: info.eTag, info, records });
  });
  scope.get<{ Params: { ids: string } }>(`${base}/list-info/batch/:ids`, (request, reply) => {
    const access = accessFor(org, request);
    const info = (id: string) => listInfo(access, viewById(org, access, id));
    return sendExact(reply, batch(listParameter(request.params.ids), info));
  });
  scope.get<ByName>(`${base}/list-info/:object/:view`, (request, reply) => {
    const access = accessFor(org, request);
    const { object, view } = request.params;
    return sendExact(reply, listInfo(access, viewByName(org, access, object, view)));
  });
}

/** Source: UI API Developer Guide, "List Info Summary Collection" (ui_api_responses_list_info_summary_collection). */
function summaries(org: Org, access: Access, object: ObjectModel, request: FastifyRequest<ById>) {
  const range = pageRange(request.query, SUMMARY_LIMITS);
  const q = request.query.q ?? null;
  const isRecentOnly = request.query.recentListsOnly === 'true';
  const all = isRecentOnly ? [] : viewsOf(org, access, object);
  const found = q === null ? all : all.filter(({ view }) => matches(view.label, q));
  const lists = found.slice(range.before, range.before + range.pageSize);
  return {
    count: lists.length,
    ...pageMarks(request.url, range, found.length > range.before + range.pageSize),
    lists: lists.map((named) => ({
      apiName: named.view.name,
      label: named.view.label,
      listUiUrl: request.url.replace(/\/list-(?:info|ui)\/.*$/, `/list-ui/${named.id}`),
      ...listReference(named),
    })),
    objectApiName: object.name,
    pageSize: range.pageSize,
    queryString: q,
    recentListsOnly: isRecentOnly,
  };
}

/** Whether a label holds the parts of a search term, in their order. */
function matches(label: string, term: string): boolean {
  const text = label.toLowerCase();
  let from = 0;
  return wildcards(term.toLowerCase()).every((part) => {
    const found = text.indexOf(part, from);
    from = found + part.length;
    return found >= 0;
  });
}

/** The parts of a search term between its wildcards. */
const wildcards = (term: string): string[] => term.split('*');

/** Source: UI API Developer Guide, "List Record Collection" (ui_api_responses_list_record_collection). */
function viewRecords(org: Org, access: Access, named: NamedView, parameters: RecordParameters, url: string) {
  const { object } = named;
  const columns = columnsOf(access, named);
  const fields = listParameter(parameters.fields).map((name) => qualified(object, name));
  const optionalFields = listParameter(parameters.optionalFields).map((name) => qualified(object, name));
  const shown = columns.flatMap(({ path, lookupId }) => (lookupId === null ? [path] : [path, lookupId]));
  const ofList = [...new Set(['Id', nameField(object)?.name ?? 'Id', ...shown])].map(
    (path) => `${object.name}.${path}`,
  );
  const sortBy = listParameter(parameters.sortBy);
  const name = nameField(object)?.name;
  const range = pageRange(parameters, LIMITS);
  const { records, hasMore } = recordPage(
    org,
    access,
    object,
    {
      conditions: [
        viewCondition(access, object, named.view),
        whereCondition(access, object, parameters.where),
        searchCondition(columns, parameters.searchTerm),
      ],
      order: orderOf(access, object, sortBy) || (name ? ` ORDER BY ${name} ASC NULLS LAST` : ''),
      tree: fieldTree(access, object, fields, [...optionalFields, ...ofList]),
    },
    range,
  );
  return {
    count: records.length,
    ...pageMarks(url, range, hasMore),
    fields,
    listInfoETag: listInfo(access, named).eTag,
    listReference: listReference(named),
    optionalFields,
    pageSize: range.pageSize,
    records,
    searchTerm: parameters.searchTerm ?? null,
    sortBy,
    where: parameters.where ?? null,
  };
}

/** Requests for list records may leave out the object's name in front of a field. */
const qualified = (object: ObjectModel, name: string): string =>
  name.toLowerCase().startsWith(`${object.name.toLowerCase()}.`) ? name : `${object.name}.${name}`;

const SEARCHED = ['string', 'email', 'phone', 'url', 'picklist'];

/** Some column has to hold the term, in which `*` stands for anything. */
function searchCondition(columns: Column[], term: unknown): string {
  if (typeof term !== 'string' || term.trim() === '') return '';
  const pattern = likeLiteral('', ...wildcards(term.trim()), '');
  const searched = columns.filter(({ field }) => SEARCHED.includes(field.type));
  return any(searched.map(({ path }) => `${path} LIKE ${pattern}`)) || 'Id = null';
}

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { ObjectModel, Org } from '../model.ts';
import { OrgError } from '../orgError.ts';
import { query } from '../soql/query.ts';
import { all, textLiteral } from '../graphql/soqlText.ts';
import type { Access, Child } from './access.ts';
import { batch } from './batch.ts';
import { eTagOf } from './eTag.ts';
import { sendExact } from './jsonRoutes.ts';
import { orderOf } from './lists/columns.ts';
import { pageMarks, pageRange, recordPage, wholeNumber } from './lists/paging.ts';
import type { PageParameters } from './lists/paging.ts';
import { whereCondition } from './lists/whereParameter.ts';
import { fieldTree } from './recordRepresentation.ts';
import { relatedListInfo, relatedListReference, relatedListSummary } from './relatedListInfo.ts';
import { accessFor, listParameter, namedObject, namedRecord } from './requests.ts';
import type { NamedRecord } from './requests.ts';

interface Parameters extends PageParameters {
  fields?: unknown;
  optionalFields?: unknown;
  sortBy?: unknown;
  where?: unknown;
}
interface ByList {
  Params: { parent: string; list: string };
  Querystring: Parameters & { maxCount?: unknown };
  Body: Parameters | undefined;
}
type Batch = ByList & { Body: { relatedListParameters?: Array<Parameters & { relatedListId?: unknown }> } | undefined };

const LIMITS = { usual: 50, largest: 1999, furthest: Number.MAX_SAFE_INTEGER };
const USUAL_COUNT = 20;
const LARGEST_COUNT = 1999;

/**
 * `/ui-api/related-list-records`, `/related-list-count` and `/related-list-info`: the children of a record, page by
 * page, how many there are, and metadata of the lists.
 *
 * Source: UI API Developer Guide, "Get Related List Records", "Get Related List Record Count", "Get Related List
 * Metadata", "Get Related Lists for an Object" and their batches (ui_api_resources_related_list_records,
 * _related_list_count, _related_list_info, _related_lists).
 */
export function relatedListRoutes(scope: FastifyInstance, org: Org, base: string): void {
  recordRoutes(scope, org, base);
  countRoutes(scope, org, base);
  infoRoutes(scope, org, base);
}

function recordRoutes(scope: FastifyInstance, org: Org, base: string): void {
  const records = (request: FastifyRequest<ByList>, list: string, parameters: Parameters) => {
    const access = accessFor(org, request);
    const parent = namedRecord(org, access, request.params.parent);
    return relatedList(org, access, parent, childList(access, parent.object, list), parameters, request.url);
  };
  const answer = (request: FastifyRequest<ByList>, reply: FastifyReply, parameters: Parameters) =>
    sendExact(reply, records(request, request.params.list, parameters));
  scope.get<ByList>(`${base}/related-list-records/:parent/:list`, (request, reply) =>
    answer(request, reply, request.query),
  );
  scope.post<ByList>(`${base}/related-list-records/:parent/:list`, (request, reply) =>
    answer(request, reply, request.body ?? {}),
  );
  scope.get<ByList>(`${base}/related-list-records/batch/:parent/:list`, (request, reply) =>
    sendExact(
      reply,
      batch(listParameter(request.params.list), (list) => records(request, list, request.query)),
    ),
  );
  scope.post<Batch>(`${base}/related-list-records/batch/:parent`, (request, reply) => {
    const wanted = new Map(
      (request.body?.relatedListParameters ?? []).map((each) => [String(each.relatedListId), each]),
    );
    return sendExact(
      reply,
      batch([...wanted.keys()], (list) => records(request, list, wanted.get(list) ?? {})),
    );
  });
}

/** Source: UI API Developer Guide, "Related List Record Count" (ui_api_responses_related_list_record_count). */
function countRoutes(scope: FastifyInstance, org: Org, base: string): void {
  const count = (request: FastifyRequest<ByList>, list: string) => {
    const access = accessFor(org, request);
    const parent = namedRecord(org, access, request.params.parent);
    const child = childList(access, parent.object, list);
    const most = wholeNumber('maxCount', request.query.maxCount ?? USUAL_COUNT, 1, LARGEST_COUNT);
    const soql = `SELECT COUNT() FROM ${child.object.name} WHERE ${childCondition(parent, child)}`;
    const { totalSize } = query(org, access.user, soql);
    return {
      count: Math.min(totalSize, most),
      hasMore: totalSize > most,
      listReference: relatedListReference(parent.object, child, String(parent.values['Id'])),
    };
  };
  scope.get<ByList>(`${base}/related-list-count/:parent/:list`, (request, reply) =>
    sendExact(reply, count(request, request.params.list)),
  );
  scope.get<ByList>(`${base}/related-list-count/batch/:parent/:list`, (request, reply) =>
    sendExact(
      reply,
      batch(listParameter(request.params.list), (list) => count(request, list)),
    ),
  );
}

function infoRoutes(scope: FastifyInstance, org: Org, base: string): void {
  const info = (request: FastifyRequest<ByList>, list: string) => {
    const access = accessFor(org, request);
    const object = namedObject(access, request.params.parent);
    return relatedListInfo(org, access, object, childList(access, object, list));
  };
  scope.get<ByList>(`${base}/related-list-info/:parent`, (request, reply) => {
    const access = accessFor(org, request);
    const object = namedObject(access, request.params.parent);
    const relatedLists = access.children(object).map((child) => relatedListSummary(object, child, request.url));
    const collection = { parentObjectApiName: object.name, parentRecordTypeId: null, relatedLists };
    return sendExact(reply, { ...collection, eTag: eTagOf(collection) });
  });
  scope.get<ByList>(`${base}/related-list-info/:parent/:list`, (request, reply) =>
    sendExact(reply, info(request, request.params.list)),
  );
  scope.get<ByList>(`${base}/related-list-info/batch/:parent/:list`, (request, reply) =>
    sendExact(
      reply,
      batch(listParameter(request.params.list), (list) => info(request, list)),
    ),
  );
}

function childList(access: Access, object: ObjectModel, list: string): Child {
  const child = access.children(object).find(({ name }) => name.toLowerCase() === list.toLowerCase());
  if (child) return child;
  throw new OrgError('NOT_FOUND', `${object.name} has no related list ${list} that you may read.`, { status: 404 });
}

const childCondition = (parent: NamedRecord, child: Child): string =>
  `${child.field.name} = ${textLiteral(String(parent.values['Id']))}`;

function relatedList(org: Org, access: Access, parent: NamedRecord, child: Child, parameters: Parameters, url: string) {
  const fields = listParameter(parameters.fields);
  const optionalFields = listParameter(parameters.optionalFields);
  const sortBy = listParameter(parameters.sortBy);
  const range = pageRange(parameters, LIMITS);
  const condition = all([childCondition(parent, child), whereCondition(access, child.object, parameters.where)]);
  const { records, hasMore } = recordPage(
    org,
    access,
    child.object,
    {
      conditions: [condition],
      order: orderOf(access, child.object, sortBy),
      tree: fieldTree(access, child.object, fields, optionalFields),
    },
    range,
  );
  return {
    count: records.length,
    ...pageMarks(url, range, hasMore),
    fields,
    listInfoETag: eTagOf([child.name, fields, optionalFields]),
    listReference: relatedListReference(parent.object, child, String(parent.values['Id'])),
    optionalFields,
    pageSize: range.pageSize,
    records,
    sortBy,
    where: parameters.where ?? null,
  };
}

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { ObjectModel, Org } from '../model.ts';
import { OrgError } from '../orgError.ts';
import { query } from '../soql/query.ts';
import type { Access, Child } from './access.ts';
import { eTagOf } from './eTag.ts';
import { sendExact } from './jsonRoutes.ts';
import { MASTER_RECORD_TYPE } from './objectInfo.ts';
import { fieldTree, recordRepresentation } from './recordRepresentation.ts';
import { accessFor, listParameter, namedRecord } from './requests.ts';
import type { NamedRecord } from './requests.ts';

interface Parameters {
  fields?: unknown;
  optionalFields?: unknown;
  pageSize?: unknown;
  pageToken?: unknown;
  sortBy?: unknown;
  where?: unknown;
}
interface ByList {
  Params: { parentId: string; list: string };
  Querystring: Parameters;
  Body: Parameters | undefined;
}

const DEFAULT_PAGE_SIZE = 50;
const MAX_PAGE_SIZE = 1999;

/**
 * `/ui-api/related-list-records`: the children of a record, page by page; parameters in the query (GET) or in the
 * body (POST).
 *
 * Source: UI API Developer Guide, "Get Related List Records" (ui_api_resources_related_list_records).
 */
export function relatedListRoutes(scope: FastifyInstance, org: Org, base: string): void {
  const url = `${base}/related-list-records/:parentId/:list`;
  const answer = (request: FastifyRequest<ByList>, reply: FastifyReply, parameters: Parameters) => {
    const access = accessFor(org, request);
    const parent = namedRecord(org, access, request.params.parentId);
    const child = childList(access, parent.object, request.params.list);
    return sendExact(reply, relatedList(org, access, parent, child, parameters));
  };
  scope.get<ByList>(url, (request, reply) => answer(request, reply, request.query));
  scope.post<ByList>(url, (request, reply) => answer(request, reply, request.body ?? {}));
}

function childList(access: Access, object: ObjectModel, list: string): Child {
  const child = access.children(object).find(({ name }) => name.toLowerCase() === list.toLowerCase());
  if (child) return child;
  throw new OrgError('NOT_FOUND', `${object.name} has no related list ${list} that you may read.`, { status: 404 });
}

function relatedList(org: Org, access: Access, parent: NamedRecord, child: Child, parameters: Parameters) {
  if (parameters.where !== undefined) {
    throw new OrgError('UNSUPPORTED', 'The local org does not filter related lists. Query them with GraphQL.');
  }
  const fields = listParameter(parameters.fields);
  const optionalFields = listParameter(parameters.optionalFields);
  const tree = fieldTree(access, child.object, fields, optionalFields);
  const pageSize = wholeNumber('pageSize', parameters.pageSize ?? DEFAULT_PAGE_SIZE, 1, MAX_PAGE_SIZE);
  const before = wholeNumber('pageToken', parameters.pageToken ?? 0, 0, Number.MAX_SAFE_INTEGER);
  const sortBy = listParameter(parameters.sortBy);
  const found = query(
    org,
    access.user,
    `SELECT Id FROM ${child.object.name} WHERE ${child.field.name} = '${String(parent.values['Id'])}'` +
      `${orderOf(access, child.object, sortBy)} LIMIT ${pageSize + 1} OFFSET ${before}`,
  ).records;
  const records = found.slice(0, pageSize).map((row) => {
    const { values } = namedRecord(org, access, String(row['Id']));
    return recordRepresentation(org, access, child.object, values, tree);
  });
  return {
    count: records.length,
    currentPageToken: String(before),
    currentPageUrl: null,
    fields,
    listInfoETag: eTagOf([child.name, fields, optionalFields]),
    listReference: reference(parent, child),
    nextPageToken: found.length > pageSize ? String(before + pageSize) : null,
    nextPageUrl: null,
    optionalFields,
    pageSize,
    previousPageToken: before > 0 ? String(Math.max(0, before - pageSize)) : null,
    previousPageUrl: null,
    records,
    sortBy,
    where: null,
  };
}

const reference = (parent: NamedRecord, child: Child) => ({
  id: null,
  inContextOfRecordId: parent.values['Id'] ?? null,
  listViewApiName: null,
  objectApiName: child.object.name,
  parentObjectApiName: parent.object.name,
  recordTypeId: MASTER_RECORD_TYPE,
  relatedListId: child.name,
  type: 'entityRelatedList',
});

/** `sortBy` is one field, with a minus in front for descending order and, if wished, the object's name. */
function orderOf(access: Access, object: ObjectModel, sortBy: string[]): string {
  const [first, second] = sortBy;
  if (first === undefined) return '';
  if (second !== undefined) throw new OrgError('INVALID_INPUT', 'sortBy takes one field. Leave the others out.');
  const name = first.replace(/^-/, '').split('.').pop() ?? '';
  const field = access.field(object, name);
  if (!field) throw new OrgError('INVALID_FIELD', `${object.name} has no field ${name} to sort by.`);
  return ` ORDER BY ${field.name} ${first.startsWith('-') ? 'DESC' : 'ASC'}`;
}

function wholeNumber(name: string, value: unknown, smallest: number, largest: number): number {
  const number = Number(value);
  if (Number.isInteger(number) && number >= smallest && number <= largest) return number;
  throw new OrgError(
    'INVALID_INPUT',
    `${name} is ${String(value)}, but has to be a whole number of ${smallest} to ${largest}.`,
  );
}

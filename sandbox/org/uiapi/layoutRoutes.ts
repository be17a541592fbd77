import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { ObjectModel, Org, StoredRecord } from '../model.ts';
import type { Access } from './access.ts';
import { eTagOf } from './eTag.ts';
import { sendExact } from './jsonRoutes.ts';
import { layoutFields, layoutTypesOf, modesOf, recordLayout } from './layout.ts';
import { MASTER_RECORD_TYPE, objectInfo } from './objectInfo.ts';
import { fieldTree, recordRepresentation } from './recordRepresentation.ts';
import { accessFor, listParameter, namedObject, namedRecord, requireRecordType } from './requests.ts';
import { layoutNames } from './wantedFields.ts';

interface Query {
  layoutType?: unknown;
  layoutTypes?: unknown;
  mode?: unknown;
  modes?: unknown;
  recordTypeId?: string;
  optionalFields?: unknown;
}
interface ByObject {
  Params: { object: string };
  Querystring: Query;
}
interface ByIds {
  Params: { ids: string };
  Querystring: Query;
}

/**
 * `/ui-api/layout`, `/record-defaults` and `/record-ui`: what a page needs to show, create or clone a record.
 *
 * Source: UI API Developer Guide, "Get Record Layout Metadata", "Get Default Values to Create a Record", "... to Clone a
 * Record", "Get Record Data and Object Metadata" (ui_api_resources_record_layout, _record_defaults_create,
 * _record_defaults_clone, _record_ui).
 */
export function layoutRoutes(scope: FastifyInstance, org: Org, base: string): void {
  scope.get<ByObject>(`${base}/layout/:object`, (request, reply) => {
    const access = accessFor(org, request);
    const object = namedObject(access, request.params.object);
    requireRecordType(request.query.recordTypeId);
    const [layoutType = 'Full'] = layoutTypesOf(request.query.layoutType);
    const [mode = 'View'] = modesOf(request.query.mode);
    return sendExact(reply, recordLayout(org, access, object, layoutType, mode));
  });
  defaultsRoutes(scope, org, base);
  scope.get<ByIds>(`${base}/record-ui/:ids`, (request, reply) => sendExact(reply, recordUi(org, request)));
}

function defaultsRoutes(scope: FastifyInstance, org: Org, base: string): void {
  const forCreate = (request: FastifyRequest<ByObject>) => {
    const access = accessFor(org, request);
    const object = namedObject(access, request.params.object);
    requireRecordType(request.query.recordTypeId);
    const values = org.defaults(access.user, object.name);
    return defaultsOf(org, access, object, values, listParameter(request.query.optionalFields));
  };
  const complete = (request: FastifyRequest, { object, record }: Defaults) => {
    const access = accessFor(org, request);
    const layout = recordLayout(org, access, object, 'Full', 'Create');
    return { layout, objectInfos: objectInfos(org, access, [object]), record };
  };
  scope.get<ByObject>(`${base}/record-defaults/create/:object`, (request, reply) =>
    sendExact(reply, complete(request, forCreate(request))),
  );
  scope.get<ByObject>(`${base}/record-defaults/template/create/:object`, (request, reply) => {
    const { object, record } = forCreate(request);
    return sendExact(reply, { objectInfos: objectInfos(org, accessFor(org, request), [object]), record });
  });
  scope.get<{ Params: { id: string }; Querystring: Query }>(`${base}/record-defaults/clone/:id`, (request, reply) => {
    const access = accessFor(org, request);
    const { object, values } = namedRecord(org, access, request.params.id);
    const optionalFields = listParameter(request.query.optionalFields);
    return sendExact(reply, complete(request, defaultsOf(org, access, object, values, optionalFields)));
  });
}

interface Defaults {
  object: ObjectModel;
  record: object;
}

/** The record that is not there yet, with the fields of the layout that it will be made on. */
function defaultsOf(
  org: Org,
  access: Access,
  object: ObjectModel,
  values: StoredRecord,
  optionalFields: string[],
): Defaults {
  const names = layoutFields(access, object, 'Full', 'Create').map(({ name }) => `${object.name}.${name}`);
  const tree = fieldTree(access, object, names, optionalFields);
  const record = {
    ...recordRepresentation(org, access, object, values, tree),
    ...{ id: null, lastModifiedById: null, lastModifiedDate: null, systemModstamp: null, weakEtag: 0 },
  };
  return { object, record };
}

/** Metadata of objects and of those that their lookups refer to, by API name. */
function objectInfos(org: Org, access: Access, objects: ObjectModel[]) {
  const parents = objects.flatMap((object) => access.parents(object).map((parent) => parent.object));
  const all = new Map([...objects, ...parents].map((object) => [object.name, object]));
  return Object.fromEntries([...all].map(([name, object]) => [name, objectInfo(org, access, object)]));
}

/** Source: UI API Developer Guide, "Record UI" (ui_api_responses_record_ui). */
function recordUi(org: Org, request: FastifyRequest<ByIds>) {
  const access = accessFor(org, request);
  const layoutTypes = layoutTypesOf(request.query.layoutTypes);
  const modes = modesOf(request.query.modes);
  const found = listParameter(request.params.ids).map((id) => namedRecord(org, access, id));
  const objects = [...new Map(found.map(({ object }) => [object.name, object])).values()];
  const layoutsOf = (object: ObjectModel) =>
    Object.fromEntries(
      layoutTypes.map((type) => [
        type,
        Object.fromEntries(modes.map((mode) => [mode, recordLayout(org, access, object, type, mode)])),
      ]),
    );
  const records = found.map(({ object, values }) => {
    const names = layoutNames(access, object, request.query);
    const tree = fieldTree(access, object, names, listParameter(request.query.optionalFields));
    return recordRepresentation(org, access, object, values, tree);
  });
  const ui = {
    layoutUserStates: {},
    layouts: Object.fromEntries(objects.map((object) => [object.name, { [MASTER_RECORD_TYPE]: layoutsOf(object) }])),
    objectInfos: objectInfos(org, access, objects),
    records: Object.fromEntries(records.map((record) => [record.id, record])),
  };
  return { ...ui, eTag: eTagOf(ui) };
}

import type { FastifyInstance } from 'fastify';
import type { ObjectModel, Org } from '../model.ts';
import { OrgError } from '../orgError.ts';
import type { Access } from './access.ts';
import { batch } from './batch.ts';
import { sendExact } from './jsonRoutes.ts';
import { allFields, recordRepresentation } from './recordRepresentation.ts';
import { accessFor, listParameter, namedObject, namedRecord } from './requests.ts';
import { RecordSaveError } from './saving.ts';
import { requireUnmodified } from './unmodified.ts';
import { wantedFields } from './wantedFields.ts';
import type { FieldParameters } from './wantedFields.ts';

interface ById {
  Params: { id: string };
  Querystring: FieldParameters;
}

/**
 * `/ui-api/records`: read, create, change and delete single records, and read several.
 *
 * Source: UI API Developer Guide, "Records" (ui_api_resources_records_get, _record_create, _record_update,
 * _record_delete, _batch).
 */
export function recordRoutes(scope: FastifyInstance, org: Org, base: string): void {
  readRoutes(scope, org, base);
  saveRoutes(scope, org, base);
}

function readRoutes(scope: FastifyInstance, org: Org, base: string): void {
  const show = (access: Access, id: string, parameters: FieldParameters) => {
    const { object, values } = namedRecord(org, access, id);
    return recordRepresentation(org, access, object, values, wantedFields(access, object, parameters));
  };

  scope.get<ById>(`${base}/records/:id`, (request, reply) =>
    sendExact(reply, show(accessFor(org, request), request.params.id, request.query)),
  );
  scope.get<{ Params: { ids: string }; Querystring: FieldParameters }>(
    `${base}/records/batch/:ids`,
    (request, reply) => {
      const access = accessFor(org, request);
      return sendExact(
        reply,
        batch(listParameter(request.params.ids), (id) => show(access, id, request.query)),
      );
    },
  );
}

function saveRoutes(scope: FastifyInstance, org: Org, base: string): void {
  scope.post(`${base}/records`, (request, reply) => {
    const access = accessFor(org, request);
    const { apiName, fields } = recordInput(request.body);
    if (apiName === undefined) throw badInput('The body names no object. Give its apiName.');
    const object = namedObject(access, apiName);
    const result = org.save(request.user, { operation: 'insert', object: object.name, fields });
    if (!result.success || result.id === null) throw new RecordSaveError(result, object, 'create');
    return sendExact(reply, saved(org, access, object, result.id), 201);
  });
  scope.patch<ById>(`${base}/records/:id`, (request, reply) => {
    const access = accessFor(org, request);
    const { object, values } = namedRecord(org, access, request.params.id);
    requireUnmodified(values, request.headers['if-unmodified-since']);
    const { fields } = recordInput(request.body);
    const { id } = request.params;
    const result = org.save(request.user, { operation: 'update', object: object.name, id, fields });
    if (!result.success) throw new RecordSaveError(result, object, 'update');
    return sendExact(reply, saved(org, access, object, id));
  });
  scope.delete<ById>(`${base}/records/:id`, (request, reply) => {
    const { object } = namedRecord(org, accessFor(org, request), request.params.id);
    const result = org.remove(request.user, request.params.id);
    if (!result.success) throw new RecordSaveError(result, object, 'delete');
    return reply.code(204).send();
  });
}

function saved(org: Org, access: Access, object: ObjectModel, id: string) {
  const { values } = namedRecord(org, access, id);
  return recordRepresentation(org, access, object, values, allFields(access, object));
}

function recordInput(body: unknown): { apiName?: string; fields: Record<string, unknown> } {
  const { apiName, fields } = (body ?? {}) as { apiName?: unknown; fields?: unknown };
  if (typeof fields !== 'object' || fields === null)
    throw badInput('The body holds no fields. Give {"fields": {...}}.');
  return { fields: { ...fields }, ...(typeof apiName === 'string' ? { apiName } : {}) };
}

const badInput = (message: string): OrgError => new OrgError('INVALID_INPUT', message);

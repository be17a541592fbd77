import type { FastifyInstance } from 'fastify';
import type { FieldModel, ObjectModel, Org } from '../model.ts';
import { OrgError } from '../orgError.ts';
import type { Access } from './access.ts';
import { batch } from './batch.ts';
import { eTagOf } from './eTag.ts';
import { sendExact } from './jsonRoutes.ts';
import { nameField } from './recordMarks.ts';
import { objectInfo } from './objectInfo.ts';
import { hasPicklist, picklistValues } from './picklistValues.ts';
import { accessFor, listParameter, namedObject, requireRecordType } from './requests.ts';

interface ByRecordType {
  Params: { object: string; recordTypeId: string };
}
interface ByField {
  Params: { object: string; recordTypeId: string; field: string };
}

/**
 * `/ui-api/object-info`: metadata of objects and the values of picklists.
 *
 * Source: UI API Developer Guide, "Get Object Metadata", "Get Values for a Picklist Field"
 * (ui_api_resources_object_info, ui_api_resources_picklist_values).
 */
export function metadataRoutes(scope: FastifyInstance, org: Org, base: string): void {
  const show = (access: Access, name: string) => objectInfo(org, access, namedObject(access, name));

  scope.get(`${base}/object-info`, (request, reply) => {
    const access = accessFor(org, request);
    const objects = Object.fromEntries(
      access.objects().map((object) => [object.name, directoryEntry(object, request.url)]),
    );
    return sendExact(reply, { eTag: eTagOf(objects), objects });
  });
  scope.get<{ Params: { object: string } }>(`${base}/object-info/:object`, (request, reply) =>
    sendExact(reply, show(accessFor(org, request), request.params.object)),
  );
  scope.get<{ Params: { objects: string } }>(`${base}/object-info/batch/:objects`, (request, reply) => {
    const access = accessFor(org, request);
    return sendExact(
      reply,
      batch(listParameter(request.params.objects), (name) => show(access, name)),
    );
  });
  scope.get<ByRecordType>(`${base}/object-info/:object/picklist-values/:recordTypeId`, (request, reply) => {
    const access = accessFor(org, request);
    const object = objectWithRecordType(access, request.params);
    const fields = access.fields(object).filter(hasPicklist);
    const values = fields.map((field) => [field.name, valuesOf(request.url, field)] as const);
    const picklistFieldValues = Object.fromEntries(values);
    return sendExact(reply, { eTag: eTagOf(picklistFieldValues), picklistFieldValues });
  });
  scope.get<ByField>(`${base}/object-info/:object/picklist-values/:recordTypeId/:field`, (request, reply) => {
    const access = accessFor(org, request);
    const object = objectWithRecordType(access, request.params);
    const field = access.field(object, request.params.field);
    if (!field || !hasPicklist(field)) {
      throw new OrgError('INVALID_FIELD', `${object.name}.${request.params.field} is no picklist that you may read.`);
    }
    return sendExact(reply, picklistValues(field, request.url));
  });
}

/** Source: UI API Developer Guide, "Object Info Directory Entry" (ui_api_responses_object_info_directory_entry). */
const directoryEntry = (object: ObjectModel, url: string) => ({
  apiName: object.name,
  keyPrefix: object.keyPrefix,
  label: object.label,
  labelPlural: object.pluralLabel,
  nameFields: [nameField(object)?.name].filter((name) => name !== undefined),
  objectInfoUrl: `${url.split('?')[0]}/${object.name}`,
});

const valuesOf = (url: string, field: FieldModel) => picklistValues(field, `${url.split('?')[0]}/${field.name}`);

function objectWithRecordType(access: Access, { object, recordTypeId }: ByRecordType['Params']): ObjectModel {
  requireRecordType(recordTypeId);
  return namedObject(access, object);
}

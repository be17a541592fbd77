import type { FieldModel, ObjectModel, SaveResult } from '../model.ts';
import { OrgError } from '../orgError.ts';
import { normalizeRecordId } from '../recordIds.ts';
import { query } from '../soql/query.ts';
import type { QueryRecord } from '../soql/query.ts';
import { plainNumber } from './bodyValues.ts';
import { notFound, objectBody, recordErrorsBody, recordErrorStatus } from './message.ts';
import type { ApiCall, ApiResponse } from './message.ts';
import type { Routes } from './router.ts';

/** One record by its id or by an external id. */
export const rowRoutes: Routes = {
  'POST sobjects/:object': createRow,
  'GET sobjects/:object/:id': (call) => getRow(call, idCondition(call)),
  'PATCH sobjects/:object/:id': updateRow,
  'DELETE sobjects/:object/:id': (call) => deleteRow(call, call.params['id'] ?? ''),
  'GET sobjects/:object/:field/:value': (call) => getRow(call, externalIdCondition(call)),
  'PATCH sobjects/:object/:field/:value': upsertRow,
  'DELETE sobjects/:object/:field/:value': deleteByExternalId,
};

/** An object the user may at least read. Throws 404 NOT_FOUND, as the data API does for an object in a URL. */
export function urlObject({ org, request }: ApiCall, name: string): ObjectModel {
  const object = org.model.objects.get(name.toLowerCase());
  if (!object || !org.access.object(request.user, object.name).read) throw notFound();
  return object;
}

/** The fields of a record to create, without what only the wire has; an Id among them is for the org to refuse. */
export function newFieldsOf(record: Record<string, unknown>): Record<string, unknown> {
  return fieldsBut(record, (name) => name === 'attributes');
}

/** The fields of a record to change, whose id stands elsewhere. */
export function fieldsOf(record: Record<string, unknown>): Record<string, unknown> {
  return fieldsBut(record, (name) => name === 'attributes' || name.toLowerCase() === 'id');
}

/** A record's fields but some. */
export function fieldsBut(
  record: Record<string, unknown>,
  isLeftOut: (name: string) => boolean,
): Record<string, unknown> {
  const fields: Record<string, unknown> = {};
  for (const name of Object.keys(record)) if (!isLeftOut(name)) fields[name] = plainNumber(record[name]);
  return fields;
}

/** Records by ids or another condition, with the named fields or with all that the user may read. */
export function readRecords(
  { org, request }: ApiCall,
  object: ObjectModel,
  fields: string[] | undefined,
  condition: string,
): QueryRecord[] {
  const readable = [...object.fields.values()].filter(
    (field) => org.access.field(request.user, object.name, field.name).readable,
  );
  const names = fields && fields.length > 0 ? [...new Set(fields)] : readable.map(({ name }) => name);
  const soql = `SELECT ${names.join(', ')} FROM ${object.name} WHERE ${condition}`;
  return query(org, request.user, soql, { version: request.version }).records;
}

/** A text as a SOQL literal. */
export function quoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'").replaceAll('\n', '\\n').replaceAll('\r', '\\r')}'`;
}

function createRow(call: ApiCall): ApiResponse {
  const object = urlObject(call, call.params['object'] ?? '');
  const fields = newFieldsOf(objectBody(call.request.body));
  const result = call.org.save(call.request.user, { operation: 'insert', object: object.name, fields });
  if (!result.success) return failure(result);
  const url = `/services/data/v${call.request.version}/sobjects/${object.name}/${result.id}`;
  return { status: 201, headers: { Location: url }, body: { id: result.id, success: true, errors: [] } };
}

function updateRow(call: ApiCall): ApiResponse {
  const object = urlObject(call, call.params['object'] ?? '');
  const id = recordIdOf(call, call.params['id'] ?? '', object);
  const fields = fieldsOf(objectBody(call.request.body));
  const result = call.org.save(call.request.user, { operation: 'update', object: object.name, id, fields });
  return result.success ? { status: 204 } : failure(result);
}

function deleteRow(call: ApiCall, idText: string): ApiResponse {
  const object = urlObject(call, call.params['object'] ?? '');
  const result = call.org.remove(call.request.user, recordIdOf(call, idText, object));
  return result.success ? { status: 204 } : failure(result);
}

function deleteByExternalId(call: ApiCall): ApiResponse {
  const object = urlObject(call, call.params['object'] ?? '');
  const matches = matchingIds(call, object, externalIdCondition(call));
  if (matches.length > 1) return severalMatches(call, object, matches);
  return deleteRow(call, matches[0] as string);
}

function getRow(call: ApiCall, condition: string): ApiResponse {
  const object = urlObject(call, call.params['object'] ?? '');
  const fields = call.request.query
    .get('fields')
    ?.split(',')
    .map((name) => name.trim());
  const records = readRecords(call, object, fields, condition);
  if (records.length > 1) return severalMatches(call, object, matchingIds(call, object, condition));
  if (records.length === 0) throw notFound();
  return { status: 200, body: records[0] };
}

function upsertRow(call: ApiCall): ApiResponse {
  const object = urlObject(call, call.params['object'] ?? '');
  const field = externalIdField(call, object, call.params['field'] ?? '');
  const fields = fieldsOf(objectBody(call.request.body));
  if (Object.keys(fields).some((name) => name.toLowerCase() === field.name.toLowerCase())) {
    throw new OrgError('INVALID_FIELD', `The ${field.name} field should not be specified in the sobject data.`);
  }
  if (!field.unique) {
    const matches = matchingIds(call, object, externalIdCondition(call), true);
    if (matches.length > 1) return severalMatches(call, object, matches);
  }
  const result = call.org.save(call.request.user, {
    operation: 'upsert',
    object: object.name,
    externalIdField: field.name,
    externalId: call.params['value'] ?? '',
    fields,
    updateOnly: call.request.query.get('updateOnly') === 'true',
  });
  if (!result.success) return failure(result);
  const { id, created } = result;
  return { status: created ? 201 : 200, body: { id, success: true, errors: [], created } };
}

function failure({ errors }: SaveResult): ApiResponse {
  return { status: recordErrorStatus(errors), body: recordErrorsBody(errors), failed: true };
}

/** Several records have the external id: Salesforce lists them and does nothing. */
function severalMatches({ request }: ApiCall, object: ObjectModel, ids: string[]): ApiResponse {
  const body = ids.map((id) => `/services/data/v${request.version}/sobjects/${object.name}/${id}`);
  return { status: 300, body, failed: true };
}

function matchingIds(call: ApiCall, object: ObjectModel, condition: string, mayBeNone = false): string[] {
  const ids = readRecords(call, object, ['Id'], condition).map((record) => record['Id'] as string);
  if (ids.length === 0 && !mayBeNone) throw notFound();
  return ids;
}

function idCondition(call: ApiCall): string {
  const object = urlObject(call, call.params['object'] ?? '');
  return `Id = ${quoted(recordIdOf(call, call.params['id'] ?? '', object))}`;
}

function recordIdOf({ org }: ApiCall, text: string, object: ObjectModel): string {
  const id = normalizeRecordId(text);
  if (id !== undefined && org.objectOfId(id)?.name === object.name) return id;
  throw notFound(`Provided external ID field does not exist or is not accessible: ${text}`);
}

function externalIdCondition(call: ApiCall): string {
  const object = urlObject(call, call.params['object'] ?? '');
  const field = externalIdField(call, object, call.params['field'] ?? '');
  const value = call.params['value'] ?? '';
  const isNumber = field.type === 'double' && /^-?\d+(\.\d+)?$/.test(value);
  return `${field.name} = ${isNumber ? value : quoted(value)}`;
}

function externalIdField({ org, request }: ApiCall, object: ObjectModel, name: string): FieldModel {
  const field = object.fields.get(name.toLowerCase());
  const isUsable = field && (field.externalId || field.type === 'id');
  if (isUsable && org.access.field(request.user, object.name, field.name).readable) return field;
  throw notFound(`Provided external ID field does not exist or is not accessible: ${name}`);
}

import type { ObjectModel, RecordError, SaveResult } from '../model.ts';
import { OrgError } from '../orgError.ts';
import { normalizeRecordId } from '../recordIds.ts';
import { atMost, isObject, notFound, objectBody, objectList } from './message.ts';
import type { ApiCall, ApiResponse } from './message.ts';
import type { Routes } from './router.ts';
import { fieldsBut, fieldsOf, newFieldsOf, quoted, readRecords, urlObject } from './rows.ts';

const MOST_RECORDS = 200;
const MOST_RETRIEVED = 2000;

/** sObject Collections: up to 200 records in one request. */
export const collectionRoutes: Routes = {
  'POST composite/sobjects': (call) => saveAll(call, false, (record) => create(call, record)),
  'PATCH composite/sobjects': (call) => saveAll(call, false, (record) => update(call, record)),
  'DELETE composite/sobjects': deleteAll,
  'PATCH composite/sobjects/:object/:field': upsertAll,
  'GET composite/sobjects/:object': (call) => {
    const { query } = call.request;
    return retrieve(call, query.get('ids')?.split(','), query.get('fields')?.split(','));
  },
  'POST composite/sobjects/:object': (call) => {
    const { ids, fields } = objectBody(call.request.body);
    return retrieve(call, textList(ids), textList(fields));
  },
};

/** Undoes the transaction it is thrown in. */
class Rollback extends Error {}

type Save = (record: Record<string, unknown>) => SaveResult;

/**
 * Saves records in their order and answers in the same order. All or none: one failure undoes all, and the others
 * answer ALL_OR_NONE_OPERATION_ROLLED_BACK.
 */
function saveAll(call: ApiCall, showsCreated: boolean, save: Save): ApiResponse {
  const body = objectBody(call.request.body);
  const records = objectList(body['records'], 'records');
  refuseTooMany(records);
  return runAll(call, body['allOrNone'] === true, showsCreated, () => records.map((record) => save(record)));
}

function runAll(call: ApiCall, own: boolean, showsCreated: boolean, work: () => SaveResult[]): ApiResponse {
  const allOrNone = own || call.allOrNone;
  let results: SaveResult[] = [];
  try {
    call.org.transaction(() => {
      results = work();
      if (allOrNone && results.some(({ success }) => !success)) throw new Rollback();
    });
  } catch (error) {
    if (!(error instanceof Rollback)) throw error;
    results = results.map((result) => (result.success ? rolledBack(result) : result));
  }
  return {
    status: 200,
    body: results.map((result) => collectionResult(result, showsCreated)),
    failed: results.some(({ success }) => !success),
  };
}

function collectionResult({ id, success, created, errors }: SaveResult, showsCreated: boolean): object {
  return { ...(success ? { id } : {}), success, errors, ...(showsCreated ? { created } : {}) };
}

function rolledBack({ created }: SaveResult): SaveResult {
  const message = 'Record rolled back because not all records were valid and the request was using AllOrNone header';
  return failed('ALL_OR_NONE_OPERATION_ROLLED_BACK', message, [], created);
}

function failed(statusCode: string, message: string, fields: string[] = [], created = false): SaveResult {
  const errors: RecordError[] = [{ statusCode, message, fields }];
  return { id: null, success: false, created, errors };
}

function create(call: ApiCall, record: Record<string, unknown>): SaveResult {
  const object = typeOf(call, record);
  if (!('name' in object)) return object;
  return call.org.save(call.request.user, { operation: 'insert', object: object.name, fields: newFieldsOf(record) });
}

function update(call: ApiCall, record: Record<string, unknown>): SaveResult {
  const object = typeOf(call, record);
  if (!('name' in object)) return object;
  const given = record['id'] ?? record['Id'];
  if (typeof given !== 'string') return failed('MISSING_ARGUMENT', 'Id not specified in an update call', ['Id']);
  const id = normalizeRecordId(given);
  if (id === undefined) return failed('MALFORMED_ID', `${given} is not a record id.`, ['Id']);
  const fields = fieldsOf(record);
  return call.org.save(call.request.user, { operation: 'update', object: object.name, id, fields });
}

function upsertAll(call: ApiCall): ApiResponse {
  const object = urlObject(call, call.params['object'] ?? '');
  const field = object.fields.get((call.params['field'] ?? '').toLowerCase());
  if (!field || !(field.externalId || field.type === 'id')) {
    throw notFound(`Provided external ID field does not exist or is not accessible: ${call.params['field']}`);
  }
  const seen = new Set<string>();
  const keyName = field.name.toLowerCase();
  return saveAll(call, true, (record) => {
    const type = typeOf(call, record);
    if (!('name' in type)) return type;
    if (type.name !== object.name) {
      return failed('INVALID_TYPE', `A record of type ${type.name} cannot be upserted as ${object.name}.`);
    }
    if (field.type === 'id') return record['id'] || record['Id'] ? update(call, record) : create(call, record);
    const isKey = (name: string): boolean => name.toLowerCase() === keyName;
    const givenName = Object.keys(record).find(isKey);
    const externalId = givenName === undefined ? undefined : record[givenName];
    if (externalId === undefined || externalId === null || externalId === '') {
      return failed('MISSING_ARGUMENT', `${field.name} not specified`, [field.name]);
    }
    // eslint-disable-next-line @typescript-eslint/no-base-to-string -- an external id is text or an exact number.
    const text = String(externalId);
    const key = field.caseSensitive ? text : text.toLowerCase();
    if (seen.has(key)) return failed('DUPLICATE_VALUE', `Duplicate external id specified: ${text}`, [field.name]);
    seen.add(key);
    const fields = fieldsBut(record, (name) => name === 'attributes' || name.toLowerCase() === 'id' || isKey(name));
    return call.org.save(call.request.user, {
      operation: 'upsert',
      object: object.name,
      externalIdField: field.name,
      externalId,
      fields,
    });
  });
}

function deleteAll(call: ApiCall): ApiResponse {
  const { query, user } = call.request;
  const ids = (query.get('ids') ?? '').split(',').filter((id) => id !== '');
  if (ids.length === 0) throw new OrgError('MISSING_ARGUMENT', 'The parameter ids must list the records to delete.');
  refuseTooMany(ids);
  return runAll(call, query.get('allOrNone')?.toLowerCase() === 'true', false, () =>
    ids.map((text) => {
      const id = normalizeRecordId(text.trim());
      return id === undefined ? failed('MALFORMED_ID', `${text} is not a record id.`) : call.org.remove(user, id);
    }),
  );
}

function retrieve(call: ApiCall, ids: string[] | undefined, fields: string[] | undefined): ApiResponse {
  const object = urlObject(call, call.params['object'] ?? '');
  if (!ids?.length || !fields?.length) {
    throw new OrgError('MISSING_ARGUMENT', 'Retrieving several records needs ids and fields.');
  }
  atMost(ids, MOST_RETRIEVED, 'records', 'EXCEEDED_ID_LIMIT');
  const known = ids.map((id) => normalizeRecordId(id.trim()));
  const list = known.filter((id) => id !== undefined && call.org.objectOfId(id)?.name === object.name);
  const names = ['Id', ...fields.filter((name) => name.trim().toLowerCase() !== 'id').map((name) => name.trim())];
  const records =
    list.length === 0
      ? []
      : readRecords(call, object, names, `Id IN (${list.map((id) => quoted(id as string)).join(',')})`);
  const byId = new Map(records.map((record) => [record['Id'], record]));
  return { status: 200, body: known.map((id) => byId.get(id) ?? null) };
}

function typeOf({ org, request }: ApiCall, record: Record<string, unknown>): ObjectModel | SaveResult {
  const { attributes } = record;
  const type = isObject(attributes) ? attributes['type'] : undefined;
  if (typeof type !== 'string') return failed('MISSING_ARGUMENT', 'Each record needs attributes.type.');
  const object = org.model.objects.get(type.toLowerCase());
  if (object && org.access.object(request.user, object.name).read) return object;
  return failed('INVALID_TYPE', `sObject type '${type}' is not supported.`);
}

function refuseTooMany(list: readonly unknown[]): void {
  if (list.length <= MOST_RECORDS) return;
  const message = `record limit reached. cannot submit more than ${MOST_RECORDS} records in this request`;
  throw new OrgError('EXCEEDED_ID_LIMIT', message);
}

function textList(value: unknown): string[] | undefined {
  return Array.isArray(value) && value.every((item) => typeof item === 'string') ? value : undefined;
}

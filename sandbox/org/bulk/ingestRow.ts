import Big from 'big.js';
import type { ObjectModel, Org, RecordError, SaveResult } from '../model.ts';
import { normalizeRecordId } from '../recordIds.ts';
import type { IngestOrder } from './ingestJob.ts';

/**
 * Does to the org what a row says. `keys` are the external ids of the rows that are saved together, each of which may
 * stand there once only.
 */
export function saveRow(org: Org, order: IngestOrder, row: Record<string, unknown>, keys: Set<string>): SaveResult {
  const result = saveAny(org, order, row, keys);
  return { ...result, errors: result.errors.map((error) => inCsvWords(order.object, row, error)) };
}

/** A value of the wrong type is trouble with JSON elsewhere; here it is the field's. */
function inCsvWords(object: ObjectModel, row: Record<string, unknown>, error: RecordError): RecordError {
  const name = error.fields[0];
  const field = name === undefined ? undefined : object.fields.get(name.toLowerCase());
  if (error.statusCode !== 'JSON_PARSER_ERROR' || !field) return error;
  const message = `${field.label}: value not of required type: ${shown(row[field.name])}`;
  return { statusCode: 'INVALID_TYPE_ON_FIELD_IN_RECORD', message, fields: [field.name] };
}

function saveAny(org: Org, order: IngestOrder, row: Record<string, unknown>, keys: Set<string>): SaveResult {
  const { object, operation, user } = order;
  const { Id: given, ...fields } = row;
  if (operation === 'upsert' && order.externalIdField !== 'Id') return upsertRow(org, order, fields, keys);
  if (operation === 'insert' || (operation === 'upsert' && given === undefined)) {
    const all = given === undefined ? fields : { ...fields, Id: given };
    return org.save(user, { operation: 'insert', object: object.name, fields: all });
  }
  if (given === undefined) return refused('MISSING_ARGUMENT', 'Id not specified', ['Id']);
  const id = normalizeRecordId(typeof given === 'string' ? given : '');
  if (id === undefined || org.objectOfId(id)?.name !== object.name) {
    return refused('MALFORMED_ID', `Id: id value of incorrect type: ${shown(given)}`, ['Id']);
  }
  if (operation === 'delete') return org.remove(user, id);
  return org.save(user, { operation: 'update', object: object.name, id, fields });
}

function upsertRow(
  org: Org,
  { object, user, externalIdField = '' }: IngestOrder,
  row: Record<string, unknown>,
  keys: Set<string>,
): SaveResult {
  const { [externalIdField]: externalId, ...fields } = row;
  if (externalId === undefined || externalId === null) {
    return refused('MISSING_ARGUMENT', `${externalIdField} not specified`, [externalIdField]);
  }
  const key = (externalId instanceof Big ? externalId.toFixed() : (externalId as string)).toLowerCase();
  if (keys.has(key)) {
    return refused('DUPLICATE_VALUE', `Duplicate external id specified: ${key}`, [externalIdField]);
  }
  keys.add(key);
  return org.save(user, { operation: 'upsert', object: object.name, externalIdField, externalId, fields });
}

function refused(statusCode: string, message: string, fields: string[]): SaveResult {
  return { id: null, success: false, created: false, errors: [{ statusCode, message, fields }] };
}

const shown = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

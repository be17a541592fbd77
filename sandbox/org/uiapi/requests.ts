import type { FastifyRequest } from 'fastify';
import type { ObjectModel, Org, StoredRecord } from '../model.ts';
import { OrgError } from '../orgError.ts';
import { accessOf } from './access.ts';
import type { Access } from './access.ts';
import { MASTER_RECORD_TYPE } from './objectInfo.ts';

/** A record that a request names, with its object. */
export interface NamedRecord {
  object: ObjectModel;
  values: StoredRecord;
}

/** The org as the user of a request sees it. */
export const accessFor = (org: Org, request: FastifyRequest): Access => accessOf(org, request.user);

/**
 * A readable object by its API name.
 *
 * @throws {OrgError} INVALID_TYPE (404) when there is none that the user may read.
 */
export function namedObject(access: Access, name: string): ObjectModel {
  const object = access.object(name);
  if (object) return object;
  throw new OrgError('INVALID_TYPE', `Object ${name} is not supported in UI API, or you may not read it.`, {
    status: 404,
  });
}

/**
 * A readable record by its id.
 *
 * @throws {OrgError} NOT_FOUND (404) when there is none, INSUFFICIENT_ACCESS (403) when the user may not read its
 * object.
 */
export function namedRecord(org: Org, access: Access, id: string): NamedRecord {
  const object = org.objectOfId(id);
  if (object && !access.object(object.name)) {
    throw new OrgError(
      'INSUFFICIENT_ACCESS',
      'You do not have the level of access necessary to perform the operation you requested. Please contact the ' +
        'owner of the record or your administrator if access is necessary.',
      { status: 403 },
    );
  }
  const values = object && org.access.record(access.user, object.name, id) ? org.read(object.name, id) : undefined;
  if (object && values) return { object, values };
  throw new OrgError('NOT_FOUND', `The requested resource does not exist: record ${id}. Check the id.`, {
    status: 404,
  });
}

/** A parameter that is a comma-separated list, in a query or (as a list) in a body. */
export function listParameter(value: unknown): string[] {
  if (value === undefined || value === null) return [];
  return [value]
    .flat()
    .flatMap((part) => (typeof part === 'string' ? part.split(',') : []))
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

/**
 * The local org has one record type for each object; a request may name it or none.
 *
 * @throws {OrgError} NOT_FOUND (404) for another one.
 */
export function requireRecordType(recordTypeId: string | undefined): void {
  const isKnown = [undefined, MASTER_RECORD_TYPE, MASTER_RECORD_TYPE.slice(0, 15)].includes(recordTypeId);
  if (isKnown) return;
  throw new OrgError('NOT_FOUND', `There is no record type ${recordTypeId}. Use ${MASTER_RECORD_TYPE}.`, {
    status: 404,
  });
}

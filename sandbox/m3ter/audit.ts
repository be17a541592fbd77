import { uuidOf } from '../data/random.ts';

/** The user that local m3ter notes as the author of changes made through the API. */
export const SERVICE_USER = uuidOf('service user');

/** The audit fields of a new entity. */
export const createdAt = (at: Date) => ({
  dtCreated: at.toISOString(),
  createdBy: SERVICE_USER,
  ...modifiedAt(at),
});

/** The audit fields of an entity that changes, of which those of its creation stay. */
export const changedAt = (before: Readonly<Record<string, unknown>>, at: Date) => ({
  dtCreated: before['dtCreated'],
  createdBy: before['createdBy'],
  ...modifiedAt(at),
});

const modifiedAt = (at: Date) => ({ dtLastModified: at.toISOString(), lastModifiedBy: SERVICE_USER });

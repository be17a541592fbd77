import type { FieldModel, FieldValue, ObjectModel, OrgModel, OrgUser } from '../model.ts';
import type { Access } from './access.ts';

/** Whether the user may read the object and this field of it. */
export function maySee(access: Access, user: OrgUser, object: ObjectModel, field: FieldModel): boolean {
  return access.object(user, object.name).read && access.field(user, object.name, field.name).readable;
}

/** The first master-detail field of an object: the one whose master decides on sharing. */
export function masterField(object: ObjectModel): FieldModel | undefined {
  for (const field of object.fields.values()) if (field.reference?.kind === 'masterDetail') return field;
  return undefined;
}

/** Looks up one field of one stored record. */
export type ReadValue = (object: string, id: string, field: string) => FieldValue | undefined;

/**
 * Whether sharing lets the user change a record: owners may change their own; others where the object is open
 * (ReadWrite) or the user may modify all; a detail follows its master, unless reading the master is enough.
 * `value` gives the record's own fields.
 */
export function sharingAllowsEdit(
  model: OrgModel,
  access: Access,
  user: OrgUser,
  object: ObjectModel,
  value: (field: string) => FieldValue | undefined,
  read: ReadValue,
): boolean {
  if (object.sharing === 'ReadWrite' || access.object(user, object.name).modifyAll) return true;
  if (object.sharing === 'Read') return value('OwnerId') === user.id;
  const field = masterField(object);
  const masterId = field && value(field.name);
  if (typeof masterId !== 'string' || field?.reference?.writeRequiresMasterRead) return true;
  const master = model.objects.get(field!.reference!.to[0]!.toLowerCase())!;
  return sharingAllowsEdit(model, access, user, master, (name) => read(master.name, masterId, name), read);
}

/**
 * Whether sharing lets the user delete a record. Public Read/Write opens reading and changing to everybody, but a record
 * is deleted by its owner or by who may modify all (Salesforce Help, "Organization-Wide Default Access Settings"); a
 * detail by who may change its master.
 */
export function sharingAllowsDelete(
  model: OrgModel,
  access: Access,
  user: OrgUser,
  object: ObjectModel,
  value: (field: string) => FieldValue | undefined,
  read: ReadValue,
): boolean {
  if (masterField(object)) return sharingAllowsEdit(model, access, user, object, value, read);
  if (!object.fields.has('ownerid')) return true;
  return access.object(user, object.name).modifyAll || value('OwnerId') === user.id;
}

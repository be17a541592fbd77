import type { FieldModel, ObjectModel, OrgUser, StoredRecord } from '../model.ts';
import type { Access } from './access.ts';

/** Whether the user may read the object and this field of it. */
export function maySee(access: Access, user: OrgUser, object: ObjectModel, field: FieldModel): boolean {
  return access.object(user, object.name).read && access.field(user, object.name, field.name).readable;
}

/** A master record and the field of its detail that refers to it. */
export interface Master {
  field: FieldModel;
  parent: ObjectModel;
  record: StoredRecord;
}

/**
 * Whether sharing lets the user change a record: owners may change their own; others where the object is open
 * (ReadWrite) or the user may modify all; a detail follows its master, unless reading the master is enough.
 */
export function sharingAllowsEdit(
  access: Access,
  user: OrgUser,
  object: ObjectModel,
  record: StoredRecord,
  masterOf: (object: ObjectModel, record: StoredRecord) => Master | undefined,
): boolean {
  if (access.object(user, object.name).modifyAll || object.sharing === 'ReadWrite') return true;
  if (object.sharing === 'Read') return record.OwnerId === user.id;
  const master = masterOf(object, record);
  if (!master || master.field.reference?.writeRequiresMasterRead) return true;
  return sharingAllowsEdit(access, user, master.parent, master.record, masterOf);
}

import type { FieldModel, FieldValue, ObjectModel, OrgModel, OrgUser } from '../model.ts';
import type { Access } from './access.ts';

/** Whether the user may read the object and this field of it. */
export function maySee(access: Access, user: OrgUser, object: ObjectModel, field: FieldModel): boolean {
  return access.object(user, object.name).read && access.field(user, object.name, field.name).readable;
}

const masterFields = new WeakMap<ObjectModel, FieldModel | null>();

/** The first master-detail field of an object: the one whose master decides on sharing. */
export function masterField(object: ObjectModel): FieldModel | undefined {
  let field = masterFields.get(object);
  if (field === undefined) {
    field = [...object.fields.values()].find(({ reference }) => reference?.kind === 'masterDetail') ?? null;
    masterFields.set(object, field);
  }
  return field ?? undefined;
}

/** Looks up one field of one stored record. */
export type ReadValue = (object: string, id: string, field: string) => FieldValue | undefined;

/** What a question about one record's sharing needs beside the record. */
export interface SharingContext {
  model: OrgModel;
  access: Access;
  user: OrgUser;
  read: ReadValue;
}

/** One field of the record that is asked about. */
type Value = (field: string) => FieldValue | undefined;

/**
 * Whether sharing lets the user see a record: everybody where the object is open for reading, else its owner, who is
 * above the owner in the roles, and who may view all; a detail follows its master.
 * Source: Salesforce Help, "Organization-Wide Default Access Settings".
 */
export function sharingAllowsRead(context: SharingContext, object: ObjectModel, value: Value): boolean {
  const { access, user } = context;
  if (object.sharing === 'Read' || object.sharing === 'ReadWrite') return true;
  const { viewAll } = access.object(user, object.name);
  if (viewAll) return true;
  if (object.sharing === 'Private') return isAsOwner(context, value('OwnerId'));
  return askMaster(sharingAllowsRead, context, object, value);
}

/**
 * Whether sharing lets the user change a record: everybody where the object is open (ReadWrite), else its owner, who is
 * above the owner in the roles, and who may modify all; a detail follows its master, unless reading the master is enough.
 */
export function sharingAllowsEdit(context: SharingContext, object: ObjectModel, value: Value): boolean {
  const { access, user } = context;
  if (object.sharing === 'ReadWrite' || access.object(user, object.name).modifyAll) return true;
  if (object.sharing !== 'ControlledByParent') return isAsOwner(context, value('OwnerId'));
  const isReadingEnough = masterField(object)?.reference?.writeRequiresMasterRead === true;
  return askMaster(isReadingEnough ? sharingAllowsRead : sharingAllowsEdit, context, object, value);
}

/**
 * Whether sharing lets the user delete a record. Public Read/Write opens reading and changing to everybody, but a record
 * is deleted by its owner, who is above the owner in the roles, or who may modify all (Salesforce Help,
 * "Organization-Wide Default Access Settings"); a detail by who may change its master.
 */
export function sharingAllowsDelete(context: SharingContext, object: ObjectModel, value: Value): boolean {
  const { access, user } = context;
  if (masterField(object)) return sharingAllowsEdit(context, object, value);
  if (!object.fields.has('ownerid')) return true;
  return access.object(user, object.name).modifyAll || isAsOwner(context, value('OwnerId'));
}

function isAsOwner({ access, user }: SharingContext, owner: FieldValue | undefined): boolean {
  return owner === user.id || (typeof owner === 'string' && access.ownersBelow(user).has(owner));
}

/** Puts the question to a detail's master; a detail without one is nobody's. */
function askMaster(
  rule: (context: SharingContext, object: ObjectModel, value: Value) => boolean,
  context: SharingContext,
  object: ObjectModel,
  value: Value,
): boolean {
  const field = masterField(object);
  const masterId = field && value(field.name);
  if (typeof masterId !== 'string') return true;
  const master = context.model.objects.get(field!.reference!.to[0]!.toLowerCase())!;
  return rule(context, master, (name) => context.read(master.name, masterId, name));
}

import { STANDARD_DATA_OBJECTS } from '../metadata/standardObjects.ts';
import { SYSTEM_FIELD_NAMES } from '../metadata/systemFields.ts';
import type { FieldModel, ObjectAccess, ObjectModel, OrgModel, OrgUser, PermissionSetModel } from '../model.ts';
import { PROFILES } from './users.ts';

export interface FieldAccess {
  readable: boolean;
  editable: boolean;
}

interface KnownAccess {
  access: ObjectAccess;
  fields: Map<string, FieldAccess>;
}

const NOTHING: ObjectAccess = {
  read: false,
  create: false,
  edit: false,
  delete: false,
  viewAll: false,
  modifyAll: false,
};
const READ: ObjectAccess = { ...NOTHING, read: true };
const ASSIGNMENTS: ObjectAccess = { ...READ, viewAll: true, create: true, delete: true };
const READ_ALL: ObjectAccess = { ...READ, viewAll: true };
/** Roles of users are for administrators to change. */
const USERS: ObjectAccess = { ...READ_ALL, edit: true };
const EVERYTHING: ObjectAccess = { read: true, create: true, edit: true, delete: true, viewAll: true, modifyAll: true };
const OWN: ObjectAccess = { ...EVERYTHING, viewAll: false, modifyAll: false };
const NOBODY: ReadonlySet<string> = new Set();
/** What administrators may do with the objects that describe the org. */
const ADMINISTERED: Readonly<Record<string, ObjectAccess>> = { PermissionSetAssignment: ASSIGNMENTS, User: USERS };
const HIDDEN: FieldAccess = { readable: false, editable: false };

/** Who may do what: profile and permission sets of a user, worked out once for each object and field. */
export class Access {
  private readonly model: OrgModel;
  private readonly known = new Map<OrgUser, Map<string, KnownAccess>>();
  private owners: ReadonlyMap<string, ReadonlySet<string>> = new Map();

  constructor(model: OrgModel) {
    this.model = model;
  }

  /** Users below each in the roles, see `ownersBelowEach`. */
  setOwnersBelow(owners: ReadonlyMap<string, ReadonlySet<string>>): void {
    this.owners = owners;
  }

  /** Users below in the roles, whose records are as good as the user's own. */
  ownersBelow(user: OrgUser): ReadonlySet<string> {
    return this.owners.get(user.id) ?? NOBODY;
  }

  /** Forgets what was worked out, after permission sets were given or taken. */
  forget(): void {
    this.known.clear();
  }

  /** Nothing for an unknown object. */
  object(user: OrgUser, name: string): ObjectAccess {
    return this.of(user, name).access;
  }

  /** Hidden for an unknown field. */
  field(user: OrgUser, object: string, field: string): FieldAccess {
    const { fields } = this.of(user, object);
    let access = fields.get(field);
    if (!access) {
      const found = this.model.objects.get(object.toLowerCase());
      const fieldModel = found?.fields.get(field.toLowerCase());
      access = found && fieldModel ? this.fieldAccess(user, found, fieldModel) : HIDDEN;
      fields.set(field, access);
    }
    return access;
  }

  private of(user: OrgUser, name: string): KnownAccess {
    let objects = this.known.get(user);
    if (!objects) {
      objects = new Map();
      this.known.set(user, objects);
    }
    let known = objects.get(name);
    if (!known) {
      const object = this.model.objects.get(name.toLowerCase());
      known = { access: object ? this.objectAccess(user, object) : NOTHING, fields: new Map() };
      objects.set(name, known);
    }
    return known;
  }

  private permissionSets(user: OrgUser): PermissionSetModel[] {
    return user.permissionSets.flatMap((name) => this.model.permissionSets.get(name) ?? []);
  }

  private objectAccess(user: OrgUser, object: ObjectModel): ObjectAccess {
    const data = object.custom || STANDARD_DATA_OBJECTS.has(object.name);
    if (!data) return user.allAccess ? (ADMINISTERED[object.name] ?? READ_ALL) : READ;
    if (user.allAccess) return EVERYTHING;
    const granted = this.permissionSets(user).flatMap((set) => [
      ...(set.modifyAllData ? [EVERYTHING] : []),
      ...(set.viewAllData ? [READ_ALL] : []),
      set.objects.get(object.name.toLowerCase()) ?? NOTHING,
    ]);
    if (usesStandardObjects(user) && !object.custom) granted.push(OWN);
    return {
      read: granted.some((one) => one.read),
      create: granted.some((one) => one.create),
      edit: granted.some((one) => one.edit),
      delete: granted.some((one) => one.delete),
      viewAll: granted.some((one) => one.viewAll),
      modifyAll: granted.some((one) => one.modifyAll),
    };
  }

  /**
   * Field-level security. As on the platform, fields that a record cannot do without (system fields, the name,
   * required fields, master-detail) come with access to the object.
   */
  private fieldAccess(user: OrgUser, object: ObjectModel, field: FieldModel): FieldAccess {
    const access = this.object(user, object.name);
    const writable = (field.createable || field.updateable) && (access.create || access.edit);
    if (!access.read) return HIDDEN;
    const always =
      user.allAccess ||
      field.required ||
      field.isNameField ||
      field.reference?.kind === 'masterDetail' ||
      SYSTEM_FIELD_NAMES.has(field.name.toLowerCase()) ||
      (!object.custom && !STANDARD_DATA_OBJECTS.has(object.name)) ||
      (!field.custom && usesStandardObjects(user));
    if (always) return { readable: true, editable: writable };
    const path = `${object.name}.${field.name}`.toLowerCase();
    const granted = this.permissionSets(user).flatMap((set) => set.fields.get(path) ?? []);
    const editable = granted.some((one) => one.editable);
    return { readable: editable || granted.some((one) => one.readable), editable: editable && writable };
  }
}

function usesStandardObjects(user: OrgUser): boolean {
  return PROFILES.some((profile) => profile.name === user.profile && profile.standardObjects);
}

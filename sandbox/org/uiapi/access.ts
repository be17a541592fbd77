import type { FieldModel, ObjectModel, Org, OrgUser } from '../model.ts';

/** What the UI API shows of the org to one user: objects and fields outside the user's access do not exist. */
export interface Access {
  readonly user: OrgUser;
  /** Every object the user may read, in the org's order. */
  objects(): ObjectModel[];
  /** An object by API name in any case; undefined when there is none or the user may not read it. */
  object(name: string): ObjectModel | undefined;
  /** The fields of an object that the user may read, in the order of the metadata. */
  fields(object: ObjectModel): FieldModel[];
  /** A readable field by API name in any case. */
  field(object: ObjectModel, name: string): FieldModel | undefined;
  /** The fields that the user may set when creating or changing a record. */
  writable(object: ObjectModel, operation: 'create' | 'edit'): FieldModel[];
  /** The readable parents of an object: the lookup field, its relationship name and the parent object. */
  parents(object: ObjectModel): Parent[];
  /** The readable named child relationships of an object. */
  children(object: ObjectModel): Child[];
}

export interface Parent {
  name: string;
  field: FieldModel;
  object: ObjectModel;
  /**
   * The kinds of object that may be there; several of a polymorphic lookup: a custom object's owner is a user or a
   * queue, though the local org has no queues.
   */
  kinds: ObjectModel[];
}

export interface Child {
  name: string;
  /** The lookup on the child. */
  field: FieldModel;
  object: ObjectModel;
}

/** Looks at the org through a user's object and field permissions. */
export function accessOf(org: Org, user: OrgUser): Access {
  const object = (name: string): ObjectModel | undefined => {
    const found = org.model.objects.get(name.toLowerCase());
    return found && org.access.object(user, found.name).read ? found : undefined;
  };
  const readable = (owner: ObjectModel, field: FieldModel): boolean =>
    field.type === 'id' || org.access.field(user, owner.name, field.name).readable;
  const editable = (owner: ObjectModel, field: FieldModel): boolean =>
    org.access.field(user, owner.name, field.name).editable;
  const fields = (owner: ObjectModel): FieldModel[] =>
    [...owner.fields.values()].filter((field) => readable(owner, field));
  const field = (owner: ObjectModel, name: string): FieldModel | undefined => {
    const found = owner.fields.get(name.toLowerCase());
    return found && readable(owner, found) ? found : undefined;
  };
  /** The parent through a lookup; a lookup to several kinds of object has no one parent type and is left out. */
  const parent = (owner: ObjectModel, lookup: FieldModel): Parent[] => {
    const targets = (lookup.reference?.to ?? []).filter((name) => org.model.objects.has(name.toLowerCase()));
    const target = targets.length === 1 ? object(targets[0] as string) : undefined;
    if (!lookup.reference || !target) return [];
    const queue = owner.custom && lookup.name === 'OwnerId' ? object('Group') : undefined;
    const kinds = queue ? [target, queue] : [target];
    return [{ name: lookup.reference.relationshipName, field: lookup, object: target, kinds }];
  };
  return {
    user,
    objects: () => [...org.model.objects.values()].filter(({ name }) => object(name)),
    object,
    fields,
    field,
    writable: (owner, operation) =>
      org.access.object(user, owner.name)[operation]
        ? fields(owner).filter((each) => settable(each, operation) && editable(owner, each))
        : [],
    parents: (owner) => fields(owner).flatMap((lookup) => parent(owner, lookup)),
    children: (owner) =>
      owner.childRelationships.flatMap((relationship) => {
        const child = object(relationship.childObject);
        const lookup = child && field(child, relationship.field);
        if (!child || !lookup || !relationship.relationshipName) return [];
        return [{ name: relationship.relationshipName, field: lookup, object: child }];
      }),
  };
}

const settable = (field: FieldModel, operation: 'create' | 'edit'): boolean =>
  operation === 'create' ? field.createable : field.updateable;

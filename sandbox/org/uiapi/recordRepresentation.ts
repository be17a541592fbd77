import type { FieldModel, FieldValue, ObjectModel, Org, StoredRecord } from '../model.ts';
import { OrgError } from '../orgError.ts';
import type { Access } from './access.ts';
import { displayValue } from '../display.ts';
import { eTagOf } from './eTag.ts';
import { MASTER_RECORD_TYPE } from './objectInfo.ts';
import { recordName, weakEtag } from './recordMarks.ts';

/** A field of a record: its value and how it reads; a parent's value is a record of its own. */
export interface FieldValueRepresentation {
  displayValue: string | null;
  value: FieldValue | RecordRepresentation;
}

/** A record as the UI API shows it. */
export interface RecordRepresentation {
  apiName: string;
  childRelationships: Record<string, never>;
  eTag: string;
  fields: Record<string, FieldValueRepresentation>;
  id: string;
  lastModifiedById: FieldValue;
  lastModifiedDate: FieldValue;
  /** Always the master record type: the local org has no others. */
  recordTypeId: string;
  recordTypeInfo: null;
  systemModstamp: FieldValue;
  weakEtag: number;
}

/** The fields of a record that somebody wants to see, parents' fields below the parent. */
export interface FieldTree {
  fields: Map<string, FieldModel>;
  parents: Map<string, { lookup: FieldModel; object: ObjectModel; tree: FieldTree }>;
}

/**
 * Reads `Object.Field` and `Object.Parent__r.Field` names into a tree.
 *
 * @throws {OrgError} INVALID_FIELD when a name in `required` does not exist or may not be read; such names in
 * `optional` are passed over, as the UI API does.
 */
export function fieldTree(access: Access, object: ObjectModel, required: string[], optional: string[]): FieldTree {
  const tree: FieldTree = { fields: new Map(), parents: new Map() };
  for (const name of required) {
    if (!addField(access, object, tree, pathOf(object, name))) throw unknownField(object, name);
  }
  for (const name of optional) addField(access, object, tree, pathOf(object, name));
  return tree;
}

/** Every field that the user may read, without parents. */
export function allFields(access: Access, object: ObjectModel): FieldTree {
  return { fields: new Map(access.fields(object).map((field) => [field.name, field])), parents: new Map() };
}

/**
 * A record in the shape of the UI API.
 *
 * Source: UI API Developer Guide, "Record" response body (ui_api_responses_record).
 */
export function recordRepresentation(
  org: Org,
  access: Access,
  object: ObjectModel,
  values: StoredRecord,
  tree: FieldTree,
): RecordRepresentation {
  const fields = Object.fromEntries([
    ...[...tree.fields.values()].map((field) => [field.name, fieldValue(access, field, values)] as const),
    ...[...tree.parents].map(([name, parent]) => [name, parentValue(org, access, parent, values)] as const),
  ]);
  return {
    apiName: object.name,
    childRelationships: {},
    eTag: eTagOf(fields),
    fields,
    id: String(values['Id']),
    lastModifiedById: values['LastModifiedById'] ?? null,
    lastModifiedDate: values['LastModifiedDate'] ?? null,
    recordTypeId: MASTER_RECORD_TYPE,
    recordTypeInfo: null,
    systemModstamp: values['SystemModstamp'] ?? null,
    weakEtag: weakEtag(values),
  };
}

function fieldValue(access: Access, field: FieldModel, values: StoredRecord): FieldValueRepresentation {
  const value = values[field.name] ?? null;
  return { displayValue: displayValue(field, value, access.user), value };
}

function parentValue(
  org: Org,
  access: Access,
  { lookup, object, tree }: { lookup: FieldModel; object: ObjectModel; tree: FieldTree },
  values: StoredRecord,
): FieldValueRepresentation {
  const id = values[lookup.name];
  const parent = typeof id === 'string' ? org.read(object.name, id) : undefined;
  if (!parent) return { displayValue: null, value: null };
  return {
    displayValue: recordName(object, parent),
    value: recordRepresentation(org, access, object, parent, tree),
  };
}

/** The path behind the object's own name, with which every field name starts. */
function pathOf(object: ObjectModel, name: string): string[] {
  const [first, ...rest] = name.split('.');
  return first?.toLowerCase() === object.name.toLowerCase() ? rest : [];
}

function addField(access: Access, object: ObjectModel, tree: FieldTree, path: string[]): boolean {
  const [name, ...rest] = path;
  if (name === undefined) return false;
  if (rest.length === 0) {
    const field = access.field(object, name);
    if (field) tree.fields.set(field.name, field);
    return field !== undefined;
  }
  const parent = access.parents(object).find((each) => each.name.toLowerCase() === name.toLowerCase());
  if (!parent) return false;
  const known = tree.parents.get(parent.name)?.tree ?? { fields: new Map(), parents: new Map() };
  if (!addField(access, parent.object, known, rest)) return false;
  tree.parents.set(parent.name, { lookup: parent.field, object: parent.object, tree: known });
  return true;
}

function unknownField(object: ObjectModel, name: string): OrgError {
  return new OrgError(
    'INVALID_FIELD',
    `${name} is not a field of ${object.name} that you may read. Write it as ${object.name}.Field, or ask for it in ` +
      'optionalFields.',
  );
}

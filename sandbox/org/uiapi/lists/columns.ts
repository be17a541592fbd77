import type { FieldModel, ObjectModel } from '../../model.ts';
import { OrgError } from '../../orgError.ts';
import type { Access } from '../access.ts';
import { nameField } from '../recordMarks.ts';

/** A column of a list, or a field that it is filtered or sorted by. */
export interface Column {
  /** From the listed object, such as `Status__c` or `Account__r.Name`. */
  path: string;
  label: string;
  /** The field that the values are of; of a lookup the name field of the parent. */
  field: FieldModel;
  /** Of a lookup: the path of the parent's id. */
  lookupId: string | null;
}

/** What list views call fields of the platform. Source: Metadata API Developer Guide, "ListView", columns. */
const PLATFORM_NAMES: Record<string, string> = {
  CREATED_DATE: 'CreatedDate',
  LAST_UPDATE: 'LastModifiedDate',
  CREATEDBY_USER: 'CreatedById',
  UPDATEDBY_USER: 'LastModifiedById',
  'OWNER.ALIAS': 'OwnerId',
  OBJECT_ID: 'Id',
};

/** The API name of a field that a list view names; `NAME` and `ACCOUNT.NAME` are the object's own name. */
export function apiNameOf(object: ObjectModel, listName: string): string {
  const upper = listName.toUpperCase();
  if (upper === 'NAME' || upper === `${object.name.toUpperCase()}.NAME`) return nameField(object)?.name ?? 'Id';
  return PLATFORM_NAMES[upper] ?? listName;
}

/** What `__Recent` is filtered by: the id of a user, where other lists show and compare names. */
const IDS: Record<string, string> = { UPDATEDBY_ID: 'LastModifiedById' };

/** The column of a field by its name in a list view; undefined when the user may not read it. A lookup shows names. */
export function columnOf(access: Access, object: ObjectModel, listName: string): Column | undefined {
  const field = access.field(object, IDS[listName] ?? apiNameOf(object, listName));
  if (!field) return undefined;
  if (listName in IDS) return { path: field.name, label: field.label, field, lookupId: null };
  const parent = access.parents(object).find((each) => each.field.name === field.name);
  const name = parent && nameField(parent.object);
  if (!parent || !name || !access.field(parent.object, name.name)) {
    return { path: field.name, label: field.label, field, lookupId: null };
  }
  const label = field.label.replace(/ ID$/, '');
  return { path: `${parent.name}.${name.name}`, label, field: name, lookupId: `${parent.name}.Id` };
}

/** Long text areas and multi-select picklists cannot be sorted by. */
export const isSortable = ({ field }: Column): boolean =>
  field.type !== 'multipicklist' && !(field.type === 'textarea' && (field.length ?? 0) > 255);

/**
 * The ORDER BY clause for a `sortBy` parameter: one field, with a minus in front for descending order and, if wished,
 * the object's name. Empty without one.
 *
 * @throws {OrgError} INVALID_INPUT for several fields, INVALID_FIELD for one that cannot be sorted by.
 */
export function orderOf(access: Access, object: ObjectModel, sortBy: string[]): string {
  const [first, second] = sortBy;
  if (first === undefined) return '';
  if (second !== undefined) throw new OrgError('INVALID_INPUT', 'sortBy takes one field. Leave the others out.');
  const named = first.replace(/^-/, '');
  const prefix = `${object.name.toLowerCase()}.`;
  const path = named.toLowerCase().startsWith(prefix) ? named.slice(prefix.length) : named;
  const column = path.includes('.') ? parentColumn(access, object, path) : columnOf(access, object, path);
  if (!column || !isSortable(column))
    throw new OrgError('INVALID_FIELD', `${object.name} cannot be sorted by ${named}.`);
  return ` ORDER BY ${column.path} ${first.startsWith('-') ? 'DESC' : 'ASC'} NULLS LAST`;
}

function parentColumn(access: Access, object: ObjectModel, path: string): Column | undefined {
  const [relation = '', name = ''] = path.split('.');
  const parent = access.parents(object).find((each) => each.name.toLowerCase() === relation.toLowerCase());
  const field = parent && access.field(parent.object, name);
  return field && { path: `${parent.name}.${field.name}`, label: field.label, field, lookupId: null };
}

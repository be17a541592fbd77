import type { FieldModel, ObjectModel, Org } from '../model.ts';
import { OrgError } from '../orgError.ts';
import type { Access } from './access.ts';
import { eTagOf } from './eTag.ts';
import { DATA_TYPES, MASTER_RECORD_TYPE } from './objectInfo.ts';
import { nameField } from './recordMarks.ts';
import { listParameter } from './requests.ts';

export type LayoutType = 'Compact' | 'Full';
export type LayoutMode = 'Create' | 'Edit' | 'View';

const COLUMNS = 2;
/** Fields that the platform writes at the end of a layout. */
const LAST = ['CreatedById', 'LastModifiedById', 'OwnerId'];
const HIDDEN = ['Id', 'IsDeleted', 'SystemModstamp', 'CreatedDate', 'LastModifiedDate'];

/**
 * The layout of an object for one user. The local org reads no page layouts: a full one is every field that the user
 * may read, in the order of the metadata, for Create and Edit those that the user may set; a compact one is the name.
 *
 * Source: UI API Developer Guide, "Record Layout" (ui_api_responses_record_layout).
 */
export function recordLayout(org: Org, access: Access, object: ObjectModel, layoutType: LayoutType, mode: LayoutMode) {
  const items = layoutFields(access, object, layoutType, mode).map((field) => layoutItem(org, access, object, field));
  const rows = Array.from({ length: Math.ceil(items.length / COLUMNS) }, (_, row) => ({
    layoutItems: items.slice(row * COLUMNS, (row + 1) * COLUMNS),
  }));
  const section = {
    collapsible: false,
    columns: COLUMNS,
    heading: `${object.label} Information`,
    id: `${object.keyPrefix}-information`,
    layoutRows: rows,
    rows: rows.length,
    useHeading: layoutType === 'Full',
  };
  const layout = {
    id: null,
    layoutType,
    mode,
    objectApiName: object.name,
    recordTypeId: MASTER_RECORD_TYPE,
    saveOptions: [] as object[],
    sections: [section],
  };
  return { ...layout, eTag: eTagOf(layout) };
}

/** The fields of a layout. */
export function layoutFields(
  access: Access,
  object: ObjectModel,
  layoutType: LayoutType,
  mode: LayoutMode,
): FieldModel[] {
  if (layoutType === 'Compact') return [nameField(object)].filter((field) => field !== undefined);
  const shown =
    mode === 'View' ? access.fields(object) : access.writable(object, mode === 'Create' ? 'create' : 'edit');
  const rank = (field: FieldModel): number => (field.isNameField ? 0 : LAST.includes(field.name) ? 2 : 1);
  return shown.filter(({ name }) => !HIDDEN.includes(name)).toSorted((a, b) => rank(a) - rank(b));
}

/** Source: UI API Developer Guide, "Record Layout Item" (ui_api_responses_record_layout_item). */
function layoutItem(org: Org, access: Access, object: ObjectModel, field: FieldModel) {
  const rights = org.access.object(access.user, object.name);
  const { editable } = org.access.field(access.user, object.name, field.name);
  const editableForNew = field.createable && editable && rights.create;
  const editableForUpdate = field.updateable && editable && rights.edit;
  const label = field.reference ? field.label.replace(/ ID$/, '') : field.label;
  return {
    editableForNew,
    editableForUpdate,
    label,
    layoutComponents: [
      { apiName: field.name, componentType: 'Field', dataType: DATA_TYPES[field.type], label: field.label },
    ],
    lookupIdApiName: field.reference ? field.name : null,
    required: field.required && (editableForNew || editableForUpdate),
    sortable: false,
    uiBehavior: editableForUpdate || editableForNew ? (field.required ? 'Required' : 'Edit') : 'Readonly',
  };
}

/** @throws {OrgError} ILLEGAL_QUERY_PARAMETER_VALUE for a type that is none. */
export const layoutTypesOf = (value: unknown): LayoutType[] => oneOf('layoutType', value, ['Full', 'Compact'], 'Full');

/** @throws {OrgError} ILLEGAL_QUERY_PARAMETER_VALUE for a mode that is none. */
export const modesOf = (value: unknown): LayoutMode[] => oneOf('mode', value, ['View', 'Create', 'Edit'], 'View');

function oneOf<Name extends string>(parameter: string, value: unknown, names: Name[], usual: Name): Name[] {
  const wanted = listParameter(value);
  if (wanted.length === 0) return [usual];
  return wanted.map((each) => {
    const found = names.find((name) => name === each);
    if (found) return found;
    throw new OrgError(
      'ILLEGAL_QUERY_PARAMETER_VALUE',
      `${parameter} is ${each}, but has to be one of ${names.join(', ')}.`,
    );
  });
}
